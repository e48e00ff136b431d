"""Data about persons: numbers with check digits first, so that a number is named once, by its surest kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hengjian.checks.finding import Draft, Finding, finding
from hengjian.checks.names import find_names
from hengjian.checks.numbers import birth_date_exists, luhn_holds, resident_id_holds
from hengjian.checks.params import Number
from hengjian.policy.clauses.check import PersonalCheck, PersonalKind, Severity

_NOT_DIGIT_BEFORE, _NOT_DIGIT_AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_RESIDENT = re.compile(_NOT_DIGIT_BEFORE + r"[1-9]\d{5}(?:\d{11}[\dXx]|\d{9})" + _NOT_DIGIT_AFTER)
_CARD = re.compile(_NOT_DIGIT_BEFORE + r"(?:62|4|5|35|9)(?:[ -]?\d){12,17}" + _NOT_DIGIT_AFTER)
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})" + _NOT_DIGIT_AFTER
)
_LANDLINE = re.compile(r"(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3}[- ])[2-9]\d{6,7}(?!\d)")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·. ]?"
    r"(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9学警港澳挂]|[DF][A-HJ-NP-Z0-9]\d{4}|\d{5}[DF])(?![A-Za-z0-9])"
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_ADDRESS = re.compile(
    r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})(?:号楼|幢|栋)"
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})单元)?\d{2,4}(?:室|号|户)?"
)

_MESSAGES: dict[PersonalKind, str] = {
    "resident_id": "出现居民身份证号码，请删除或者隐去中间各位。",
    "resident_id_doubtful": "像居民身份证号码，但校验码不对，请核对；是号码的请隐去。",
    "bank_card": "出现银行账号，请删除或者隐去中间各位。",
    "mobile": "出现手机号码，请删除或者隐去中间四位。",
    "landline": "出现固定电话，请确认是可以公开的办公电话。",
    "plate": "出现车牌号码，请隐去后几位。",
    "email": "出现电子邮箱，请确认可以公开。",
    "address": "出现具体到门牌的住址，请只写到村、社区。",
    "name": "当事人疑似实名，公开刊发前请改为“某某”。",
}

Hit = tuple[PersonalKind, int, int]


def check(clause: PersonalCheck, draft: Draft, number: Number) -> Iterator[Finding]:
    """One finding for each place, in the order of the text."""
    hits = [hit for hit in _first_of_each_place(draft.plain) if hit[0] in clause.find]
    if "name" in clause.find:
        hits += [("name", start, end) for start, end in find_names(draft.plain, clause.roles)]
    for kind, start, end in sorted(hits, key=lambda hit: hit[1:]):
        severity = clause.find[kind]
        if severity is not Severity.OFF:
            yield finding(clause, f"personal.{kind}", severity, draft, start, end, _MESSAGES[kind])


def _first_of_each_place(text: str) -> Iterator[Hit]:
    taken: list[tuple[int, int]] = []
    for pattern, kind_of in _FINDERS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            if (kind := kind_of(match.group())) is not None:
                taken.append((start, end))
                yield kind, start, end


def _resident(text: str) -> PersonalKind | None:
    if not birth_date_exists(text):
        return None
    if len(text) == 15 or not resident_id_holds(text):
        return "resident_id_doubtful"
    return "resident_id"


def _card(text: str) -> PersonalKind | None:
    digits = re.sub(r"[ -]", "", text)
    return "bank_card" if 15 <= len(digits) <= 19 and luhn_holds(digits) else None


def _always(kind: PersonalKind) -> Callable[[str], PersonalKind | None]:
    return lambda text: kind


_FINDERS: tuple[tuple[re.Pattern[str], Callable[[str], PersonalKind | None]], ...] = (
    (_RESIDENT, _resident),
    (_CARD, _card),
    (_MOBILE, _always("mobile")),
    (_LANDLINE, _always("landline")),
    (_PLATE, _always("plate")),
    (_EMAIL, _always("email")),
    (_ADDRESS, _always("address")),
)
