"""The workbook as it can be changed and read again: an export read back changes nothing."""

from __future__ import annotations

from collections.abc import Iterable

from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Appointment, Person
from hengjian.apps.org.queries import managed_posts, managed_units
from hengjian.apps.org.roles import ROLES, Right
from hengjian.apps.org.workbook.model import PEOPLE, POSTS, SEATS, SHEETS, UNITS, Sheet
from hengjian.apps.org.workbook.rows import KINDS, ROLE_LABELS
from hengjian.documents.sheets import SheetColumn, Worksheet, write_xlsx

Cells = tuple[str, ...]
_CHOICES = {
    "类别": tuple(KINDS.values()),
    "角色": tuple(ROLE_LABELS.values()),
    "在职": ("是", "否"),
    "管到下级": ("是", "否"),
    "A/B角": ("A角", "B角"),
}


def workbook(actor: Actor) -> bytes:
    """The sheets the actor may import again, for the units he manages."""
    rows = {UNITS: _units, PEOPLE: _people, POSTS: _posts, SEATS: _seats}
    sheets = [sheet for sheet in SHEETS if actor.has(sheet.right)]
    return write_xlsx([_sheet(actor, sheet, rows[sheet](actor)) for sheet in sheets])


def _sheet(actor: Actor, sheet: Sheet, rows: Iterable[Cells]) -> Worksheet:
    columns = tuple(SheetColumn(title, choices=_CHOICES.get(title, ())) for title in sheet.columns)
    made = tuple(rows)
    if sheet is PEOPLE and not actor.has(Right.PHONE_READ):  # without the column a phone stays as it is
        at = sheet.columns.index("电话")
        columns = columns[:at] + columns[at + 1 :]
        made = tuple(row[:at] + row[at + 1 :] for row in made)
    return Worksheet(sheet.name, columns, made, blank_rows=200)


def _units(actor: Actor) -> Iterable[Cells]:
    units = (
        managed_units(actor).select_related("parent").prefetch_related("aliases").order_by("position", "pk")
    )
    for u in units:
        aliases = "、".join(sorted(alias.text for alias in u.aliases.all()))
        yield (
            u.code, u.name, u.short_name, KINDS[u.kind], u.parent.code if u.parent else "", str(u.position),
            _day(u.valid_from), _day(u.valid_to), aliases,
        )  # fmt: skip


def _people(actor: Actor) -> Iterable[Cells]:
    phones = actor.units(Right.PHONE_READ)
    for p in Person.objects.filter(unit__in=managed_units(actor)).select_related("unit").order_by("staff_no"):
        phone = p.phone if actor.system or p.unit_id in phones else ""
        yield (p.staff_no, p.name, p.unit.code, phone, p.email, "是" if p.active else "否")


def _posts(actor: Actor) -> Iterable[Cells]:
    for p in managed_posts(actor):
        yield (
            p.unit.code, ROLES[p.role].label, p.title, "是" if p.subtree else "否", _day(p.valid_from), _day(p.valid_to),
        )  # fmt: skip


def _seats(actor: Actor) -> Iterable[Cells]:
    seats = Appointment.objects.filter(post__in=managed_posts(actor, Right.POST_GRANT))
    reach = managed_units(actor, Right.POST_GRANT)
    for a in seats.filter(person__unit__in=reach).select_related("post", "post__unit", "person"):
        yield (
            a.post.unit.code, ROLES[a.post.role].label, a.post.title, a.person.staff_no, f"{a.seat}角",
            _day(a.valid_from), _day(a.valid_to),
        )  # fmt: skip


def _day(value: object) -> str:
    return "" if value is None else str(value)
