from __future__ import annotations

from django.urls import URLPattern, path

from hengjian.apps.points.views import appeals, bundle, detail, effects, ledger, notices, shares, whatif, work

app_name = "points"
urlpatterns: list[URLPattern] = [
    path("", ledger.ledger, name="ledger"),
    path("post/", ledger.post, name="post"),
    path("periods/<str:key>/", ledger.period, name="period"),
    path("units/<int:pk>/<str:key>/", ledger.unit, name="unit"),
    path("teams/<int:pk>/<str:key>/", detail.team, name="team"),
    path("people/<int:pk>/", detail.person, name="person"),
    path("items/<int:pk>/", detail.item, name="item"),
    path("lines/<int:pk>/", detail.line, name="line"),
    path("work/people/", work.people, name="people"),
    path("work/assessment/", work.assessment, name="assessment"),
    path("shares/", shares.shares, name="shares"),
    path("held/", notices.held, name="held"),
    path("held/<str:key>/<str:how>/", notices.settle, name="settle"),
    path("notices/", notices.notices, name="notices"),
    path("notices/prepare/", notices.prepare, name="notice_prepare"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/edit/", notices.edit, name="notice_edit"),
    path("notices/<int:pk>/pdf/", notices.file, {"suffix": "pdf"}, name="notice_pdf"),
    path("notices/<int:pk>/docx/", notices.file, {"suffix": "docx"}, name="notice_docx"),
    path("notices/<int:pk>/xlsx/", notices.file, {"suffix": "xlsx"}, name="notice_xlsx"),
    path("notices/<int:pk>/bundle/", bundle.whole, name="notice_bundle"),
    path("notices/<int:pk>/portal.<str:suffix>", bundle.portal, name="notice_portal"),
    path("notices/<int:pk>/letters/<int:unit>/", bundle.letter, name="notice_letter"),
    path("notices/<int:pk>/act/<str:verb>/", notices.act, name="notice_act"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/new/", appeals.new, name="appeal_new"),
    path("appeals/<int:pk>/", appeals.appeal, name="appeal"),
    path("appeals/<int:pk>/withdraw/", appeals.withdraw, name="appeal_withdraw"),
    path("appeals/<int:pk>/decide/", appeals.decide, name="appeal_decide"),
    path("whatif/", whatif.whatif, name="whatif"),
    path("whatif/<slug:kind>.svg", whatif.chart, name="whatif_chart"),
    path("readings/<int:pk>/<slug:reading>/", effects.effect, name="effect"),
]
