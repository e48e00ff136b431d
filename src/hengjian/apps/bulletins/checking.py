"""Text checks on an item, with its own department's recent items as the texts it might repeat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Actor
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.checks import Draft, Finding, check_text
from hengjian.checks.counting import STATED, count_text
from hengjian.checks.length import range_for
from hengjian.policy import Pack
from hengjian.policy.clauses.check import LengthCheck, Severity

CORPUS = 60  # recent items compared with


@dataclass(frozen=True, slots=True)
class Counted:
    """The length of a text, the rule it was counted by, and the range its type should keep to."""

    count: int
    rule: str
    least: int | None
    most: int | None
    article: str

    @property
    def over(self) -> bool:
        return self.most is not None and self.count > self.most


def fields_of(item: Item) -> dict[str, str]:
    return {
        "category": item.category,
        "subtype": item.subtype,
        "importance": item.importance,
        "grade": item.grade,
        "outlet": item.outlet,
        "kind": item.form,
    }


def findings(
    pack: Pack,
    title: str,
    body: str,
    fields: Mapping[str, str],
    day: date,
    corpus: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Gravest first. Lengths are those of the body, as the counter shows them; the rest reads the title too."""
    clauses = pack.clauses_of("check", on=day)
    lengths = [clause for clause in clauses if isinstance(clause, LengthCheck)]
    others = [clause for clause in clauses if not isinstance(clause, LengthCheck)]
    found = []
    for text, asked in ((body, lengths), (f"{title}\n{body}", others)):
        draft = Draft(text=text, fields=fields, corpus=corpus or {}, today=day)
        found += check_text(asked, draft, value_of=lambda name: pack.value(name, on=day))
    order = list(Severity)
    return sorted(found, key=lambda one: order.index(one.severity))


def counted(pack: Pack, text: str, fields: Mapping[str, str], day: date) -> Counted | None:
    """The live counter; None when the pack states no length at all."""
    for clause in pack.clauses_of("check", on=day):
        if not isinstance(clause, LengthCheck):
            continue
        found = range_for(clause, fields)
        least, most = (
            _number(pack, v, day) for v in ((found.at_least, found.at_most) if found else (None, None))
        )
        return Counted(
            count_text(text, clause.count), STATED[clause.count], least, most, "、".join(clause.articles)
        )
    return None


def _number(pack: Pack, value: object, day: date) -> int | None:
    if isinstance(value, str):
        found = pack.value(value, on=day)
        return None if found is None else int(found)
    return value if isinstance(value, int) else None


def similar(actor: Actor, item: Item | None, unit_id: int) -> dict[str, str]:
    """Recent items of the department the actor may see, by title."""
    recent = visible_items(actor).filter(unit=unit_id).exclude(state=Item.State.CANCELLED)
    if item is not None and item.pk:
        recent = recent.exclude(pk=item.pk)
    return dict(recent.order_by("-changed_at", "-pk").values_list("title", "body")[:CORPUS])


def refuse_blocked(item: Item, pack: Pack, at: datetime) -> None:
    """HengjianError when a check of the pack blocks the text; everything else is advice."""
    found = findings(pack, item.title, item.body, fields_of(item), to_local(at).date())
    blocked = [one for one in found if one.severity is Severity.BLOCK]
    if blocked:
        more = f"（另有 {len(blocked) - 1} 处）" if len(blocked) > 1 else ""
        raise HengjianError(f"不能报送：{blocked[0].message}{more}", article=blocked[0].article)
