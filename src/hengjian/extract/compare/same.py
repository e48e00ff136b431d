"""When two ways of writing mean the same court, cause, person or procedure."""

from __future__ import annotations

import re
from functools import cache

from hengjian.extract.compare.values import plain
from hengjian.extract.find.cause import standard_cause
from hengjian.extract.reference import causes, rows

_MASK = "某×XxＸ*＊"
_PROCEDURES = {
    "一审": ("一审", "第一审", "初审", "简易", "普通程序", "小额", "速裁", "一审程序"),
    "二审": ("二审", "第二审", "终审", "上诉"),
    "再审": ("再审", "审判监督", "申请再审", "申诉", "抗诉再审"),
    "执行实施": ("执行", "首次执行", "恢复执行"),
}
_LETTERS = re.compile(r"省|市|自治区|地区|壮族|回族|维吾尔")


def same_text(one: str, other: str) -> bool:
    return plain(one) == plain(other)


def same_court(one: str, other: str) -> bool:
    """The same court with or without its province, or in the short form.

    >>> same_court("清岚县人民法院", "江岚省清岚县人民法院"), same_court("澜州中院", "江岚省澜州市中级人民法院")
    (True, True)
    >>> same_court("清岚区人民法院", "江岚省清岚县人民法院")
    False
    """
    left, right = _court(one), _court(other)
    if left == right or (left and right and (left.endswith(right) or right.endswith(left))):
        return True
    short = any("人民法院" not in plain(name) for name in (one, other))
    if not short:
        return False
    left, right = _LETTERS.sub("", left), _LETTERS.sub("", right)
    return left.endswith(right) or right.endswith(left)


def _court(name: str) -> str:
    value = plain(name).removeprefix("中华人民共和国")
    value = re.sub(r"高院$", "高级人民法院", value)
    value = re.sub(r"中院$", "中级人民法院", value)
    return re.sub(r"(?<!人民)(?<!互联网)(?<!铁路运输)(?<!海事)(?<!金融)(?<!知识产权)法院$", "人民法院", value)


def same_cause(recorded: str, found: str, kind: str, decided: str) -> bool | None:
    """None when the record speaks in words of the list that a judgment does not print.

    >>> same_cause("健康权纠纷", "生命权、健康权、身体权纠纷", "民事", "2017-01-01")
    True
    >>> same_cause("抢劫、盗窃", "盗窃罪、抢劫罪", "刑事", "")
    True
    """
    if kind == "刑事":
        return _charges(recorded) == _charges(found) or _some_charge(recorded, found)
    one, other = (standard_cause(plain(value), decided) for value in (recorded, found))
    if one == other or _related(one, other):
        return True
    if kind == "行政" or ":" in recorded or "：" in recorded or other not in causes():
        return None
    return False


def _charges(value: str) -> set[str]:
    whole = plain(value)
    known = _charge_names()
    if whole.removesuffix("罪") in known:
        return {whole.removesuffix("罪")}
    parts, waiting = set(), ""
    for part in whole.split("、"):
        waiting = f"{waiting}、{part}" if waiting else part
        name = waiting.removesuffix("罪")
        if name in known:
            parts.add(name)
            waiting = ""
    return parts | ({waiting.removesuffix("罪")} if waiting else set())


@cache
def _charge_names() -> frozenset[str]:
    return frozenset(row["name"].removesuffix("罪") for row in rows("causes") if row["kind"] == "刑事")


def _some_charge(recorded: str, found: str) -> bool:
    """Records often hold the first charge only."""
    return bool(_charges(recorded)) and _charges(recorded) < _charges(found)


@cache
def _parents() -> dict[str, str]:
    return {row["name"]: row["parent"] for row in rows("causes") if row["parent"]}


def _related(one: str, other: str) -> bool:
    """A cause and a wider one above it."""
    return other in _above(one) or one in _above(other)


def _above(name: str) -> list[str]:
    found: list[str] = []
    while name in _parents() and len(found) < 6:
        name = _parents()[name]
        found.append(name)
    return found


def same_procedure(recorded: str, found: str) -> bool:
    """简易程序 and 第一审 are 一审; 审判监督 is 再审."""
    value = plain(recorded)
    if value == "其他" or value == found:
        return True
    words = _PROCEDURES.get(found, (found,))
    return any(word in value for word in words) and not any(
        value.startswith(name) for name in _PROCEDURES if name != found
    )


def same_person(one: str, other: str) -> bool:
    """The same name; masked characters agree with any.

    >>> same_person("王某甲", "王某甲"), same_person("王某", "王建国"), same_person("王建国", "王建军")
    (True, True, False)
    """
    left, right = bare_name(one), bare_name(other)
    if left == right:
        return True
    if not (any(c in _MASK for c in left) ^ any(c in _MASK for c in right)):
        return False
    masked, full = (left, right) if any(c in _MASK for c in left) else (right, left)
    return (
        len(full) <= 4
        and masked[:1] == full[:1]
        and masked.rstrip("甲乙丙丁0123456789")[1:].strip(_MASK) == ""
    )


def bare_name(name: str) -> str:
    """Without （兼）, （曾用名…） and spaces; a bracket inside a firm's name stays."""
    value = plain(name)
    return re.sub(r"（(?:兼|代|曾用名|又名|以下|绰号|别名|化名)[^（）]*）$", "", value).removeprefix("自报")


def near(one: str, other: str) -> bool:
    """Names that differ in a single character: probably a slip of the pen."""
    left, right = bare_name(one), bare_name(other)
    if abs(len(left) - len(right)) > 1 or left == right or min(len(left), len(right)) < 2:
        return False
    if len(left) == len(right):
        return sum(a != b for a, b in zip(left, right, strict=True)) == 1
    short, long = sorted((left, right), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
