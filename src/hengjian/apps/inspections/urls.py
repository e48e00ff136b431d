"""Pages of the inspection desk."""

from __future__ import annotations

from django.urls import path

from hengjian.apps.inspections.views import care, desk, do, files, lists, things

app_name = "inspections"
urlpatterns = [
    path("", lists.home, name="home"),
    path("mine/", lists.mine, name="mine"),
    path("plans/new/", desk.new_plan, name="plan_new"),
    path("plans/<int:pk>/", desk.plan, name="plan"),
    path("rectifications/", lists.rectifications, name="rectifications"),
    path("refusals/", lists.refusals, name="refusals"),
    path("practices/", lists.practices, name="practices"),
    path("<int:pk>/", desk.inspection, name="inspection"),
    path("<int:pk>/report/<str:suffix>/", files.report, name="report"),
    path("requests/<int:pk>/", things.request, name="request"),
    path("requests/<int:pk>/<str:suffix>/", files.request, name="request_file"),
    path("interviews/<int:pk>/", things.interview, name="interview"),
    path("interviews/<int:pk>/<str:suffix>/", files.interview, name="interview_file"),
    path("findings/<int:pk>/", things.finding, name="finding"),
    path("rectifications/<int:pk>/", things.rectification, name="rectification"),
    path("evidence/<int:pk>/", things.evidence, name="evidence"),
    path("evidence/<int:pk>/file/", files.evidence, name="evidence_file"),
    path("copies/<int:pk>/", things.copy, name="copy"),
    path("responsibility/", care.responsibility, name="responsibility"),
    path("duties/", care.duties, name="duties"),
    path("duties/<int:pk>/", care.duties, name="duties_of"),
    path("duties/records/<int:pk>/file/", care.record_file, name="record_file"),
    path("reviews/", care.reviews, name="reviews"),
    path("reviews/<int:pk>/", care.review, name="review"),
    path("exams/", care.exams, name="exams"),
    path("exams/<int:pk>/", care.exam, name="exam"),
    path("exams/<int:pk>/<str:suffix>/", care.exam_file, name="exam_file"),
    path("do/<slug:kind>/<int:pk>/<slug:verb>/", do.do, name="do"),
]
