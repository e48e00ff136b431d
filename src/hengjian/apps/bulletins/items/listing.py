"""The list of items with its query form."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.items.context import writing_units
from hengjian.apps.bulletins.items.forms import ListForm
from hengjian.apps.bulletins.items.rows import FIELDS, item_rows
from hengjian.apps.bulletins.joining import KINDS
from hengjian.apps.bulletins.scratch import unsaved_new
from hengjian.apps.bulletins.search import PAGE, ItemPaginator, Query, found, surely_found
from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit, UnitClass
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import packs_of
from hengjian.apps.ui.pages import page


@signed_in
@require_GET
def items(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = ListForm(request.GET, categories=_categories(packs_of(actor)), units=_units(actor))
    query = Query(**form.cleaned_data) if form.is_valid() else Query()
    query = _with_unit_id(query)
    paginator = ItemPaginator(
        found(actor, query), PAGE, once=bool(query.q), only=FIELDS, surely=surely_found(actor, query)
    )
    shown = paginator.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": shown,
        "rows": item_rows(actor, shown),
        "cap": paginator.cap if paginator.capped else 0,
        "may_write": actor.has(Right.ITEM_WRITE) and writing_units(actor).exists(),
        "unsaved": unsaved_new(actor),
        "asked": any(v for k, v in request.GET.items() if k != "page"),
    }
    return page(request, "bulletins/items/list.html", context)


def _with_unit_id(query: Query) -> Query:
    unit: Any = query.unit
    fields = {name: getattr(query, name) for name in Query.__slots__}
    return Query(**{**fields, "unit": unit.pk if isinstance(unit, Unit) else None})


def _categories(packs: Any) -> list[tuple[str, str]]:
    return list(dict.fromkeys(pair for pack in packs for pair in words.choices(pack, "category")))


def _units(actor: Actor) -> Any:
    reach = actor.units(Right.ITEM_READ_UNIT) | actor.units(Right.ITEM_READ_ALL)
    classed = UnitClass.objects.values("unit")  # a regulation may appraise whole bureaus
    units = Unit.objects.filter(Q(kind__in=KINDS) | Q(pk__in=classed), pk__in=reach)
    return units.order_by("position", "pk")
