from __future__ import annotations

from django.urls import URLPattern, path

from hengjian.apps.indicators.views import explanations, figures, leads, notices, records, results, upkeep

app_name = "indicators"
urlpatterns: list[URLPattern] = [
    path("", results.overview, name="overview"),
    path("export/<str:key>/", results.export, name="export"),
    path("figures/", figures.board, name="board"),
    path("figures/<int:pk>/", figures.figure, name="figure"),
    path("figures/<int:pk>/file/", figures.evidence, name="figure_file"),
    path("figures/<int:pk>/verify/", figures.verify, name="figure_verify"),
    path("figures/<int:pk>/cases/", records.cases, name="figure_cases"),
    path("figures/<int:pk>/cases/xlsx/", records.cases_file, name="figure_cases_xlsx"),
    path("figures/<slug:key>/<str:period>/", figures.enter, name="enter"),
    path("leads/", leads.register, name="leads"),
    path("leads/feed/", leads.send, name="feed_send"),
    path("feeds/<int:pk>/", leads.feed, name="feed"),
    path("lines/<int:pk>/retire/", leads.line_retire, name="line_retire"),
    path("records/", records.record_list, name="records"),
    path("records/template/", records.template, name="records_template"),
    path("records/<int:pk>/rejects/", records.rejects, name="records_rejects"),
    path("compute/<str:period>/", records.compute, name="compute"),
    path("uploads/", figures.upload_list, name="uploads"),
    path("uploads/<int:pk>/", figures.upload, name="upload"),
    path("uploads/<int:pk>/file/", figures.upload_file, name="upload_file"),
    path("notices/", notices.notice_list, name="notices"),
    path("notices/prepare/", notices.prepare, name="notice_prepare"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/edit/", notices.edit, name="notice_edit"),
    path("notices/<int:pk>/pdf/", notices.file, {"suffix": "pdf"}, name="notice_pdf"),
    path("notices/<int:pk>/docx/", notices.file, {"suffix": "docx"}, name="notice_docx"),
    path("notices/<int:pk>/act/<str:verb>/", notices.act, name="notice_act"),
    path("explanations/", explanations.explanation_list, name="explanations"),
    path("explanations/<int:pk>/", explanations.explanation, name="explanation"),
    path("explanations/<int:pk>/pdf/", explanations.file, {"suffix": "pdf"}, name="explanation_pdf"),
    path("explanations/<int:pk>/docx/", explanations.file, {"suffix": "docx"}, name="explanation_docx"),
    path("explanations/<int:pk>/act/<str:verb>/", explanations.act, name="explanation_act"),
    path("cards/<int:pk>/<str:verb>/", upkeep.card_decide, name="card_decide"),
    path("targets/<int:pk>/<str:verb>/", upkeep.target_decide, name="target_decide"),
    path("<slug:key>/", results.indicator, name="indicator"),
    path("<slug:key>/card/", upkeep.card_draft, name="card_draft"),
    path("<slug:key>/target/", upkeep.target_propose, name="target_propose"),
    path("<slug:key>/line/", leads.line_record, name="line_record"),
    path("<slug:key>/benchmark/", upkeep.benchmark, name="benchmark"),
]
