"""The subject line a regulation asks for, found again in what people really write."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hengjian.documents.text import one_line

_OPEN, _CLOSE = "(（[［【〔〖「『《<＜", ")）]］】〕〗」』》>＞"
_PREFIX = re.compile(
    r"^\s*((re|fw|fwd|aw|wg|回复|回覆|答复|转发|轉寄|转寄|答覆)\s*([\[(（]\s*\d{1,3}\s*[)\]）])?\s*[:：]\s*)+",
    re.I,
)
_SOFT = {"+": r"[+＋﹢⁺➕﹣\-—–_:：、，,|｜/／]*", "-": r"[-—–－﹣+＋]*", ":": r"[:：]*"}
_JOINED = re.compile(r"^(?P<unit>[^+＋:：—|｜]{2,30}?)\s*[+＋:：—|｜]+\s*(?P<title>.+)$")
_JOINS = "+＋-—–:：、，,|｜ "
_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Understood:
    """What a subject says. ``exact``: written as asked, but for the width of signs; ``answer``: it began with Re: or 转发."""

    unit: str
    title: str
    exact: bool
    answer: bool


class Pattern:
    """A template such as ``({unit})+{title}``: any bracket stands for any bracket, joining signs may be missing.

    >>> Pattern("({unit})+{title}").read("转发：【综合科】 ＋ 五月工作")
    Understood(unit='综合科', title='五月工作', exact=True, answer=True)
    >>> Pattern("({unit})+{title}").read("五月工作")
    Understood(unit='', title='五月工作', exact=False, answer=False)
    """

    def __init__(self, template: str) -> None:
        self.template = template
        self._pattern = re.compile(_compile(template))

    def read(self, subject: str) -> Understood:
        line = one_line(subject)
        bare = _PREFIX.sub("", line).strip()
        answer = bare != line
        found = self._pattern.match(bare)
        if found:
            return Understood(found["unit"].strip(), found["title"].lstrip(_JOINS).strip(), True, answer)
        loose = _JOINED.match(bare)
        if loose:
            return Understood(loose["unit"].strip(), loose["title"].strip(), False, answer)
        return Understood("", bare, False, answer)


def _compile(template: str) -> str:
    out, end = r"^\s*", 0
    for field in _FIELD.finditer(template):
        out += _literal(template[end : field.start()])
        last = field.end() == len(template)
        inner = r".+" if last else rf"[^{re.escape(_OPEN + _CLOSE)}]{{1,60}}?"
        out += rf"\s*(?P<{field.group(1)}>{inner})\s*"
        end = field.end()
    return out + _literal(template[end:]) + "$"


def _literal(text: str) -> str:
    out = ""
    for char in text:
        if char in _OPEN:
            out += f"[{re.escape(_OPEN)}]" + r"\s*"
        elif char in _CLOSE:
            out += r"\s*" + f"[{re.escape(_CLOSE)}]" + r"\s*"
        elif char.isspace():
            out += r"\s*"
        else:
            out += _SOFT.get(char, f"{re.escape(char)}?") + r"\s*"
    return out
