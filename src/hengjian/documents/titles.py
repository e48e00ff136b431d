"""Where a long title breaks: whole words, even lines, no line that starts with a particle or a mark."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations, pairwise
from math import ceil
from typing import Any

from hengjian.documents.text import clean, display_width, one_line

_NEVER_START = frozenset("的地得了着和与及或、，。；：！？）》”’〕】—·")
_NEVER_END = frozenset("《（“‘〔【")
_GOOD_END = (
    "：",
    "的",
    "和",
    "与",
    "及",
    "、",
    "，",
    "》",
    "）",
    "”",
    "对",
    "在",
    "关于",
    "年度",
    "月份",
    "印发",
    "做好",
)
_GOOD_START = (
    "关于",
    "《",
    "进一步",
    "开展",
    "做好",
    "工作",
    "情况",
    "实施",
    "管理",
    "信息",
    "通知",
    "通报",
    "20",
    "二〇",
)
_WHOLE = re.compile(
    r"[0-9〇一二三四五六七八九十]+年(?:上半年|下半年|度|第?[一二三四]季度|[0-9一二三四五六七八九十]+月份?)?"
    r"|第?[0-9A-Za-z.%〔〕〇一二三四五六七八九十]+[月日号期条季次届]?份?度?"
    r"|《[^》]{1,14}》|关于|情况|工作|通知|通报|信息|法院|人民|报送|规范|管理|实施"
)


def break_title(title: str, width: int = 18) -> tuple[str, ...]:
    """Break a title into lines of at most about ``width`` characters; line ends in it are kept as given.

    >>> break_title("清岚县人民法院关于二〇二四年六月份信息工作情况的通报")
    ('清岚县人民法院关于', '二〇二四年六月份信息工作情况的通报')
    >>> break_title("关于放假的通知")
    ('关于放假的通知',)
    """
    if "\n" in title.strip():
        return tuple(one_line(line) for line in clean(title).strip().split("\n") if line.strip())
    return _broken(one_line(title), width)


@lru_cache(maxsize=512)
def _broken(title: str, width: int) -> tuple[str, ...]:
    total = display_width(title)
    lines = ceil(total / width)
    if lines <= 1:
        return (title,)
    if lines > 4:
        return (title,)  # too long to be a title: the setter wraps it
    places = _places(title)
    for count in (lines, lines + 1):
        found = _best(title, places, count, width)
        if found:
            return found
    return (title,)


def _places(title: str) -> tuple[int, ...]:
    inside = {i for m in _WHOLE.finditer(title) for i in range(m.start() + 1, m.end())}
    at = 0
    for word in _words(title):
        inside.update(range(at + 1, at + len(word)))
        at += len(word)
    return tuple(
        i
        for i in range(2, len(title) - 1)
        if i not in inside and title[i] not in _NEVER_START and title[i - 1] not in _NEVER_END
    )


def _best(title: str, places: tuple[int, ...], count: int, width: int) -> tuple[str, ...]:
    best: tuple[float, tuple[str, ...]] = (float("inf"), ())
    for cuts in combinations(_near(title, places, count), count - 1):
        edges = (0, *cuts, len(title))
        lines = tuple(title[a:b] for a, b in pairwise(edges))
        if max(map(display_width, lines)) > width:
            continue
        best = min(best, (_cost(title, cuts, lines), lines))
    return best[1]


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    """The word list, built in memory: a cache file in a shared folder could be planted there."""
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def _words(title: str) -> list[str]:
    return [str(word) for word in _tokenizer().lcut(title, HMM=False)]


def _near(title: str, places: tuple[int, ...], count: int) -> tuple[int, ...]:
    """Only places near an even cut: keeps the search small for long titles."""
    step = len(title) / count
    reach = max(5.0, step / 2)
    return tuple(i for i in places if any(abs(i - step * n) <= reach for n in range(1, count)))


def _cost(title: str, cuts: tuple[int, ...], lines: tuple[str, ...]) -> float:
    widths = [display_width(line) for line in lines]
    cost = max(widths) - min(widths)
    for cut in cuts:
        ends, starts = title[:cut].endswith(_GOOD_END), title[cut:].startswith(_GOOD_START)
        cost += 0 if ends and starts else (2 if ends or starts else 7)
    return cost
