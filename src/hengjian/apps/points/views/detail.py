"""A person, a department's team, an item, one line: what stands behind a number."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from hengjian.apps.bulletins.models import Authorship
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.points import explain, queries, windows, words
from hengjian.apps.points.engine import scored, shared_clauses
from hengjian.apps.points.models import Notice
from hengjian.apps.points.views.common import people_of, period_or_404, place_of, year_of
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import page
from hengjian.base.periods import Period
from hengjian.base.times import to_local

ZERO = Decimal(0)


@require_GET
@signed_in
def person(request: HttpRequest, pk: int) -> HttpResponse:
    actor, installation = place_of(request)
    units = queries.visible_units(actor)
    found = actor.person if actor.person and actor.person.pk == pk else None
    found = found or fetch(Person.objects.filter(unit_id__in=units).select_related("unit"), pk=pk)
    year = year_of(request, actor)
    shares = queries.shares_in(installation, year).filter(person=found)
    rows = shares.select_related("item", "unit", "period", "origin").order_by("-period__key", "item_id", "pk")
    net: dict[tuple[str, int, int], Decimal] = defaultdict(Decimal)
    things = {}
    for share in rows:
        net[share.period.key, share.item_id, share.unit_id] += share.points
        things[share.period.key, share.item_id, share.unit_id] = share
    seen = set(visible_items(actor).filter(pk__in={k[1] for k in net}).values_list("pk", flat=True))
    pack = pack_for(installation, actor.at)
    weights = _weights({k[1] for k in net})
    context = {
        "installation": installation,
        "person": found,
        "year": year,
        "years": queries.years(installation, actor.at),
        "word": words.unit_word(pack),
        "total": sum(net.values(), ZERO),
        "rows": [
            {
                "share": things[key],
                "points": points,
                "title": things[key].item.title
                if key[1] in seen
                else words.public_title(pack, things[key].item),
                "seen": key[1] in seen,
                "mine": weights.get((key[1], key[2], found.pk), (0, 0))[0],
                "all": weights.get((key[1], key[2], found.pk), (0, 0))[1],
            }
            for key, points in net.items()
            if points
        ],
    }
    return page(request, "points/person.html", context)


def _weights(items: set[int]) -> dict[tuple[int, int, int], tuple[int, int]]:
    """(item, unit, person) → own weight and sum of weights."""
    rows = list(
        Authorship.objects.filter(item_id__in=items).values_list("item_id", "unit_id", "person_id", "weight")
    )
    sums: dict[tuple[int, int], int] = defaultdict(int)
    for item_pk, unit_pk, _, weight in rows:
        sums[item_pk, unit_pk] += weight
    return {(i, u, p): (w, sums[i, u]) for i, u, p, w in rows}


@require_GET
@signed_in
def team(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """How a department's points are divided: per item the authors, their part, who has confirmed and signed."""
    actor, installation = place_of(request)
    found = fetch(Unit.objects.filter(pk__in=queries.visible_units(actor)), pk=pk)
    wanted = period_or_404(key)
    shares = queries.shares_in(installation, str(wanted)).filter(unit=found)
    points: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for item_pk, person_pk, value in shares.values_list("item_id", "person_id", "points"):
        points[item_pk, person_pk] += value
    pack = pack_for(installation, actor.at)
    lines = queries.lines_of(installation, str(wanted)).filter(
        unit=found, item__isnull=False, clause__in=shared_clauses(pack)
    )
    whole: dict[int, Decimal] = defaultdict(Decimal)
    for item_pk, value in lines.values_list("item_id", "points"):
        whole[item_pk] += value
    authors = Authorship.objects.filter(item_id__in=whole, unit=found).select_related("person", "signed_by")
    by_item: dict[int, list[Authorship]] = defaultdict(list)
    for author in authors.order_by("item_id", "position", "id"):
        by_item[author.item_id].append(author)
    items = visible_items(actor).filter(pk__in=whole).order_by("pk")
    context = {
        "installation": installation,
        "unit": found,
        "period": wanted,
        "word": words.unit_word(pack),
        "rows": [
            (item, whole[item.pk], [(a, points.get((item.pk, a.person_id), ZERO)) for a in by_item[item.pk]])
            for item in items
        ],
        "people": people_of(installation, found.pk, str(wanted)),
        "total": queries.score_of(installation, found, str(wanted)),
        "unsigned": sum(1 for rows in by_item.values() for a in rows if a.signed_at is None),
    }
    return page(request, "points/team.html", context)


@require_GET
@signed_in
def item(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(visible_items(actor).select_related("installation", "unit", "lead_unit"), pk=pk)
    pack = pack_for(found.installation, actor.at)
    units = queries.visible_units(actor)
    lines = [
        (line, words.clause_title(pack, line.clause))
        for line in queries.lines_of_item(found)
        if line.unit_id is None or line.unit_id in units
    ]
    result = scored(found.installation, actor.at)
    zero = [r for r in result.rows if r.item == found.pk and not r.points]
    context = {
        "item": found,
        "word": words.unit_word(pack),
        "lines": lines,
        "total": sum((line.points for line, _ in lines if line.unit_id), ZERO),
        "zero": [
            (words.clause_title(pack, r.clause), r.article, r.note, Period.parse(r.period).label)
            for r in zero
        ],
        "projections": queries.projected_points(found, actor.at)
        if actor.has(Right.ITEM_EDIT, found.unit_id)
        else [],
    }
    return page(request, "points/item.html", context)


@require_GET
@signed_in
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """The explain card of one number."""
    actor = actor_of(request)
    lines = queries.visible_lines(actor).select_related(
        "unit", "item", "period__installation", "origin", "posting__posted_by", "posting__appeal", "reverses"
    )
    found = fetch(lines, pk=pk)
    sees = found.item is None or visible_items(actor).filter(pk=found.item.pk).exists()
    shown = explain.card(found, may_see_item=sees)
    notice = (
        queries.visible_notices(actor)
        .filter(period=found.period, state="published")
        .order_by("-edition")
        .first()
    )
    context = {
        "card": shown,
        "line": found,
        "sees": sees,
        "notice": notice,
        "appeal_url": f"{reverse('points:appeal_new')}?line={found.pk}"
        if notice and found.unit_id and _may_still_appeal(actor, notice, found.unit_id)
        else "",
    }
    return page(request, "points/line.html", context)


def _may_still_appeal(actor: Actor, notice: Notice, unit: int) -> bool:
    last = windows.last_day(notice)
    return actor.has(Right.APPEAL_FILE, unit) and last is not None and to_local(actor.at).date() <= last
