"""What a form or the API hands to the acts: the fields of an item as plain values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.carrying import refusal
from hengjian.apps.bulletins.models import Grade, Item
from hengjian.apps.org.models import Unit
from hengjian.base.errors import HengjianError
from hengjian.policy import Pack
from hengjian.policy.clauses.duty import EventDuty


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDraft:
    """``partners`` are the other departments; with ``joint`` and no ``lead_unit`` the item has no lead."""

    title: str
    body: str = ""
    form: str = "info"
    category: str
    subtype: str = ""
    importance: str = ""
    grade: str = "internal"
    outlet: str = ""
    joint: bool = False
    lead_unit: Unit | None = None
    partners: tuple[Unit, ...] = ()
    occurred_at: datetime | None = None
    occurred_exact: bool = True
    learned_at: datetime | None = None
    planned_at: datetime | None = None
    completes: Item | None = None
    sources: str = ""


PLANNED = "release"  # what starts the clock of a report before the event
PLAIN = tuple(f.name for f in fields(ItemDraft) if f.name != "partners")
WORDS = ("form", "category", "importance", "grade", "outlet")


def completed(draft: ItemDraft, pack: Pack) -> dict[str, Any]:
    """The fields with importance and outlet taken from the category where left open; words checked."""
    values = {name: getattr(draft, name) for name in PLAIN}
    values["title"] = draft.title.strip()
    if not values["title"]:
        raise HengjianError("请填写标题。")
    values["importance"] = values["importance"] or words.attr(
        pack, "category", draft.category, "importance", ""
    )
    values["outlet"] = values["outlet"] or _usual_outlet(pack, draft)
    values["importance"] = values["importance"] or "general"
    for name in WORDS:
        if values[name]:
            words.require(pack, name, values[name])
    _check_subtype(pack, draft)
    _check_joint(values, draft)
    _check_completes(draft)
    if draft.occurred_at and draft.learned_at and draft.learned_at < draft.occurred_at:
        raise HengjianError("知悉时间早于发生时间，请核对。")
    return values


def _usual_outlet(pack: Pack, draft: ItemDraft) -> str:
    """The category's outlet. What stayed at the grade of the form need not fit it: then the editor chooses."""
    outlet = str(words.attr(pack, "category", draft.category, "outlet", ""))
    unfit = draft.grade == Grade.INTERNAL and refusal(pack, outlet, draft.grade)
    return "" if unfit else outlet


def check_importance(values: dict[str, Any], pack: Pack) -> None:
    """What the category makes important the department cannot make ordinary."""
    least = words.attr(pack, "category", values["category"], "importance", "")
    if rank(pack, values["importance"]) < rank(pack, least):
        raise HengjianError(
            f"{words.label(pack, 'category', values['category'])}属于"
            f"“{words.label(pack, 'importance', least)}”，重要程度可以提高，不可以降低。"
        )


def rank(pack: Pack, importance: str) -> int:
    return int(words.attr(pack, "importance", importance, "rank", 0) or 0)


def _check_subtype(pack: Pack, draft: ItemDraft) -> None:
    if not draft.subtype:
        return
    words.require(pack, "subtype", draft.subtype)
    if draft.subtype not in {term.key for term in words.subtypes_of(pack, draft.category)}:
        raise HengjianError("所选子类不属于这个类型，请重新选择子类。")


def _check_completes(draft: ItemDraft) -> None:
    first = draft.completes
    if first is None:
        return
    if first.completes_id is not None or first.planned_at is None or first.filed_at is None:
        raise HengjianError("补报只能接在事前已经报送的那一篇后面，请重新选择。")


def _check_joint(values: dict[str, Any], draft: ItemDraft) -> None:
    values["joint"] = bool(draft.joint or draft.partners)
    if values["joint"] and not draft.partners:
        raise HengjianError("多部门合作的信息请选择合作部门；只有本部门的请取消“多部门合作”。")
    if not values["joint"]:
        values["lead_unit"] = None


def check_complete(item: Item, pack: Pack) -> None:
    """What must be there before an item leaves the department; HengjianError names what is missing."""
    if found := missing(item, pack):
        raise HengjianError(f"还不能报送，请补上：{'、'.join(found)}。")
    if refused := refusal(pack, item.outlet, item.grade):
        raise HengjianError(refused)


def missing(item: Item, pack: Pack) -> list[str]:
    """What an item still needs before it may leave the department, in the words of its form."""
    found = [] if item.body.strip() else ["正文"]
    if words.subtypes_of(pack, item.category) and not item.subtype:
        found.append("子类（子类决定适用哪一种时限）")
    start = missing_start(item, pack)
    return [*found, start] if start else found


def missing_start(item: Item, pack: Pack) -> str:
    """The time from which the clock of its type would run, if nobody has stated it; else empty."""
    deadline = words.deadline_class(pack, item.category, item.subtype)
    planned = planned_classes(pack)
    if item.completes_id is None and deadline in planned:
        return "" if item.planned_at else "发布或举行时间（须在这之前报送）"
    if deadline in timed_classes(pack) - planned and not item.occurred_at:
        return "发生时间（时限从这里起算）"
    return ""


def timed_classes(pack: Pack) -> set[str]:
    """Deadline classes for which some duty runs a clock."""
    duties = pack.clauses_of("duty")
    return {key for duty in duties for key in duty.applies_to.get("deadline_class", ())}


def planned_classes(pack: Pack) -> set[str]:
    """Deadline classes whose clock runs to something planned: the publication of a document, an event."""
    duties = [duty for duty in pack.clauses_of("duty") if isinstance(duty, EventDuty)]
    planned = [d for d in duties if any(PLANNED in stage.start.of for stage in d.stages.values())]
    return {key for duty in planned for key in duty.applies_to.get("deadline_class", ())}
