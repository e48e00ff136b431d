"""The provisions a decision rests on: law, article, paragraph, item.

Read is the sentence that leads to 判决如下 (依照《…》第…条…之规定). Texts of laws appended after the
signatures and provisions argued about earlier are no citations of this decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hengjian.extract.model import Document, Statute
from hengjian.extract.numbers import NUMERAL, read_int
from hengjian.extract.reference import law_short_names, laws, variants

_N = rf"[{NUMERAL}]"
_TOKEN = re.compile(
    rf"第(?P<article>{_N}{{1,7}})条(?P<suffix>之[一二三四五六七八九十]{{1,2}})?"
    rf"|第(?P<bare>{_N}{{1,7}})(?=第?{_N}{{1,2}}款|第（)"
    rf"|(?<=、)(?P<more>{_N}{{2,7}})条(?P<more_suffix>之[一二三四五六七八九十]{{1,2}})?"
    rf"|第?(?P<paragraph>{_N}{{1,2}}(?:[、和及]第?{_N}{{1,2}})*)条?款"
    rf"|第?（?(?P<item>{_N}{{1,3}}(?:）?[、和及]第?（?{_N}{{1,3}})*)）?项"
)
_BASIS = re.compile(r"依照|依据|根据|按照|适用|参照")
_STATE = re.compile(r"^中华[^《》]{0,6}?共和国?")
_ISSUER = re.compile(r"(?:最高人民法院|最高人民检察院|公安部|司法部|国务院|国家安全部)(?:、|和)?$")
_SHORT = re.compile(
    r"(?<![《\u4e00-\u9fff国])(?:本院依照|依照|依据|根据|按照|和|及|、)?(?P<law>[\u4e00-\u9fff]{2,12}?(?:法|法典|条例))(?=第)"
)
_SEARCH = 4000


@dataclass(frozen=True, slots=True)
class Law:
    """A law named in the sentence; its provisions follow ``end``."""

    name: str
    start: int
    end: int


def find_statutes(doc: Document) -> list[Statute]:
    """Every provision of the deciding sentence, in order, each once."""
    start, end = _basis(doc)
    named = list(_laws(doc.text, start, end))
    found: dict[tuple[object, ...], Statute] = {}
    for index, law in enumerate(named):
        stop = named[index + 1].start if index + 1 < len(named) else end
        for one in _provisions(doc.text, law, stop):
            found.setdefault((one.law, one.article, one.paragraph, one.item), one)
    return list(found.values())


def _basis(doc: Document) -> tuple[int, int]:
    """The sentence before the order that names a law; one or two sentences back when it is split."""
    end = doc.parts.reasons[1]
    floor = max(doc.parts.body[0], end - _SEARCH)
    at = end
    for _ in range(4):
        at = max(doc.text.rfind("。", floor, at), doc.text.rfind("\n", floor, at), floor - 1)
        sentence = doc.text[at + 1 : end]
        if _BASIS.search(sentence) and "第" in sentence and ("《" in sentence or "法第" in sentence):
            break
        if at < floor:
            return end, end
    first = _BASIS.search(doc.text, at + 1, end)
    return (first.start() if first else at + 1), end


def _laws(text: str, start: int, end: int) -> Iterator[Law]:
    position = start
    while position < end:
        opened = text.find("《", position, end)
        short = _SHORT.search(text, position, opened if opened >= 0 else end)
        if short and _known(short["law"]):
            yield Law(_full_name(short["law"]), short.start("law"), short.end("law"))
        if opened < 0:
            return
        closed = _close(text, opened, end)
        issuer = _ISSUER.search(text, max(start, opened - 24), opened)
        name = text[opened + 1 : closed - 1].strip("《》")
        if name.count("《") > name.count("》"):
            name += "》"
        if issuer and not name.startswith("最高"):
            name = issuer[0].rstrip("、和") + name
        yield Law(_full_name(name), issuer.start() if issuer else opened, closed)
        position = closed


def _close(text: str, opened: int, end: int) -> int:
    """After the bracket that closes the name; a lost one closes before the first 第…条."""
    depth, at = 0, opened
    stop = re.compile(rf"》[^《》]{{0,12}}?第{_N}{{1,7}}条").search(text, opened, end)
    while at < end:
        if text[at] == "《":
            depth += 1
        elif text[at] == "》":
            depth -= 1
            if depth == 0 or (stop and at == stop.start()):
                while at + 1 < end and text[at + 1] == "》":
                    at += 1
                return at + 1
        at += 1
    return min(end, opened + 1)


def _known(short: str) -> bool:
    return short in law_short_names() or short in laws() or short in variants("law")


def _full_name(name: str) -> str:
    """刑法 → 中华人民共和国刑法; a damaged 中华…共和国 is mended when the rest is a known law."""
    if "、" in name and name not in laws():
        name = mended if (mended := name.replace("、", "")) in laws() else name  # where a line once ended
    if name in laws():
        return name
    if name in variants("law"):
        return variants("law")[name][0].standard
    rest = _STATE.sub("", name)
    return law_short_names().get(rest, name)


def _provisions(text: str, law: Law, stop: int) -> Iterator[Statute]:
    current: Statute | None = None
    fresh: list[Statute] = []
    for token in _TOKEN.finditer(text, law.end, stop):
        number = token["article"] or token["bare"] or token["more"]
        if number:
            yield from fresh
            article = _article(number, token["suffix"] or token["more_suffix"])
            current = Statute(law.name, article, None, None, *token.span())
            fresh = [current]
        elif current is None:
            continue
        elif token["paragraph"]:
            fresh = list(_narrow(fresh, current, token, "paragraph"))
            current = replace(current, paragraph=fresh[-1].paragraph, item=None)
        else:
            fresh = list(_narrow(fresh, current, token, "item"))
    yield from fresh


def _article(number: str, suffix: str | None) -> int | str | None:
    value = read_int(number)
    return f"{value}{suffix}" if suffix else value


def _narrow(fresh: list[Statute], current: Statute, token: re.Match[str], part: str) -> Iterator[Statute]:
    """Put paragraphs or items into the provision just read; a second one stands beside the first."""
    numbers = [read_int(word) for word in re.findall(rf"{_N}+", token[part])]
    last = fresh[-1] if fresh else current
    open_ended = getattr(last, part) is None and last.item is None
    yield from fresh[:-1] if open_ended else fresh
    for number in numbers:
        if part == "paragraph":
            yield replace(last, paragraph=number, item=None, end=token.end())
        else:
            yield replace(last, item=number, end=token.end())
