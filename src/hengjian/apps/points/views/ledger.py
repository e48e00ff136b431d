"""积分台账: the year's table, a period, a department, a person, an item, one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.points import queries, words
from hengjian.apps.points.acts.posting import post_open
from hengjian.apps.points.engine import keeps_points, scored
from hengjian.apps.points.models import AccountPeriod, LedgerLine
from hengjian.apps.points.overview import in_own_order, period_rows, period_table, year_table
from hengjian.apps.points.standing import shows_places, why_no_places
from hengjian.apps.points.views.common import download, people_of, period_or_404, place_of, year_of
from hengjian.apps.points.workbook import workbook
from hengjian.apps.points.workload import workloads
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import page
from hengjian.base.periods import Period
from hengjian.base.times import start_of_day, to_instant, to_local
from hengjian.policy import Pack

ZERO = Decimal(0)


@require_GET
@signed_in
def ledger(request: HttpRequest) -> HttpResponse:
    actor, installation = place_of(request)
    if not keeps_points(pack_for(installation, actor.at)):
        raise Missing("本单位的制度没有计分，没有积分台账。")
    if request.GET.get("clause"):
        return _lines(request, actor, installation)
    year = year_of(request, actor)
    table = year_table(installation, year, queries.visible_units(actor), actor.at)
    places = shows_places(pack_for(installation, actor.at))
    if not places:
        table = replace(table, rows=in_own_order(table.rows))
    poster = actor.has(Right.POINTS_POST, installation.unit_id)
    behind = queries.behind(installation, actor.at) if poster else {}
    closed = _closed_keys(installation)
    context = {
        "installation": installation,
        "word": words.unit_word(pack_for(installation, actor.at)),
        "table": table,
        "places": places,
        "why_no_places": why_no_places(pack_for(installation, actor.at)),
        "year": year,
        "years": queries.years(installation, actor.at),
        "reads_all": actor.has(Right.POINTS_READ_ALL, installation.unit_id),
        "poster": poster,
        "open_behind": [k for k in behind if k not in closed],
        "held": queries.held(installation, actor.at, behind) if poster else [],
    }
    return page(request, "points/ledger.html", context)


def _lines(request: HttpRequest, actor: Actor, installation: Installation) -> HttpResponse:
    """Every line of one clause, newest first: where a rule was used."""
    clause = request.GET["clause"]
    pack = pack_for(installation, actor.at)
    full = clause if clause.startswith(f"{pack.id}/") else pack.full_id(clause)
    lines = queries.visible_lines(actor).filter(period__installation=installation, clause=full)
    lines = lines.select_related("unit", "item", "period", "origin", "posting").order_by("-pk")
    shown = Paginator(lines, 50).get_page(request.GET.get("page"))
    seen = set(visible_items(actor).filter(pk__in=[x.item_id for x in shown]).values_list("pk", flat=True))
    context = {
        "installation": installation,
        "title": words.clause_title(pack, full),
        "clause": full,
        "shown": shown,
        "rows": [(x, title_for(pack, x, seen)) for x in shown],
        "word": words.unit_word(pack),
    }
    return page(request, "points/lines.html", context)


def _closed_keys(installation: Installation) -> set[str]:
    return set(
        AccountPeriod.objects.filter(installation=installation, state=AccountPeriod.State.CLOSED).values_list(
            "key", flat=True
        )
    )


@require_POST
@needs(Right.POINTS_POST)
def post(request: HttpRequest) -> HttpResponse:
    actor, installation = place_of(request)
    made = post_open(actor, installation)
    names = "、".join(Period.parse(posting.period.key).label for posting in made)
    messages.success(request, f"已记账：{names}。" if made else "台账与事实一致，没有需要记账的内容。")
    return redirect("points:ledger")


@require_GET
@signed_in
def period(request: HttpRequest, key: str) -> HttpResponse:
    actor, installation = place_of(request)
    wanted = period_or_404(key)
    units = queries.visible_units(actor)
    rows = period_rows(installation, wanted, units, actor.at)
    pack = pack_for(installation, actor.at)
    if not shows_places(pack):
        rows = in_own_order(rows)
    word = words.unit_word(pack)
    if request.GET.get("export") == "xlsx":
        table = period_table(rows, word, places=shows_places(pack))
        name = f"{wanted.label}得{word}情况"
        return download(workbook([(name, table)]), name, "xlsx")
    free = queries.lines_of(installation, str(wanted)).filter(unit=None).select_related("item")
    reads_all = actor.has(Right.POINTS_READ_ALL, installation.unit_id)
    listed = [row.unit for row in rows]
    context = {
        "installation": installation,
        "period": wanted,
        "account": AccountPeriod.objects.filter(installation=installation, key=str(wanted)).first(),
        "rows": rows,
        "places": shows_places(pack),
        "word": word,
        "reads_all": reads_all,
        "free": [(line, words.public_title(pack, line.item) if line.item else "") for line in free]
        if reads_all
        else [],
        "loads": workloads(installation, listed, str(wanted), actor.at),
        "notices": queries.visible_notices(actor).filter(
            period__installation=installation, period__key=str(wanted)
        ),
    }
    return page(request, "points/period.html", context)


@require_GET
@signed_in
def unit(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    actor, installation = place_of(request)
    found = fetch(Unit.objects.filter(pk__in=queries.visible_units(actor)), pk=pk)
    wanted = period_or_404(key)
    lines = queries.lines_of(installation, str(wanted)).filter(unit=found)
    lines = lines.select_related("item", "origin", "period", "posting", "reverses").prefetch_related(
        "reversed_by"
    )
    pack = pack_for(installation, to_instant(start_of_day(wanted.last)))
    seen = set(visible_items(actor).filter(pk__in=lines.values("item_id")).values_list("pk", flat=True))
    result = scored(installation, actor.at)
    zero = [row for row in result.rows if row.unit == found.pk and not row.points and _in(row.period, wanted)]
    items = Item.objects.in_bulk([row.item for row in zero if row.item])
    context = {
        "installation": installation,
        "unit": found,
        "period": wanted,
        "word": words.unit_word(pack),
        "total": queries.score_of(installation, found, str(wanted)),
        "groups": _by_clause(pack, lines, seen),
        "zero": [
            (words.clause_title(pack, row.clause), row.article, row.note, items.get(row.item or 0))
            for row in zero
            if row.item or row.need is None
        ],
        "seen": seen | set(visible_items(actor).filter(pk__in=items).values_list("pk", flat=True)),
        "loads": workloads(installation, [found], str(wanted), actor.at, result),
        "people": people_of(installation, found.pk, str(wanted)),
        "disqualified": (str(wanted.first.year), found.pk) in result.disqualified,
        "may_appeal": actor.has(Right.APPEAL_FILE, found),
        "neighbours": (
            wanted.previous(),
            wanted.next() if wanted.next().first <= to_local(actor.at).date() else None,
        ),
    }
    return page(request, "points/unit.html", context)


def _in(key: str, wanted: Period) -> bool:
    return key.startswith(str(wanted)) if len(str(wanted)) == 4 else key == str(wanted)


def title_for(pack: Pack, line: LedgerLine, seen: set[int]) -> str:
    """The item's title for who may read it, a stand-in for the others."""
    if line.item is None:
        return ""
    return line.item.title if line.item_id in seen else words.public_title(pack, line.item)


def _by_clause(pack: Pack, lines: Iterable[LedgerLine], seen: set[int]) -> list[dict[str, object]]:
    groups: dict[str, list[tuple[LedgerLine, str]]] = defaultdict(list)
    for line in lines:
        groups[line.clause].append((line, title_for(pack, line, seen)))
    return [
        {
            "title": words.clause_title(pack, clause),
            "article": rows[0][0].article,
            "sum": sum((line.points for line, _ in rows), ZERO),
            "rows": rows,
        }
        for clause, rows in groups.items()
    ]
