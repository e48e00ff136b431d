"""Applications to use data: list, form, one application with what was supplied."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.org.access import Denied
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.roles import Right
from hengjian.apps.releases import forms, queries
from hengjian.apps.releases.acts import applications as acts
from hengjian.apps.releases.acts.handouts import copy_parcel, supply
from hengjian.apps.releases.desk import Desk
from hengjian.apps.releases.models import Application
from hengjian.apps.releases.views.common import desk, download, table_rows, uploaded
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.errors import HengjianError

SHOWN = 30


@require_GET
@signed_in
def application_list(request: HttpRequest) -> HttpResponse:
    place = desk(request)
    shown = Paginator(queries.visible_applications(place.actor), SHOWN).get_page(request.GET.get("page"))
    rows = [(row, place.label("use_scope", row.scope), _over(place, row)) for row in shown]
    return page(request, "releases/applications.html", {"page": shown, "rows": rows})


def _over(place: Desk, row: Application) -> bool:
    return row.until < place.today


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    place = desk(request)
    form = forms.ApplicationForm(request.POST if request.method == "POST" else None, desk=place)
    if form.is_valid():
        with into_form(form):
            made = acts.apply(place.actor, place.installation, **form.cleaned_data)
            messages.success(request, "已提出申请。")
            return redirect("releases:application", made.pk)
    article = next((t.article for t in place.terms("use_scope").values() if t.article), "")
    return page(request, "releases/application_new.html", {"form": form, "article": article}, form=form)


@require_GET
@signed_in
def application(request: HttpRequest, pk: int) -> HttpResponse:
    place = desk(request)
    return _show(request, place, fetch(queries.visible_applications(place.actor), pk=pk))


def _show(
    request: HttpRequest, place: Desk, found: Application, form: forms.ParcelForm | None = None
) -> HttpResponse:
    offices = {unit.pk for unit in place.houses}
    granted = found.state == Application.State.GRANTED
    supplying = granted and not _over(place, found) and bool({found.granted_by_id, found.unit_id} & offices)
    context = {
        "application": found,
        "scope": place.label("use_scope", found.scope),
        "over": _over(place, found),
        "granting": granted and found.granted_by_id in offices,
        "parcels": queries.visible_parcels(place.actor).filter(application=found),
        "handouts": queries.visible_handouts(place.actor).filter(parcel__application=found),
        "parcel_form": form or (forms.ParcelForm() if supplying else None),
    }
    return page(request, "releases/application.html", context, form=form)


@require_POST
@needs(Right.RELEASE_PREPARE)
def add_parcel(request: HttpRequest, pk: int) -> HttpResponse:
    place = desk(request)
    found = fetch(queries.visible_applications(place.actor), pk=pk)
    form = forms.ParcelForm(request.POST, request.FILES)
    if form.is_valid():
        with into_form(form):
            said = dict(form.cleaned_data)
            rows = table_rows(uploaded(said.pop("file")))
            supply(place.actor, found, rows=rows, **said)
            messages.success(request, "已提供，申请人可以领取。")
            return redirect("releases:application", pk)
    return _show(request, place, found, form)


@require_POST
@needs(Right.RELEASE_PREPARE)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    place = desk(request)
    found = fetch(queries.visible_applications(place.actor), pk=pk)
    form = forms.ReasonForm(request.POST)
    try:
        acts.revoke(place.actor, found, reason=form.cleaned_data["reason"] if form.is_valid() else "")
        messages.success(request, "已收回，不能再领取。")
    except Denied:
        raise
    except HengjianError as error:
        messages.error(request, error.message)
    return redirect("releases:application", pk)


@require_POST
@signed_in
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    place = desk(request)
    found = fetch(queries.visible_parcels(place.actor), pk=pk)
    form = forms.CopyForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选择格式。")
        return redirect("releases:application", found.application_id)
    return download(*copy_parcel(place.actor, found, form=form.cleaned_data["form"]))
