"""How courts are called: short names, and names of a court with those below it."""

from __future__ import annotations

import re

_HOUSE = re.compile(r"(?P<place>.+?)(?P<suffix>省|自治区|市|地区|州|盟)?(?P<level>高级|中级)人民法院")
_BASIC = re.compile(r"(?P<place>.+?)(?P<suffix>县|市|区|旗)人民法院")


def own_names(name: str, short: str = "") -> tuple[str, ...]:
    """What means the court itself.

    >>> own_names("澜州市中级人民法院", "澜州中院")
    ('澜州市中级人民法院', '澜州中院', '澜州市中院', '澜州中级法院')
    >>> own_names("清岚县人民法院")
    ('清岚县人民法院', '清岚县法院', '清岚法院')
    """
    names = [name, short]
    if house := _HOUSE.fullmatch(name):
        place, suffix = house["place"], house["suffix"] or ""
        ending = "高院" if house["level"] == "高级" else "中院"
        names += [f"{place}{suffix}{ending}", f"{place}{ending}", f"{place}{house['level']}法院"]
    elif basic := _BASIC.fullmatch(name):
        names += [f"{basic['place']}{basic['suffix']}法院", f"{basic['place']}法院"]
    return tuple(dict.fromkeys(filter(None, names)))


def whole_names(name: str, *, top: bool = False) -> tuple[str, ...]:
    """What means the court with all below it; 全省 (全市 …) only for the topmost one.

    >>> whole_names("江岚省高级人民法院", top=True)[-3:], whole_names("澜州市中级人民法院")[2]
    (('全省各级法院', '全省法院', '全省'), '澜州市法院')
    """
    house = _HOUSE.fullmatch(name)
    if not house:
        return ()
    places = dict.fromkeys([house["place"] + (house["suffix"] or ""), house["place"]])
    names = [f"{place}{middle}法院" for place in places for middle in ("各级", "两级", "")]
    if top and house["suffix"]:
        names += [f"全{house['suffix'][-1]}{rest}" for rest in ("各级法院", "法院", "")]
    return tuple(names)
