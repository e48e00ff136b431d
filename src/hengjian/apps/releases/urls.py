"""Nothing here may be kept by a browser or a proxy: a figure may be open the minute after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from hengjian.apps.releases.views import applications, check, doubts, figures, releases, trace, working

app_name = "releases"


def _door(route: str, view: Callable[..., HttpResponse], name: str, **more: Any) -> URLPattern:
    return path(route, never_cache(view), name=name, kwargs=more or None)


urlpatterns: list[URLPattern] = [
    _door("", releases.release_list, "releases"),
    _door("new/", releases.new, "release_new"),
    _door("working/table/", working.table_copy, "working_table"),
    _door("<int:pk>/", releases.release, "release"),
    _door("<int:pk>/edit/", releases.edit, "release_edit"),
    _door("<int:pk>/lines/", releases.add_line, "line_add"),
    _door("<int:pk>/computed/", releases.add_computed, "computed_add"),
    _door("<int:pk>/table/", releases.add_table, "table_add"),
    _door("<int:pk>/copy/", releases.copy, "release_copy"),
    _door("<int:pk>/act/<slug:verb>/", releases.act, "release_act"),
    _door("figures/", figures.register, "register"),
    _door("figures/<int:pk>/", figures.figure, "figure"),
    _door("check/", check.check, "check"),
    _door("public/", figures.public, "public"),
    _door("public/<int:pk>/", figures.public_figure, "public_figure"),
    _door("corrections/", doubts.doubt_list, "doubts"),
    _door("corrections/recheck/", doubts.look_again, "recheck"),
    _door("corrections/restate/", doubts.restate, "restate"),
    _door("corrections/<int:pk>/note/", doubts.note, "doubt_note"),
    _door("applications/", applications.application_list, "applications"),
    _door("applications/new/", applications.new, "application_new"),
    _door("applications/<int:pk>/", applications.application, "application"),
    _door("applications/<int:pk>/parcels/", applications.add_parcel, "parcel_add"),
    _door("applications/<int:pk>/revoke/", applications.revoke, "application_revoke"),
    _door("parcels/<int:pk>/copy/", applications.copy, "parcel_copy"),
    _door("trace/", trace.trace, "trace"),
]
