from __future__ import annotations

from django.urls import URLPattern, path

from hengjian.apps.statistics.views import (
    agreement,
    analyses,
    cards,
    departments,
    suggestions,
    surveys,
    tables,
    trends,
)

app_name = "statistics"
urlpatterns: list[URLPattern] = [
    path("", tables.table, name="table"),
    path("cell/", tables.cell, name="cell"),
    path("cases/<str:case_id>/", tables.case, name="case"),
    path("agreement/", agreement.agreement, name="agreement"),
    path("reports/new/", agreement.report_new, name="report_new"),
    path("reports/<int:pk>/", agreement.report, name="report"),
    path("trends/", trends.trends, name="trends"),
    path("cards/", cards.cards, name="cards"),
    path("cards/new/", cards.card_new, name="card_new"),
    path("cards/<slug:key>/", cards.card, name="card"),
    path("cards/<slug:key>/end/", cards.card_end, name="card_end"),
    path("cards/<int:pk>/act/<slug:verb>/", cards.card_do, name="card_do"),
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/new/", surveys.survey_new, name="survey_new"),
    path("surveys/<int:pk>/", surveys.survey, name="survey"),
    path("surveys/<int:pk>/act/<slug:verb>/", surveys.survey_do, name="survey_do"),
    path("surveys/parts/<int:pk>/", surveys.part, name="part"),
    path("analyses/", analyses.analyses, name="analyses"),
    path("analyses/new/", analyses.analysis_new, name="analysis_new"),
    path("analyses/<int:pk>/", analyses.analysis, name="analysis"),
    path("analyses/<int:pk>/edit/", analyses.analysis_edit, name="analysis_edit"),
    path("analyses/<int:pk>/cite/", analyses.analysis_cite, name="analysis_cite"),
    path("analyses/<int:pk>/act/<slug:verb>/", analyses.analysis_do, name="analysis_do"),
    path("departments/", departments.reports, name="department_reports"),
    path("departments/new/", departments.report_new, name="department_report_new"),
    path("departments/<int:pk>/", departments.report, name="department_report"),
    path("departments/<int:pk>/edit/", departments.report_edit, name="department_report_edit"),
    path("departments/<int:pk>/send/", departments.report_send, name="department_report_send"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("suggestions/new/", suggestions.suggestion_new, name="suggestion_new"),
    path("suggestions/<int:pk>/", suggestions.suggestion, name="suggestion"),
    path("suggestions/<int:pk>/act/<slug:verb>/", suggestions.suggestion_do, name="suggestion_do"),
]
