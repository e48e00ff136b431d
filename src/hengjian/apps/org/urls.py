from __future__ import annotations

from django.urls import URLPattern, path

from hengjian.apps.org.views import accounts, imports, me, people, posts, units

app_name = "org"
urlpatterns: list[URLPattern] = [
    path("", units.index, name="index"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/new/", units.new, name="unit_new"),
    path("units/<int:pk>/rename/", units.rename, name="unit_rename"),
    path("units/<int:pk>/move/", units.move, name="unit_move"),
    path("units/<int:pk>/end/", units.end, name="unit_end"),
    path("units/<int:pk>/aliases/", units.aliases, name="unit_aliases"),
    path("units/<int:pk>/classes/", units.classify, name="unit_classify"),
    path("units/<int:pk>/people/new/", people.new, name="person_new"),
    path("units/<int:pk>/posts/new/", posts.new, name="post_new"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/change/", people.change, name="person_change"),
    path("people/<int:pk>/transfer/", people.transfer, name="person_transfer"),
    path("people/<int:pk>/leave/", people.leave, name="person_leave"),
    path("posts/<int:pk>/", posts.post, name="post"),
    path("posts/<int:pk>/end/", posts.end, name="post_end"),
    path("posts/<int:pk>/appoint/", posts.appoint, name="appoint"),
    path("appointments/<int:pk>/end/", posts.dismiss, name="dismiss"),
    path("vacancies/", posts.vacancies, name="vacancies"),
    path("accounts/", accounts.index, name="accounts"),
    path("accounts/<int:pk>/create/", accounts.create, name="account_create"),
    path("accounts/<int:pk>/reset/", accounts.reset, name="account_reset"),
    path("accounts/<int:pk>/<slug:what>/", accounts.click, name="account_click"),
    path("import/", imports.upload, name="import"),
    path("import/<int:pk>/", imports.preview, name="import_preview"),
    path("export/", imports.export, name="export"),
    path("me/", me.me, name="me"),
    path("me/away/", me.away_today, name="away_today"),
    path("me/absences/new/", me.absence, name="absence_new"),
    path("me/absences/<int:pk>/end/", me.back, name="absence_end"),
    path("me/phone/", me.phone, name="phone"),
]
