"""Take the dirt out of a text and remember where every remaining character stood.

What is removed: HTML tags and entities, page footers, spaces inside a line, line breaks in the middle of
a sentence, a ``、`` put where a line ended. What is changed character by character: full-width digits,
ASCII punctuation, all kinds of brackets. A break is one newline.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape
from unicodedata import normalize

_SINGLE = {
    **dict(zip("０１２３４５６７８９", "0123456789", strict=True)),
    **dict(zip("(),:;", "（），：；", strict=True)),
    **dict.fromkeys("[［【〔﹝", "〔"),
    **dict.fromkeys("]］】〕﹞", "〕"),
    **dict.fromkeys("<＜〈﹤«", "《"),
    **dict.fromkeys(">＞〉﹥»", "》"),
    **dict.fromkeys("\u3000\xa0\t\v\f\u2002\u2002\u2003\u2009\u202f", " "),
    **dict.fromkeys("\u2028\u2029\x85", "\n"),
    "\r": "\n",
    "．": ".",
    "﹪": "%",
    "•": "·",
    "・": "·",
    "‧": "·",
    "∙": "·",
    "–": "-",
    "—": "-",
    "－": "-",
    "─": "-",
}
# characters that look the same: radicals and compatibility forms that PDF files put for ideographs
_ALIKE = {
    chr(code): form
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA))
    if len(form := normalize("NFKC", chr(code))) == 1
}
_RADICALS = dict(zip("⺠⻓⻋⻅⻔⻢⻛⻚⻉⻜⻝⻬⻰", "民长车见门马风页贝飞食齐龙", strict=True))
_TABLE = str.maketrans({**_ALIKE, **_RADICALS, **_SINGLE})

_SITE = r"(?:来源|(?:打印|发布|公开|下载|上传|浏览)(?:日期|时间|次数|人)?)："
_NOISE = re.compile(
    r"《/?[A-Za-z][^《》\n]{0,200}》"  # tags, their angle brackets already unified
    r"|&(?!nbsp；)(?:#\d{1,6}|#x[0-9A-Fa-f]{1,5}|[A-Za-z]{2,8})；"
    r"|(?<=[。；，：\n])[\ue000-\uf8ff\ufffd]+、?"  # a private character where a line ended
    r"|〔〔[0-9A-Za-z：]{8,80}\||〕〕"  # marks of a linked text
    r"|(?<=\n)[- ]{0,4}\d{1,3}[- ]{0,4}(?=\n)"  # a page number alone on its line
    r"|(?<=[ \n。])-{1,2} ?\d{1,3} ?-{1,2}(?=[ \n]|$)|(?<=\n)\d{1,3} ?/ ?\d{1,3}(?=\n|$)|(?<!\d)- \d{1,3} -(?!\d)"
    rf"|(?<=[\n》]){_SITE}[^\n《。]{{0,60}}(?=[\n《]|$)|{_SITE}[^\n《。]{{0,120}}\Z"  # what a site adds
    r"|第 ?\d{1,3} ?页(?:[ ，/]{0,2}共 ?\d{1,3} ?页)?"
    r"|(?<=[\u4e00-\u9fff\d）])\.(?=因|现|于\d|曾|委托|法定|被告|原告|第三人|辩护人|公诉|上诉|本院|经审理|依照|判决|\n)"
    r"|(?:[ \n]|&nbsp；|[?\ufffd]{2,})+(?:、[ \n]*)?|、[ \n]+|(?<=[。；：，])、"
    r"|、(?=（[12]\d{3}）|(?:刑事|民事|行政|执行|国家赔偿)[^，。、 ]{0,6}书|(?:代理|助理|人民)?(?:审判[员长]|陪审员)"
    r"|[代见实]?[理习]?书、?记员|二[〇○零ＯOoО0][〇○零一二ＯOoО0]|(?:原告|被告|第三人|被?上诉人|被?申请人|委托代理人)：)"
    r"|(?<=号)、{1,3}(?=(?:原审)?(?:原?公诉|抗诉|执行机关|反诉|公益诉讼|原告|被告|上诉人|再审申请|申请|自诉|被执行|赔偿|起诉人|罪犯|异议|案外|申诉))"
    r"|(?<=之[一二三四五六七八九])、(?=申请|被执行|原告|上诉人|异议|案外|复议|罪犯)"
)
_BLOCK = re.compile(r"《/?(?:p|div|br|tr|li|h[1-6]|table)\b", re.IGNORECASE)
_TAGS = re.compile(r"(?:《/?[A-Za-z][^《》\n]{0,200}》|[ \n])+")
_NO_WIDTH = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ENDS = frozenset("。；：！？）》”\"'’】〕")
_TITLE_ENDS = ("法院", "决书", "定书", "解书", "知书")
_ITEM_NUMBER = re.compile(r"[\n 。；：）][一二三四五六七八九十]{1,3}$")
_OPENER = re.compile(
    r"（[12]\d{3}）|[一二三四五六七八九十]{1,3}、|\d{1,2}[、.](?!\d)"
    r"|(?:原审|一审|二审|再审|反诉|公益诉讼|附带民事诉讼|共同|指定|代理|人民|原)?"
    r"(?:公诉机关|抗诉机关|执行机关|自诉人|被告|原告|上诉人|被上诉人|申请|被申请人|第三人|赔偿(?:请求|义务)|被执行人|异议人|申诉人|起诉人|罪犯|案外人|利害关系人|辩护人"
    r"|委托(?:诉讼)?代理人|诉讼代理人|法定代[表理]人|负责人|经营者|审判长|审判员|陪审员|执行员|法官助理|书记员|审理)"
    r"|(?:刑事|民事|行政|执行|国家赔偿|赔偿|驳回)[^，。、]{0,8}书|见习书记员|代书记员|实习书记员"
    r"|二[〇○零ＯOoО0?]|[12]\d{3}年|本院|附(?:[：件录]|相关|本|法律|有关|注)|依照|判决|裁定|如不服|本案|本判决|本裁定|相关法律|据此|综上|特此|审判[长员]"
)
# a line that stops here was cut by its width: the word goes on
_CUT = re.compile(
    r"(?:第|《|（|〔|人民|代理|助理|见习|实习|原审|一审|二审|附带民事诉讼|委托|诉讼代|（[12]\d{3}）|(?:代码|号码)："
    r"|[，并后曾日]于|日至|(?<=[\n。号])原)$"
)
_TITLES_UNTIL = 1500


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text and the way back: ``span(i, j)`` gives the place in the text as given."""

    text: str
    source: str
    _starts: array[int]
    _origins: array[int]
    _visible: array[int] | None = None  # where each character stood, when invisible ones were dropped first

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the source; ``start < end``."""
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, position: int) -> int:
        run = bisect_right(self._starts, position) - 1
        origin = self._origins[run] + position - self._starts[run]
        return origin if self._visible is None else self._visible[origin]


def clean(source: str) -> Cleaned:
    """Clean ``source``; every character of the result can be traced back.

    >>> done = clean("审  判  员　雷 宏")
    >>> done.text, done.span(3, 5)
    ('审判员雷宏', (8, 11))
    """
    text = source.translate(_TABLE)
    visible: array[int] | None = None
    if _NO_WIDTH.search(text):
        visible = array("l", (i for i, c in enumerate(text) if not _NO_WIDTH.match(c)))
        text = _NO_WIDTH.sub("", text)
    pieces: list[str] = []
    starts, origins = array("l", [0]), array("l", [0])
    kept = length = 0
    last = "\n"
    for noise in _NOISE.finditer(text):
        start, end = noise.span()
        if start > kept:
            piece = text[kept:start]
            pieces.append(piece)
            length += start - kept
            last = piece[-1]
        put = _replacement(text, noise, last)
        if put:
            pieces.append(put)
            starts.append(length)
            origins.append(start)
            length += len(put)
            last = put
        kept = end
        starts.append(length)
        origins.append(end)
    pieces.append(text[kept:])
    return Cleaned("".join(pieces), source, starts, origins, visible)


def _replacement(text: str, noise: re.Match[str], last: str) -> str:
    found = noise[0]
    first = found[0]
    if "\ue000" <= first <= "\uf8ff":
        return "" if last in "，\n" else "\n"
    if "??" in found or "\ufffd\ufffd" in found:
        return "" if last == "\n" else "\n"
    if first == "&" and "&nbsp；" not in found:
        plain = unescape(found.replace("；", ";"))
        return plain.translate(_TABLE).strip()[:1] if plain != found else ""
    if first == ".":
        return "。"
    if _BLOCK.match(found):
        return _gap(text, noise.start(), noise.end(), "\n", last)
    if first not in " \n、&?\ufffd":
        return ""
    return _gap(text, noise.start(), noise.end(), found, last)


def _between_words(text: str, start: int, end: int) -> bool:
    """The space of Blue River LLC is part of the name; that of X X is not."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before + after).isascii() and (before + after).isalpha() and len(before) == len(after) == 2


def _gap(text: str, start: int, end: int, found: str, last: str) -> str:
    """A break, nothing, or the ``、`` that really belongs to the sentence."""
    tags = _TAGS.match(text, end) if text.startswith("《", end) else None
    end = tags.end() if tags else end
    if last == "\n" or (last == " " and "\n" not in found):
        return ""
    if found[0] == " " and _between_words(text, start, end):
        return " "
    if "\n" in found and found[0] != "、" and _CUT.search(text, max(0, start - 8), start):
        return ""
    if (
        found[0] == "、"
        and last in "一二三四五六七八九十"
        and _ITEM_NUMBER.search(text, max(0, start - 5), start)
    ):
        return "、"
    if found[0] == "、" and last == "号" and _OPENER.match(text, end):
        return "\n"  # the head of a document; a number is not listed beside a party
    if last in _ENDS or last == "，":
        if "、" in found and last in "）》”’】〕":
            return "、" if "\n" not in found else "\n"
        if last == "）" and text[end : end + 1] in tuple("项款条的之、，。；"):
            return ""
        if last in "。；：！？":
            return "\n"
        if "\n" in found or (last != "，" and " " in found) or "、" in found:
            return "\n" if last != "，" or _OPENER.match(text, end) else ""
        return ""
    before = text[max(0, start - 2) : start]
    if before.endswith(_TITLE_ENDS) and "\n" in found and start < _TITLES_UNTIL:
        return "\n"
    if _OPENER.match(text, end) and not ("、" in found and "\n" not in found):
        return "\n"
    if before.endswith(_TITLE_ENDS) and start < _TITLES_UNTIL:
        return "\n"
    return "\n" if found == "、" else "、" if found[0] == "、" else ""
