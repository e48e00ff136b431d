"""The nearest thing that would have changed an explanation row, in one Chinese sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hengjian.base.points import plain
from hengjian.policy import Pack
from hengjian.policy.clauses.points import Priced
from hengjian.scoring.explain import Code
from hengjian.scoring.result import ExplanationRow

Facts = Mapping[str, Mapping[str, Any]]


def counterfactual(pack: Pack, row: ExplanationRow, facts: Facts | None = None) -> str:
    """What would have changed the row, or "" where the clause cannot know.

    ``facts`` may tell more of the evidence by event id: ``late_by`` (minutes by which a report was late) and
    ``n`` (how many times). The pack must be the one, with its readings and values, that made the row.
    """
    case = _Case(pack, row, pack.clause(row.clause), facts or {})
    by_code = _BY_CODE.get(Code(row.code))
    return by_code(case) if by_code else _BY_SHAPE.get(case.clause.shape, _nothing)(case)


@dataclass(frozen=True, slots=True)
class _Case:
    pack: Pack
    row: ExplanationRow
    clause: Any
    facts: Facts

    def points(self, value: Decimal) -> str:
        """An amount with the unit the pack counts in."""
        param = self.pack.params.get(self.row.rule)
        return f"{plain(abs(value))} {param.unit}" if param and param.unit else plain(abs(value))

    @property
    def price(self) -> Decimal:
        """What the row's parameter is worth in the version that applied."""
        day = self.row.version
        value = self.pack.value(self.row.rule, day) if day and self.row.rule in self.pack.params else None
        return value or Decimal(0)

    def fact(self, name: str) -> Any:
        return next((self.facts[e][name] for e in self.row.evidence if name in self.facts.get(e, {})), None)


def _nothing(_: _Case) -> str:
    return ""


def _unit_of_quota(case: _Case) -> str:
    clause = case.clause
    if clause.measure == "weeks_covered":
        return "周"
    names = list(clause.quota.params.values()) if clause.quota else []
    return (case.pack.params[names[0]].unit if names else "") or "篇"


def _quota(case: _Case) -> str:
    have, need, unit = case.row.have, case.row.need, _unit_of_quota(case)
    if have is None or need is None:
        return ""
    if case.row.code == Code.COUNTS:
        spare = have - need
        return f"少 {plain(spare + 1)} {unit}就没有这 {case.points(case.row.points)}。"
    short, gain = plain(need - have), case.points(case.price - case.row.points)
    if unit == "周":
        return f"还差 {short} 周：没有报送的每一周各报 {case.clause.per_week} 篇，即满每周任务，得 {gain}。"
    return f"再报 {short} {unit}即满定额，多得 {gain}。"


def _deduction(case: _Case) -> str:
    lost = case.points(case.row.points)
    minutes = case.fact("late_by")
    if minutes:
        return f"早报 {_span(int(minutes))}就不扣这 {lost}。"
    if getattr(case.clause, "times", "one") == "n" and case.price and abs(case.row.points) > abs(case.price):
        return f"每少一次少扣 {case.points(case.price)}；没有这一事实就不扣这 {lost}。"
    return f"没有这一事实就不扣这 {lost}。"


def _span(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [f"{days} 天" if days else "", f"{hours} 小时" if hours else "", f"{rest} 分钟" if rest else ""]
    return " ".join(part for part in parts if part)


def _gain_or_deduction(case: _Case) -> str:
    if case.row.points < 0:
        return _deduction(case)
    return f"没有这一事实就没有这 {case.points(case.row.points)}。" if case.row.points else ""


def _highest(case: _Case) -> str:
    if case.row.points < 0:
        return _deduction(case)
    reached = max(case.row.have or Decimal(0), case.price)
    step = _next_step(case, reached)
    if case.clause.carry == "first_only" or step is None:
        return _gain_or_deduction(case)
    title, value = step
    return f"如再有“{title}”，可补计差额 {case.points(value - reached)}。"


def _next_step(case: _Case, reached: Decimal) -> tuple[str, Decimal] | None:
    """The lowest entry of the table above what was reached."""
    clause, day = case.clause, case.row.version
    if not isinstance(clause, Priced) or day is None:
        return None
    steps = [(name, case.pack.value(name, day)) for name in clause.params.values()]
    higher = [(value, name) for name, value in steps if value is not None and value > reached]
    if not higher:
        return None
    value, name = min(higher)
    return case.pack.params[name].title, value


def _duplicate(case: _Case) -> str:
    return f"换一篇新的信息，可再得 {case.points(case.price)}。" if case.price > 0 else ""


def _not_higher(case: _Case) -> str:
    if case.clause.carry == "first_only":
        return _duplicate(case)
    step = _next_step(case, case.row.have or Decimal(0))
    return f"高于已计的才补计差额，如“{step[0]}”。" if step else ""


def _taken_back(case: _Case) -> str:
    return f"没有这一认定，这 {case.points(case.row.points)}不追回。"


def _no_recipient(case: _Case) -> str:
    return f"报送时定了牵头部门，这 {case.points(case.row.points)}就归牵头部门。"


def _required(case: _Case) -> str:
    return f"有了所需的前提事实，可得 {case.points(case.price)}。" if case.price else ""


_BY_CODE: dict[Code, Callable[[_Case], str]] = {
    Code.NO_PRICE: _nothing,
    Code.REQUIRED: _required,
    Code.DUPLICATE: _duplicate,
    Code.NOT_HIGHER: _not_higher,
    Code.NO_QUOTA: _nothing,
    Code.TAKEN_BACK: _taken_back,
    Code.FLAGGED: lambda _: "没有这一事实，全年仍可参加评比。",
    Code.NO_RECIPIENT: _no_recipient,
    Code.NOT_APPRAISED: lambda _: "期末在名单里才考评。",
    Code.FLOOR: _nothing,
}
_BY_SHAPE: dict[str, Callable[[_Case], str]] = {
    "points_per": _gain_or_deduction,
    "table": _gain_or_deduction,
    "once_per": _gain_or_deduction,
    "highest_of": _highest,
    "heaviest_of": _gain_or_deduction,
    "quota_base": _quota,
}
