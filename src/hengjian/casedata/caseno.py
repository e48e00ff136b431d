"""Case numbers: the present form （2023）鲁0102民初123号 and the one before 2016 （2014）历民初字第123号.

One grammar serves everywhere: :data:`PATTERN` is within what RE2, Java, PostgreSQL and Python read alike.
Digits are ASCII, brackets full-width or half-width but a pair; nothing may stand before or after.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hengjian.casedata.facts import court_words, type_words

LAST_OLD_YEAR = 2015

_COURT = f"(?:最高法知?|[{''.join(court_words())}](?:[0-9][0-9]){{0,2}})"
_TYPE = f"(?:{'|'.join(type_words())})"
_YEAR = "(?:19[4-9][0-9]|20[0-9][0-9])"
_OLD_YEAR = "(?:19[4-9][0-9]|200[0-9]|201[0-5])"
_SERIAL = "[1-9][0-9]{0,7}"
_OLD_WORDS = "[一-龥][一-龥0-9（）()]{1,16}"


def _bracketed(year: str) -> str:
    return f"(?:（{year}）|[(]{year}[)])"


NEW = f"{_bracketed(_YEAR)}{_COURT}{_TYPE}{_SERIAL}号"
OLD = f"{_bracketed(_OLD_YEAR)}{_OLD_WORDS}字第[0-9]{{1,8}}号"
PATTERN = f"(?:{NEW}|{OLD})"

_NEW = re.compile(
    f"[（(](?P<year>{_YEAR})[）)](?P<court>{_COURT})(?P<type>{_TYPE})(?P<serial>{_SERIAL})号", re.A
)
_OLD = re.compile(
    f"[（(](?P<year>{_OLD_YEAR})[）)](?P<court>{_OLD_WORDS})字第(?P<serial>[0-9]{{1,8}})号", re.A
)
_WHOLE = re.compile(PATTERN, re.A)


@dataclass(frozen=True, slots=True)
class CaseNo:
    """The parts of a case number; ``type`` is empty in the old form, where court and type run together."""

    year: int
    court: str
    type: str
    serial: int
    old: bool = False

    def __str__(self) -> str:
        if self.old:
            return f"（{self.year}）{self.court}字第{self.serial}号"
        return f"（{self.year}）{self.court}{self.type}{self.serial}号"


def parse_case_no(text: str) -> CaseNo | None:
    """The parts of ``text``, or None when it is no case number.

    >>> parse_case_no("（2023）鲁0102民初123号")
    CaseNo(year=2023, court='鲁0102', type='民初', serial=123, old=False)
    >>> parse_case_no("（２０２３）鲁0102民初123号") is None
    True
    """
    if not _WHOLE.fullmatch(text):
        return None
    found = _NEW.fullmatch(text)
    if found:
        return CaseNo(int(found["year"]), found["court"], found["type"], int(found["serial"]))
    found = _OLD.fullmatch(text)
    return CaseNo(int(found["year"]), found["court"], "", int(found["serial"]), old=True) if found else None
