"""What kinds of first-instance cases there are, how long each procedure takes, how cases end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Way:
    """A procedure: from ``low`` to ``cap`` days, a time limit of ``months`` (or ``days``), how far it may be extended."""

    low: int
    cap: int
    months: int = 0
    days: int = 0
    extend: tuple[int, int] = (0, 0)
    panel: int = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """``weight``: per level of court, cases for each hundred of first instance."""

    type: str
    letters: str
    case_kind: str
    group: str
    instance: str
    weight: Mapping[str, float]
    ways: Mapping[str, Way]
    way_weights: Mapping[str, Mapping[str, float]]
    causes: Mapping[str, float]
    manners: Mapping[str, float]
    appeal: Mapping[str, float] = field(default_factory=dict)
    appeal_days: tuple[int, int] = (4, 15)


ORDINARY = Way(34, 174, months=6, extend=(30, 150), panel=3)
SIMPLE = Way(9, 84, months=3, extend=(10, 30))
CIVIL_CAUSES = {
    "民间借贷纠纷": 15, "买卖合同纠纷": 14, "离婚纠纷": 11, "机动车交通事故责任纠纷": 8, "金融借款合同纠纷": 12,
    "物业服务合同纠纷": 11, "劳动争议": 5, "房屋租赁合同纠纷": 4, "信用卡纠纷": 6, "建设工程施工合同纠纷": 4,
    "追索劳动报酬纠纷": 3, "继承纠纷": 2, "房屋买卖合同纠纷": 3, "赡养纠纷": 1, "股权转让纠纷": 1,
}  # fmt: skip
CRIMES = {
    "危险驾驶罪": 26, "盗窃罪": 20, "诈骗罪": 10, "故意伤害罪": 9, "帮助信息网络犯罪活动罪": 9, "交通肇事罪": 7,
    "寻衅滋事罪": 6, "开设赌场罪": 5, "掩饰、隐瞒犯罪所得、犯罪所得收益罪": 5, "非法持有毒品罪": 1,
    "拒不执行判决、裁定罪": 1, "非法吸收公众存款罪": 1,
}  # fmt: skip
FIRST = (
    Kind(
        "民初", "MC", "民事", "civil", "一审",
        weight={"basic": 66, "intermediate": 20, "high": 0.5},
        ways={"普通程序": ORDINARY, "简易程序": SIMPLE, "小额诉讼程序": Way(6, 54, months=2)},
        way_weights={
            "basic": {"简易程序": 54, "小额诉讼程序": 20, "普通程序": 26},
            "intermediate": {"普通程序": 1},
            "high": {"普通程序": 1},
        },
        causes=CIVIL_CAUSES,
        manners={"判决": 44, "调解": 24, "准予撤诉": 23, "按撤诉处理": 4, "驳回起诉": 4, "裁定移送其他法院管辖": 1},
        appeal={"basic": 0.13, "intermediate": 0.3, "high": 0},
    ),
    Kind(
        "刑初", "XC", "刑事", "criminal", "一审",
        weight={"basic": 7, "intermediate": 4, "high": 0},
        ways={
            "普通程序": Way(22, 82, months=3, panel=3), "简易程序": Way(8, 42, days=45),
            "速裁程序": Way(4, 12, days=15),
        },
        way_weights={
            "basic": {"速裁程序": 34, "简易程序": 36, "普通程序": 30},
            "intermediate": {"普通程序": 1},
            "high": {"普通程序": 1},
        },
        causes=CRIMES, manners={"判决": 97, "准予撤诉": 3},
        appeal={"basic": 0.1, "intermediate": 0.35}, appeal_days=(2, 10),
    ),
    Kind(
        "行初", "HC", "行政", "admin", "一审",
        weight={"basic": 1.6, "intermediate": 9, "high": 0},
        ways={"普通程序": Way(34, 174, months=6, panel=3), "简易程序": Way(9, 42, days=45)},
        way_weights={"basic": {"普通程序": 7, "简易程序": 3}, "intermediate": {"普通程序": 1}, "high": {"普通程序": 1}},
        causes={"行政处罚": 30, "行政强制": 10, "行政许可": 8, "行政登记": 14, "行政征收": 12, "行政复议": 12, "行政确认": 14},
        manners={"判决": 52, "准予撤诉": 26, "驳回起诉": 22},
        appeal={"basic": 0.42, "intermediate": 0.45},
    ),
    Kind(
        "民特", "MT", "民事", "civil", "其他",
        weight={"basic": 3, "intermediate": 1, "high": 0},
        ways={"特别程序": Way(3, 26, days=30)},
        way_weights={"basic": {"特别程序": 1}, "intermediate": {"特别程序": 1}, "high": {"特别程序": 1}},
        causes={"申请确认人民调解协议效力": 1}, manners={"确认协议有效": 92, "准予撤回申请": 8},
    ),
)  # fmt: skip
"""Shares are invented, of the size such courts have."""

MONEY = frozenset(
    {
        "民间借贷纠纷",
        "金融借款合同纠纷",
        "买卖合同纠纷",
        "信用卡纠纷",
        "物业服务合同纠纷",
        "建设工程施工合同纠纷",
    }
)
BY_COMPANY = frozenset({"物业服务合同纠纷", "建设工程施工合同纠纷", "买卖合同纠纷"})
BY_BANK = frozenset({"金融借款合同纠纷", "信用卡纠纷"})
DOCUMENTS = {
    "判决": "判决书", "调解": "调解书", "维持": "判决书", "改判": "判决书", "确认协议有效": "裁定书", "执行完毕": "通知书",
}  # fmt: skip
"""Closing manner → document; all others end by a ruling."""
