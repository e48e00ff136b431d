"""Which typefaces official documents want, and what may stand in for each, best first.

Names are those a font gives itself: Windows, macOS, 麒麟/统信 (方正, CESI), Debian, TeX (Fandol).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FontRole(StrEnum):
    FANGSONG = "仿宋"
    HEI = "黑体"
    KAI = "楷体"
    BIAOSONG = "小标宋"
    SONG = "宋体"


@dataclass(frozen=True, slots=True)
class Wish:
    """A family that may fill a role, in which weight, and whether it is that typeface or a stand-in."""

    family: str
    weight: int = 400
    true: bool = True


def _wishes(true: str, stand_in: str) -> tuple[Wish, ...]:
    """Read ``family`` or ``family@weight``, separated by semicolons."""
    found = []
    for group, is_true in ((true, True), (stand_in, False)):
        for entry in filter(None, (part.strip() for part in group.split(";"))):
            family, _, weight = entry.partition("@")
            found.append(Wish(family, int(weight or 400), is_true))
    return tuple(found)


# the name written into docx: what offices have installed
WORD_NAMES = {
    FontRole.FANGSONG: "仿宋_GB2312",
    FontRole.HEI: "黑体",
    FontRole.KAI: "楷体_GB2312",
    FontRole.BIAOSONG: "方正小标宋简体",
    FontRole.SONG: "宋体",
}

WISHES: dict[FontRole, tuple[Wish, ...]] = {
    FontRole.FANGSONG: _wishes(
        "FangSong_GB2312; 仿宋_GB2312; FangSong; 仿宋; FZFangSong-Z02; FZFangSong-Z02S; CESI_FS_GB13000;"
        "CESI_FS_GB2312; STFangsong; 华文仿宋; FandolFang R; FandolFang",
        "LXGW WenKai@300; LXGW WenKai GB@300; LXGW WenKai Lite@300; KaiTi; STKaiti; Kaiti SC;"
        "AR PL UKai CN; Noto Serif CJK SC; Noto Serif SC; Source Han Serif SC; Source Han Serif CN;"
        "SimSun; STSong",
    ),
    FontRole.HEI: _wishes(
        "SimHei; 黑体; FZHei-B01; FZHei-B01S; CESI_HT_GB13000; CESI_HT_GB2312; STHeiti; Heiti SC; FandolHei",
        "Noto Sans CJK SC@500; Noto Sans SC@500; Source Han Sans SC@500; Source Han Sans CN@500;"
        "Microsoft YaHei; PingFang SC; WenQuanYi Zen Hei; WenQuanYi Micro Hei; Noto Serif SC@700",
    ),
    FontRole.KAI: _wishes(
        "KaiTi_GB2312; 楷体_GB2312; KaiTi; 楷体; FZKai-Z03; FZKai-Z03S; CESI_KT_GB13000; CESI_KT_GB2312;"
        "STKaiti; Kaiti SC; FandolKai; AR PL UKai CN; LXGW WenKai; LXGW WenKai GB; LXGW WenKai Lite",
        "Noto Serif CJK SC; Noto Serif SC; Source Han Serif SC; SimSun; STSong",
    ),
    FontRole.BIAOSONG: _wishes(
        "FZXiaoBiaoSong-B05S; FZXiaoBiaoSong-B05; 方正小标宋简体; 方正小标宋_GBK;"
        "CESI_XBS_GB13000; CESI_XBS_GB2312",
        "STZhongsong; 华文中宋; Noto Serif CJK SC@600; Noto Serif SC@600; Source Han Serif SC@600;"
        "Source Han Serif CN@600; FandolSong@700; Songti SC@700; SimSun@700; SimSun",
    ),
    FontRole.SONG: _wishes(
        "SimSun; 宋体; FZShuSong-Z01; FZShuSong-Z01S; CESI_SS_GB13000; CESI_SS_GB2312;"
        "STSong; Songti SC; FandolSong",
        "Noto Serif CJK SC; Noto Serif SC; Source Han Serif SC; Source Han Serif CN; AR PL UMing CN",
    ),
}

# Western letters and figures beside 仿宋 and 楷体; the last is built into the PDF compiler
LATIN = _wishes("Times New Roman; Liberation Serif; Tinos; TeX Gyre Termes; Nimbus Roman", "Libertinus Serif")

# where characters come from that a role's own face lacks
RARE: dict[FontRole, tuple[Wish, ...]] = {
    FontRole.FANGSONG: _wishes("LXGW WenKai@300; LXGW WenKai GB@300", ""),
    FontRole.KAI: _wishes("LXGW WenKai; LXGW WenKai GB", ""),
    FontRole.HEI: _wishes("Noto Sans CJK SC@500; Source Han Sans SC@500; Microsoft YaHei", ""),
    FontRole.BIAOSONG: _wishes("Noto Serif CJK SC@600; Source Han Serif SC@600", ""),
    FontRole.SONG: (),
}
RARE_ANY = _wishes(
    "Noto Serif CJK SC; Source Han Serif SC; Noto Serif SC; LXGW WenKai; Noto Sans CJK SC; Noto Sans SC;"
    "SimSun; SimSun-ExtB; NSimSun; Microsoft YaHei; STSong; PingFang SC; HanaMinA; HanaMinB; DejaVu Sans;"
    "Noto Sans Symbols2; Segoe UI Symbol; Libertinus Serif",
    "",
)

# names people know, for the report
CALLED = {
    "LXGW WenKai": "霞鹜文楷",
    "LXGW WenKai GB": "霞鹜文楷 GB",
    "Noto Serif CJK SC": "思源宋体（Noto Serif CJK SC）",
    "Noto Serif SC": "思源宋体（Noto Serif SC）",
    "Noto Sans CJK SC": "思源黑体（Noto Sans CJK SC）",
    "Noto Sans SC": "思源黑体（Noto Sans SC）",
    "FandolFang R": "Fandol 仿宋",
    "FandolFang": "Fandol 仿宋",
    "FandolKai": "Fandol 楷体",
    "FandolHei": "Fandol 黑体",
    "FandolSong": "Fandol 宋体",
    "FangSong": "仿宋",
    "FangSong_GB2312": "仿宋_GB2312",
    "KaiTi": "楷体",
    "KaiTi_GB2312": "楷体_GB2312",
    "SimHei": "黑体",
    "SimSun": "宋体",
    "FZXiaoBiaoSong-B05S": "方正小标宋简体",
    "STZhongsong": "华文中宋",
    "STFangsong": "华文仿宋",
    "STKaiti": "华文楷体",
}


def called(family: str) -> str:
    """The name a person knows a family by.

    >>> called("LXGW WenKai")
    '霞鹜文楷'
    """
    return CALLED.get(family, family)
