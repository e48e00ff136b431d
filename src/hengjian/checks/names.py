"""Names of parties after a role word: advice only, because a surname may begin an ordinary word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路"
    "詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉"
    "饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇"
)
_DOUBLE = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|百里|呼延|南宫"
_GIVEN = r"[一-鿿]"
_NOT_NAMES = re.compile(
    "应当|方面|方式|方法|成功|成立|成员|全部|全体|单位|解除|解决|简单|安全|安排|任何|时间|于是|连同|关于|和解"
    "|申请|强制|经济|席位|相关|管理"
)
_ENDS = r"(?=$|[\s,，。、；;：:（()）\"“”]|诉|与|和|因|向|在|的|等|系|将|于|到|被|以|对|提|主|申|拒|称|表|未|不|已|自|名|经)"


@lru_cache
def _pattern(roles: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, roles), key=len, reverse=True))
    surname = f"(?:{_DOUBLE}|[{_SURNAMES}])"
    return re.compile(rf"(?:{words})[:： ]?(?P<name>{surname}{_GIVEN}{{1,2}}?{_ENDS})")


def find_names(text: str, roles: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Spans of names that follow one of ``roles``; a name already hidden (某, ×, *) is not one.

    >>> text = "原告赵一鸣诉被告李某、证人王二称"
    >>> [text[start:end] for start, end in find_names(text, ("原告", "被告", "证人"))]
    ['赵一鸣', '王二']
    """
    if not roles:
        return
    for match in _pattern(tuple(roles)).finditer(text):
        name = match["name"]
        if "某" not in name and not _NOT_NAMES.match(name):
            yield match.span("name")
