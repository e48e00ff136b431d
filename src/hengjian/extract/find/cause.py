"""The cause of action as the text prints it, in the words of the official list."""

from __future__ import annotations

import re
from functools import cache

from hengjian.extract.model import Document, Found, Party, Sentence
from hengjian.extract.reference import causes, variants

_CASE = re.compile(r"[^。；\n]{2,200}?(?P<end>一案|两案|等案件|案件?，)")
_ACCUSED = re.compile(
    r"(?:犯有?|涉嫌|构成|被控|触犯)(?P<charge>[^，。；：（）\n]{2,60}?罪)(?=[，。；、（）一及提向暨]|之?后|上诉|附带|$|\n|的|和|各)"
)
_PLAIN_ACCUSED = re.compile(
    r"(?:被告人|指控|犯)[^，。；]{0,40}?(?P<charge>[\u4e00-\u9fff、]{2,20})(?:暨附带民事诉讼)?一案"
)
_LEAD = re.compile(r"^(?:.*(?:作出的|之间的?|要求撤销|因其?诉?|关于|就))|^(?:其|的|与|为)")
_JURISDICTION = re.compile(r"(?<=纠纷)管辖权?(?:异议)?(?:上诉)?(?:纠纷)?$")
_TRIM = "的与因为及、和"
_LONGEST = 40
_INTRO = 2500


def find_cause(doc: Document, kind: str, parties: list[Party], sentences: list[Sentence]) -> Found | None:
    """The cause: the charge convicted of, or the words before 一案."""
    if kind == "刑事":
        return _convicted(sentences) or _accused(doc)
    return _before_case(doc, parties, listed=kind != "行政")


def _convicted(sentences: list[Sentence]) -> Found | None:
    """The first charge of the order: the one case records keep; all of them stand with the sentences."""
    return next((count.charge for sentence in sentences for count in sentence.counts), None)


def _accused(doc: Document) -> Found | None:
    start, end = doc.parts.body
    found = _ACCUSED.search(doc.text, start, min(end, start + _INTRO)) or _ACCUSED.search(
        doc.text, *doc.parts.reasons
    )
    if found:
        return Found(found["charge"], *found.span("charge"))
    found = _PLAIN_ACCUSED.search(doc.text, start, min(end, start + _INTRO))
    if not found:
        return None
    name = _longest_known(found["charge"] + "罪") or _longest_known(found["charge"])
    return Found(name, *found.span("charge")) if name else None


def _longest_known(words: str) -> str | None:
    known = _known()
    for cut in range(len(words) - 1):
        if words[cut:] in known:
            return words[cut:]
    return None


@cache
def _known() -> frozenset[str]:
    return frozenset(causes()) | frozenset(variants("cause"))


def _before_case(doc: Document, parties: list[Party], *, listed: bool) -> Found | None:
    """The longest official cause that ends at 一案; else what follows the last party named.

    Administrative judgments print the act in dispute, not the words of the list: the other way round.
    """
    start, end = doc.parts.body
    for found in _CASE.finditer(doc.text, start, min(end, start + _INTRO)):
        stop = _without_objection(doc.text, found.start(), found.start("end"))
        known = _known_suffix(doc.text, max(found.start(), stop - _LONGEST), stop)
        free = _after_names(doc.text, found.start(), stop, parties)
        chosen = (known or free) if listed else (free or known)
        if chosen:
            return chosen
    return None


def _without_objection(text: str, start: int, stop: int) -> int:
    """买卖合同纠纷管辖权异议一案: the cause ends before the objection to jurisdiction."""
    objection = _JURISDICTION.search(text, start, stop)
    return objection.start() if objection else stop


def _known_suffix(text: str, start: int, stop: int) -> Found | None:
    known = _known()
    for at in range(start, stop - 1):
        if text[at:stop] in known:
            return Found(text[at:stop], at, stop)
    return None


def _after_names(text: str, start: int, stop: int, parties: list[Party]) -> Found | None:
    at = max(start, text.rfind("）", start, stop) + 1, text.rfind("，", start, stop) + 1)
    for party in parties:
        for name in (party.name.value, party.short):
            place = text.rfind(name, start, stop) if len(name) > 1 else -1
            if place >= 0:
                at = max(at, place + len(name))
    lead = _LEAD.match(text[at:stop])
    at += lead.end() if lead else 0
    while at < stop and text[at] in _TRIM:
        at += 1
    value = text[at:stop]
    return Found(value, at, stop) if 3 < len(value) <= _LONGEST else None


def standard_cause(value: str, decided: str) -> str:
    """The words of the list in force on the day of decision; unknown ones stay as printed.

    >>> standard_cause("健康权纠纷", "2017-03-01"), standard_cause("健康权纠纷", "2022-03-01")
    ('生命权、健康权、身体权纠纷', '生命权、身体权、健康权纠纷')
    """
    for one in variants("cause").get(value, ()):
        if (not one.since or one.since <= decided) and (not one.until or decided < one.until):
            return one.standard
    if value not in causes() and value.endswith("纠纷"):
        contract = f"{value.removesuffix('纠纷')}合同纠纷"
        return contract if contract in causes() else value
    return value
