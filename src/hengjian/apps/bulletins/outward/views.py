"""对外报送: proposing for one item, one dispatch with its signatures, the ledger of all."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from hengjian.apps.bulletins import flows, words
from hengjian.apps.bulletins.models import Dispatch
from hengjian.apps.bulletins.outward import queries
from hengjian.apps.bulletins.outward.acts.propose import propose
from hengjian.apps.bulletins.outward.acts.send import mark_sent
from hengjian.apps.bulletins.outward.forms import ProposeForm, SentForm
from hengjian.apps.bulletins.outward.ledger import ledger_table
from hengjian.apps.bulletins.outward.rules import flow_of
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.points.views.common import download
from hengjian.apps.points.workbook import workbook
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.times import to_local

READ = needs(Right.ITEM_READ_UNIT, Right.ITEM_READ_ALL)


@READ
@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """All that went out, and what waits; the exception path stands here too."""
    actor = actor_of(request)
    rows = queries.visible_dispatches(actor)
    state, way = request.GET.get("state", ""), request.GET.get("way", "")
    if state in Dispatch.State.values:
        rows = rows.filter(state=state)
    if way in ("office", "direct"):
        rows = rows.filter(way_out="") if way == "office" else rows.exclude(way_out="")
    if request.GET.get("export") == "xlsx":
        return download(workbook([("对外报送台账", ledger_table(rows, actor.at))]), "对外报送台账", "xlsx")
    shown = Paginator(rows.order_by("-proposed_at", "-pk"), 50).get_page(request.GET.get("page"))
    context = {"page": shown, "state": state, "way": way, "states": Dispatch.State.choices}
    return page(request, "bulletins/outward/ledger.html", context)


@READ
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """``?way=`` names the exception; without it the office proposes."""
    actor = actor_of(request)
    item = fetch(visible_items(actor).select_related("installation__unit", "unit"), pk=pk)
    pack = pack_for(item.installation, actor.at)
    way_out = request.GET.get("way", "")
    way = flows.way_out_of(flow_of(pack, actor.at), way_out) if way_out else None
    form = ProposeForm(request.POST or None, pack=pack, item=item, way_out=way_out)
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            made = propose(actor, item, way_out=way_out, **form.cleaned_data)
            messages.success(request, "已提请审核。")
            return redirect("bulletins:dispatch", made.pk)
    context = {"form": form, "item": item, "way": way, "flow": flow_of(pack, actor.at)}
    return page(request, "bulletins/outward/new.html", context, form=form)


@READ
@require_http_methods(["GET", "POST"])
def dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    row = fetch(queries.visible_dispatches(actor), pk=pk)
    may = queries.may_send(actor, row)
    form = SentForm(
        request.POST or None,
        initial={"sent_at": to_local(actor.at).replace(second=0, microsecond=0), "version": row.version},
    )
    if request.method == "POST":
        if not may:
            raise Missing("这次报送不由您报出，或者还没有审核同意。")
        if form.is_valid():
            with into_form(form):
                mark_sent(actor, row, **form.cleaned_data)
                messages.success(request, "已登记报出。")
                return redirect("bulletins:dispatch", pk)
    pack = pack_for(row.installation, actor.at)
    context = {
        "dispatch": row,
        "item": row.item,
        "outlet": words.label(pack, "outlet", row.outlet),
        "audience": "、".join(words.label(pack, "audience", key) for key in row.audience),
        "way": next((w for w in flow_of(pack, actor.at).exceptions if w.key == row.way_out), None),
        "form": form if may else None,
    }
    return page(request, "bulletins/outward/dispatch.html", context, form=form)
