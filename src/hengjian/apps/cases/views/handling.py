"""Weekly bundles, corrections, technical problems."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.cases.access import visible_bundles, visible_corrections, visible_tickets
from hengjian.apps.cases.acts import bundle as bundles_acts
from hengjian.apps.cases.acts import tickets as ticket_acts
from hengjian.apps.cases.dictionary import items
from hengjian.apps.cases.forms import TextForm, TicketForm
from hengjian.apps.cases.models import Bundle, Correction, Ticket
from hengjian.apps.cases.terms import limit_of
from hengjian.apps.cases.views.common import place_of
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import into_form, page

READ = needs(Right.CASE_READ)


@needs(Right.CASE_BUNDLE, Right.CASE_JUDGE)
@require_GET
def bundles(request: HttpRequest) -> HttpResponse:
    actor, dataset, courts = place_of(request)
    rows = visible_bundles(actor).filter(dataset=dataset).select_related("court", "made_by")
    context = {
        "page": Paginator(rows, 30).get_page(request.GET.get("page")),
        "courts": [court for court in courts if actor.has(Right.CASE_BUNDLE, court)],
        "dataset": dataset,
        "installation": dataset.installation,
    }
    return page(request, "cases/bundles.html", context)


@needs(Right.CASE_BUNDLE)
@require_POST
def bundle_make(request: HttpRequest) -> HttpResponse:
    actor, dataset, courts = place_of(request)
    wanted = request.POST.get("court", "")
    court = next((c for c in courts if str(c.pk) == wanted), None)
    if court is None:
        raise Missing("没有这个法院，或者您无权汇总。")
    made = bundles_acts.make_bundle(actor, dataset, court)
    messages.success(request, f"已汇总 {made.findings.count()} 件。")
    return redirect("cases:bundle", made.pk)


@needs(Right.CASE_BUNDLE, Right.CASE_JUDGE)
@require_GET
def bundle(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    row = fetch(visible_bundles(actor).select_related("court", "dataset__installation", "made_by"), pk=pk)
    found = row.findings.select_related("department").order_by("rule", "case_no")
    context = {
        "bundle": row,
        "installation": row.dataset.installation,
        "findings": Paginator(found, 100).get_page(request.GET.get("page")),
        "may_send": row.state == Bundle.State.DRAFT and actor.has(Right.CASE_BUNDLE, row.court_id),
    }
    return page(request, "cases/bundle.html", context)


@needs(Right.CASE_BUNDLE)
@require_POST
def bundle_send(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    bundles_acts.send_bundle(
        actor, fetch(visible_bundles(actor).select_related("court", "dataset__installation"), pk=pk)
    )
    messages.success(request, "已送统计部门报送。")
    return redirect("cases:bundle", pk)


@READ
@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    actor, dataset, _ = place_of(request)
    rows = visible_corrections(actor).filter(dataset=dataset).select_related("court", "department", "author")
    state = request.GET.get("state", "")
    if state in Correction.State.values:
        rows = rows.filter(state=state)
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "states": Correction.State.choices,
        "state": state,
        "installation": dataset.installation,
    }
    return page(request, "cases/corrections.html", context)


@READ
@require_GET
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    row = fetch(
        visible_corrections(actor).select_related("dataset__installation", "court", "department", "author"),
        pk=pk,
    )
    known = items(row.dataset)
    unmasked = actor.has(Right.CASE_READ_PERSONAL, row.department_id or row.court_id)
    changes = [
        (known[key], _masked(known[key], old, unmasked), _masked(known[key], new, unmasked))
        for key, (old, new) in row.changes.items()
        if key in known
    ]
    context = {
        "correction": row,
        "changes": changes,
        "findings": row.findings.all(),
        "installation": row.dataset.installation,
    }
    return page(request, "cases/correction.html", context)


def _masked(item: object, value: object, unmasked: bool) -> str:
    return item.shown(value, unmasked=unmasked)  # type: ignore[attr-defined, no-any-return]


@READ
@require_http_methods(["GET", "POST"])
def tickets(request: HttpRequest) -> HttpResponse:
    actor, dataset, _ = place_of(request)
    form = TicketForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and actor.person is not None:
        with into_form(form):
            made = ticket_acts.open_ticket(
                actor, dataset.installation, house_of(actor.person.unit), **form.cleaned_data
            )
            messages.success(request, "已提交，由本院信息技术部门处理。")
            return redirect("cases:ticket", made.pk)
    rows = visible_tickets(actor).select_related("court", "holder", "opened_by")
    context = {
        "form": form,
        "page": Paginator(rows, 30).get_page(request.GET.get("page")),
        "installation": dataset.installation,
    }
    return page(request, "cases/tickets.html", context, form=form)


@READ
@require_GET
def ticket(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    row = fetch(visible_tickets(actor).select_related("court", "holder", "installation", "opened_by"), pk=pk)
    context = {
        "ticket": row,
        "installation": row.installation,
        "form": TextForm(initial={"version": row.version}),
        "limit": limit_of(row, actor.at) if row.state == Ticket.State.OPEN else None,
        "may": row.state == Ticket.State.OPEN and actor.has(Right.TICKET_SOLVE, row.holder_id),
    }
    return page(request, "cases/ticket.html", context)


@needs(Right.TICKET_SOLVE)
@require_POST
def ticket_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    actor = actor_of(request)
    row = fetch(visible_tickets(actor), pk=pk)
    form = TextForm(request.POST)
    if not form.is_valid() or verb not in ("raise", "solve"):
        raise Missing("没有这个办理环节。")
    version, text = form.cleaned_data["version"], form.cleaned_data["text"]
    if verb == "raise":
        ticket_acts.raise_ticket(actor, row, version=version, text=text)
        messages.success(request, "已上报上一级。")
    else:
        ticket_acts.solve_ticket(actor, row, version=version, answer=text)
        messages.success(request, "已答复。")
    return redirect("cases:ticket", pk)
