"""Each number of a text against the register: authorised, differs, never released, embargoed, or unclear and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hengjian.figures.numbers import Number, Role
from hengjian.figures.reading import Mention, Reader
from hengjian.figures.register import Entry, Place, Register
from hengjian.figures.units import family_of


class Verdict(StrEnum):
    AUTHORISED = "authorised"
    DIFFERS = "differs"
    NEVER = "never"
    EMBARGOED = "embargoed"
    UNCLEAR = "unclear"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Verdict.AUTHORISED: "已发布，一致",
    Verdict.DIFFERS: "与发布的不同",
    Verdict.NEVER: "没有发布过",
    Verdict.EMBARGOED: "尚未到发布时间",
    Verdict.UNCLEAR: "不能核对",
}


@dataclass(frozen=True)
class Finding:
    """What is said of one number. ``message`` is a sentence; ``registered`` how the register writes it."""

    mention: Mention
    verdict: Verdict
    message: str
    entry: Entry | None = None
    registered: str = ""
    difference: Decimal | None = None

    @property
    def start(self) -> int:
        return self.mention.number.start

    @property
    def end(self) -> int:
        return self.mention.number.end


def check(text: str, reader: Reader, register: Register) -> list[Finding]:
    """All numbers of ``text``, in its order."""
    return [judge(mention, register) for mention in reader.read(text)]


def judge(mention: Mention, register: Register) -> Finding:
    if mention.place is None:
        return Finding(mention, Verdict.UNCLEAR, f"{mention.why}。")
    if mention.number.role is Role.CHANGE:
        return _change(mention, mention.place, register)
    entry = register.find(mention.place)
    if entry is None:
        return _absent(mention)
    if entry.secret:
        return Finding(mention, Verdict.EMBARGOED, "这个数还没有到发布时间，不得公开引用。", entry)
    return _compared(mention, entry)


def _absent(mention: Mention) -> Finding:
    if mention.loose:
        return Finding(mention, Verdict.UNCLEAR, f"{mention.loose}。")
    return Finding(mention, Verdict.NEVER, "登记簿里没有这个数，发布以前请先报统计部门。")


def _compared(mention: Mention, entry: Entry) -> Finding:
    number = mention.number
    unit, factor = family_of(entry.measure)
    if not number.unit or family_of(number.unit)[0] != unit:
        why = f"文中的单位是“{number.unit or '未写'}”，登记的是“{entry.measure}”，不能相比。"
        return Finding(mention, Verdict.UNCLEAR, why, entry, _written(entry))
    gap = number.amount - entry.value * factor
    if abs(gap) <= number.slack:
        exact = "与登记一致" if not gap else f"按文中的写法取整后一致（登记为{_written(entry)}）"
        return Finding(
            mention,
            Verdict.AUTHORISED,
            f"{exact}，见《{entry.release}》。{_beside(entry)}",
            entry,
            _written(entry),
        )
    if mention.loose:
        return Finding(mention, Verdict.UNCLEAR, f"{mention.loose}。", entry)
    for _, value in entry.older:
        if abs(number.amount - value * factor) <= number.slack:
            message = f"这是重述以前的数，现行的是{_written(entry)}，见《{entry.release}》。"
            return Finding(mention, Verdict.DIFFERS, message, entry, _written(entry), gap / factor)
    more = f"{'多' if gap > 0 else '少'}{_shown(abs(gap) / factor)}{entry.measure}"
    message = f"登记为{_written(entry)}，文中{more}，见《{entry.release}》。"
    return Finding(mention, Verdict.DIFFERS, message + _beside(entry), entry, _written(entry), gap / factor)


def earlier(number: Number, place: Place) -> Place | None:
    """The figure a change is counted from: of the year before, or of the period before; None where there is none."""
    if number.base != "环比" and "月" not in number.base and "季" not in number.base:
        return Place(place.concept, place.court, place.span.year_before(), place.dims)
    named = place.span.period
    if named is None:
        return None
    return Place(place.concept, place.court, type(place.span).of(named.previous()), place.dims)


def _change(mention: Mention, place: Place, register: Register) -> Finding:
    """A rate of change is worked out from the two figures it is between."""
    number, base = mention.number, earlier(mention.number, place)
    if base is None:
        return Finding(mention, Verdict.UNCLEAR, "这样的期间没有上一期，不能核对环比。")
    now, then = register.find(place), register.find(base)
    if now is None or then is None:
        return Finding(
            mention,
            Verdict.UNCLEAR,
            f"没有登记{place.span.label if now is None else base.span.label}的数，不能核对增减。",
        )
    if now.secret or then.secret:
        return Finding(mention, Verdict.EMBARGOED, "所依据的数还没有到发布时间，不得公开引用。", now)
    worked = _worked(number, now, then)
    if worked is None:
        return Finding(mention, Verdict.UNCLEAR, "这样的增减不能由登记的数核算。", now)
    said = -number.value if number.down else number.value
    shown = f"由{_written(then)}到{_written(now)}，{'下降' if worked < 0 else '上升'}{_shown(abs(worked))}{number.unit}"
    slack = number.step / (1 if number.rough else 2)
    if number.unit == now.measure and number.step == 1:
        slack = Decimal(0)
    if abs(worked - said) <= slack:
        return Finding(mention, Verdict.AUTHORISED, f"核算一致：{shown}。", now, _shown(worked) + number.unit)
    return Finding(
        mention, Verdict.DIFFERS, f"核算不符：{shown}。", now, _shown(worked) + number.unit, said - worked
    )


def _worked(number: Number, now: Entry, then: Entry) -> Decimal | None:
    """The change in the unit in which the text states it."""
    if family_of(now.measure) != family_of(then.measure):
        return None
    gap = now.value - then.value
    family, factor = family_of(number.unit)
    if family == "个百分点":
        return gap if family_of(now.measure)[0] == "%" else None
    if family == "%":
        return gap / then.value * 100 if then.value and family_of(now.measure)[0] != "%" else None
    own, own_factor = family_of(now.measure)
    return gap * own_factor / factor if own == family else None


def _written(entry: Entry) -> str:
    return entry.written if entry.written.endswith(entry.measure) else f"{entry.written}{entry.measure}"


def _shown(value: Decimal) -> str:
    rounded = value.quantize(Decimal("0.01"))
    return f"{rounded.normalize():f}"


def _beside(entry: Entry) -> str:
    parts = ["只在内部发布，对外不得引用。"] if entry.inside else []
    return "".join(parts + [f"注：{note}" for note in entry.notes])


def summary(findings: Iterable[Finding]) -> dict[Verdict, int]:
    """How many of each, all kinds named."""
    found = dict.fromkeys(Verdict, 0)
    for finding in findings:
        found[finding.verdict] += 1
    return found
