"""Authors and their shares: the department's page, the author's confirmation, the head's signature."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.acts.shares import (
    Share,
    confirm_share,
    seen_token,
    set_shares,
    shares_of,
    sign_shares,
)
from hengjian.apps.bulletins.items.context import Opened, open_item
from hengjian.apps.bulletins.models import Authorship
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import signed_in
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.points.words import points_word
from hengjian.apps.ui.pages import page
from hengjian.base.errors import HengjianError
from hengjian.base.points import plain, share_by_weight

EXAMPLE = Decimal(5)


def _unit(opened: Opened, unit: int) -> Unit:
    units = [opened.item.unit, *(p.unit for p in opened.item.partners.select_related("unit"))]
    found = next((u for u in units if u.pk == unit), None)
    if found is None:
        raise Missing("这个部门不是这条信息的报送或合作部门。")
    return found


@signed_in
@require_http_methods(["GET", "POST"])
def shares(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    opened = open_item(request, pk)
    department = _unit(opened, unit)
    opened.actor.require(Right.SHARE_WRITE, department)
    people = list(Person.objects.filter(unit=department, active=True).order_by("staff_no"))
    rows = shares_of(opened.item, department)
    refused = ""
    typed = {row.person_id: str(row.weight) for row in rows}
    if request.method == "POST":
        typed = {person.pk: request.POST.get(f"weight_{person.pk}", "").strip() for person in people}
        try:
            given = _given(people, typed)
            seen = request.POST.get("seen")
            set_shares(opened.actor, opened.item, unit=department, shares=given, seen=seen)
            messages.success(request, "已保存，等待作者本人确认。")
            return redirect("bulletins:item", pk=pk)
        except HengjianError as error:
            if error.__class__ is not HengjianError:
                raise
            refused = error.message
    word = points_word(opened.pack)
    context: dict[str, object] = {
        "item": opened.item,
        "unit": department,
        "people": [(person, typed.get(person.pk, "")) for person in people],
        "seen": seen_token(rows),
        "refused": refused,
        "example": _example(rows) if word else [],
        "word": word,
        "history": Entry.objects.filter(
            object_type="bulletins.item", object_id=str(pk), action__startswith="bulletins.shares."
        ),
    }
    answer = page(request, "bulletins/items/shares.html", context)
    answer.status_code = 422 if refused else 200
    return answer


def _given(people: list[Person], typed: dict[int, str]) -> list[Share]:
    given = []
    for person in people:
        text = typed[person.pk]
        if not text:
            continue
        if not text.isdecimal() or len(text) > 6:
            raise HengjianError(f"{person}的份额“{text}”不是整数，请改成 1、2、3 这样的数。")
        given.append(Share(person, int(text)))
    return given


def _example(rows: list[Authorship]) -> list[tuple[str, str]]:
    """How five points would be divided, exactly."""
    if not rows:
        return []
    parts = share_by_weight(EXAMPLE, [row.weight for row in rows])
    return [(row.person.name, plain(part)) for row, part in zip(rows, parts, strict=True)]


@signed_in
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    opened = open_item(request, pk)
    confirm_share(opened.actor, opened.item, seen=request.POST.get("seen"))
    messages.success(request, "您已确认份额。")
    return redirect("bulletins:item", pk=pk)


@signed_in
@require_POST
def sign(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    opened = open_item(request, pk)
    reason = request.POST.get("reason", "")
    sign_shares(
        opened.actor, opened.item, unit=_unit(opened, unit), reason=reason, seen=request.POST.get("seen")
    )
    messages.success(request, "份额已审定。")
    return redirect("bulletins:item", pk=pk)
