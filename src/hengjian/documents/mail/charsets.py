"""Bytes to text when the declared charset may be wrong, missing or unknown."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

# programs that say the left mean the right: each right one contains the left one
_WIDER = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "csgb2312": "gb18030", "euc-cn": "gb18030", "gbk": "gb18030",
    "cp936": "gb18030", "ms936": "gb18030", "x-gbk": "gb18030", "us-ascii": "utf-8", "ascii": "utf-8",
    "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "big5": "big5hkscs", "x-x-big5": "big5hkscs",
}  # fmt: skip
_NO_TEXT = {"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "undefined"}
# what nearly every Chinese text is full of; a wrong reading yields rare characters instead
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
    "面而方后多定行学法所民经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去"
    "把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或"
    "但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次"
    "品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必"
    "战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收"
    "证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马"
    "节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断"
    "深难近矿千周委素技备半办青省列习响约支般"
)


def decode(data: bytes, declared: str = "") -> tuple[str, bool]:
    """Text, and whether it had to be guessed or mended.

    >>> decode("五月".encode("gb18030"), "gb2312")
    ('五月', False)
    >>> decode("简报".encode(), "gb2312")
    ('简报', True)
    """
    named = _known(declared)
    if data[:3] == codecs.BOM_UTF8:
        return data[3:].decode("utf-8", "replace"), named not in ("", "utf-8")
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return data.decode("utf-16", "replace"), named not in ("", "utf-16")
    if named and named not in ("utf-8", "gb18030", "big5hkscs"):
        try:
            return data.decode(named), False
        except (UnicodeDecodeError, LookupError, ValueError):
            pass
    found = [(text, codec) for text, codec in _readings(data)]
    if not found:
        return data.decode(named or "gb18030", "replace"), True
    text, codec = _best(found, named)
    return text, codec != named and not data.isascii()


def _known(declared: str) -> str:
    name = declared.strip().strip("\"'").lower()[:40]
    name = _WIDER.get(name, name)
    try:
        codecs.lookup(name) if name else None
    except (LookupError, ValueError):
        return ""
    return "" if name in _NO_TEXT else name


def _readings(data: bytes) -> Iterator[tuple[str, str]]:
    for codec in ("utf-8", "gb18030", "big5hkscs"):
        try:
            yield data.decode(codec), codec
        except UnicodeDecodeError:
            continue


def _best(found: list[tuple[str, str]], named: str) -> tuple[str, str]:
    """UTF-8 with longer sequences hardly ever fits by chance; a few Chinese words do look like short ones.
    Between the others the common characters decide, then the declaration."""
    codec = found[0][1]
    if codec == "utf-8" and (
        named == "utf-8" or len(found) == 1 or any(char >= "\u0800" for char in found[0][0])
    ):
        return found[0]
    found = found[1:] if codec == "utf-8" and not found[0][0].isascii() else found
    return max(found, key=lambda one: (_plain(one[0]), one[1] == named))


def _plain(text: str) -> float:
    foreign = [char for char in text[:2000] if ord(char) > 127]
    return round(sum(char in _COMMON for char in foreign) / max(len(foreign), 1), 2)
