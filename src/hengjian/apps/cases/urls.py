from __future__ import annotations

from django.urls import path

from hengjian.apps.cases.views import findings, handling, reports, rules, uploads

app_name = "cases"
urlpatterns = [
    path("", findings.home, name="home"),
    path("run/", findings.run_now, name="run"),
    path("findings/", findings.findings, name="findings"),
    path("findings/judge/", findings.judge_several, name="judge_several"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path("findings/<int:pk>/<slug:verb>/", findings.finding_do, name="finding_do"),
    path("uploads/", uploads.uploads, name="uploads"),
    path("uploads/<int:pk>/", uploads.upload, name="upload"),
    path("uploads/<int:pk>/rejects.csv", uploads.rejects, name="rejects"),
    path("uploads/<int:pk>/<slug:verb>/", uploads.upload_do, name="upload_do"),
    path("uploads/sendings/<int:pk>/drop/", uploads.sending_drop, name="sending_drop"),
    path("bundles/", handling.bundles, name="bundles"),
    path("bundles/make/", handling.bundle_make, name="bundle_make"),
    path("bundles/<int:pk>/", handling.bundle, name="bundle"),
    path("bundles/<int:pk>/send/", handling.bundle_send, name="bundle_send"),
    path("corrections/", handling.corrections, name="corrections"),
    path("corrections/<int:pk>/", handling.correction, name="correction"),
    path("tickets/", handling.tickets, name="tickets"),
    path("tickets/<int:pk>/", handling.ticket, name="ticket"),
    path("tickets/<int:pk>/<slug:verb>/", handling.ticket_do, name="ticket_do"),
    path("rules/", rules.rules, name="rules"),
    path("rules/new/", rules.rule_new, name="rule_new"),
    path("rules/<int:pk>/", rules.rule, name="rule"),
    path("rules/<int:pk>/<slug:verb>/", rules.rule_do, name="rule_do"),
    path("samples/", rules.draws, name="draws"),
    path("samples/<int:pk>/", rules.draw, name="draw"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/report.pdf", reports.report_file, {"suffix": "pdf"}, name="report_pdf"),
    path("reports/<int:pk>/report.docx", reports.report_file, {"suffix": "docx"}, name="report_docx"),
    path("reports/<int:pk>/pictures/<slug:kind>.svg", reports.report_picture, name="report_picture"),
    path("reports/<int:pk>/<slug:verb>/", reports.report_do, name="report_do"),
    path("reports/measures/<int:pk>/", reports.follow, name="report_follow"),
    path("samples/cases/<int:pk>/", rules.review, name="review"),
]
