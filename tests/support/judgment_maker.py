"""Judgments nobody has seen: drawn from a seed in the ways courts write, each with the facts it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from hengjian.documents.text import chinese_date, chinese_number


def _words(text: str) -> list[str]:
    return text.split()


_SURNAMES = _words(
    "赵 钱 孙 李 周 吴 郑 王 于 向 和 应 由 何 高 元 万 原 罗 任 时 司马 欧阳 上官 诸葛 尉迟 单 区 仇"
)
_GIVEN = _words("大山 小河 建国 秀英 晓东 文 敏 志远 春生 雨桐 一鸣 二妮 国庆 平 丹 元元 利民 之行 及时")
_FOREIGN = "阿依古丽·买买提", "巴图·孟和", "才让卓玛"
_FIRMS = _words(
    "清岚县川禾商贸有限公司 江岚明远建筑安装工程有限公司 中国人民财产保险股份有限公司清岚支公司 清岚县东街五金店 "
    "澜州市松陵农村商业银行股份有限公司 清岚县人民医院 青禾（江岚）科技有限公司"
)
_CAUSES = _words(
    "买卖合同纠纷 民间借贷纠纷 机动车交通事故责任纠纷 建设工程施工合同纠纷 租赁合同纠纷 追偿权纠纷"
)
_CHARGES = _words("盗窃罪 诈骗罪 故意伤害罪 寻衅滋事罪 掩饰、隐瞒犯罪所得罪 危险驾驶罪")
_YEAR = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Made:
    text: str
    facts: dict[str, Any]


def civil(seed: int) -> Made:
    """First instance of a court: one to three on each side, each defendant pays one plaintiff or all."""
    dice = Random(seed)
    first, second = dice.randint(1, 3), dice.randint(1, 3)
    names = _names(dice, first + second + 5)
    plaintiffs, defendants, staff = names[:first], names[first : first + second], names[-5:]
    defendants = [
        dice.choice(_FIRMS) if dice.random() < 0.3 else name for name in defendants[:1]
    ] + defendants[1:]
    filed, decided = _days(dice)
    colon = dice.choice(("：", ""))
    paid = [{"payer": payer, "payee": dice.choice(plaintiffs), "yuan": _yuan(dice)} for payer in defendants]
    if dice.random() < 0.3:
        paid = [{"payer": "、".join(defendants), "payee": "、".join(plaintiffs), "yuan": _yuan(dice)}]
    fee = dice.choice((25, 50, 1050, 2300, 13800))
    cause = dice.choice(_CAUSES)
    number = _number(dice, decided, "民初")
    orders = [_payment(dice, one) for one in paid]
    head = [_person(dice, f"原告{colon}", name) for name in plaintiffs]
    head += [_person(dice, f"被告{colon}", name) for name in defendants]
    lines = [
        "江岚省清岚县人民法院",
        "民事判决书",
        number,
        *head,
        f"原告{'、'.join(plaintiffs)}与被告{'、'.join(defendants)}{cause}一案，本院于{chinese_date(filed)}立案后，"
        f"{dice.choice(('依法适用普通程序', '依法适用简易程序'))}，公开开庭进行了审理。本案现已审理终结。",
        f"{plaintiffs[0]}向本院提出诉讼请求：判令被告支付{_yuan(dice)}元。",
        "本院认为，原告的请求有事实和法律依据。依照《中华人民共和国民法典》第五百零九条规定，判决如下：",
        *_numbered(orders),
        f"案件受理费{fee}元，由{'、'.join(f'被告{name}' for name in defendants)}负担。",
        "如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，上诉于江岚省澜州市中级人民法院。",
    ]
    judges = _bench(dice, staff)
    facts = {
        "court": "江岚省清岚县人民法院",
        "doc_type": "判决书",
        "case_no": number,
        "cause": cause,
        "parties": sorted([*((n, "原告") for n in plaintiffs), *((n, "被告") for n in defendants)]),
        "payments": sorted((one["payer"], one["payee"], one["yuan"]) for one in paid),
        "fee_yuan": fee,
        "filed_on": filed.isoformat(),
        "outcome": "支持",
    }
    return _signed(dice, lines, facts, judges, staff[-1], decided)


def criminal(seed: int) -> Made:
    """First instance: one to three defendants, each with one or two counts."""
    dice = Random(seed)
    names = _names(dice, dice.randint(1, 3) + 5)
    accused, staff = names[:-5], names[-5:]
    filed, decided = _days(dice)
    number = _number(dice, decided, "刑初")
    punished = [(name, *_punishment(dice, name)) for name in accused]
    lines = [
        "江岚省清岚县人民法院",
        "刑事判决书",
        number,
        "公诉机关江岚省清岚县人民检察院。",
        *(_person(dice, f"被告人{dice.choice(('：', ''))}", name) for name in accused),
        f"清岚县人民检察院指控被告人{'、'.join(accused)}犯罪，于{chinese_date(filed)}向本院提起公诉。本院依法组成合议庭，"
        "公开开庭审理了本案。现已审理终结。",
        "本院认为，公诉机关指控的罪名成立。依照《中华人民共和国刑法》第五十二条之规定，判决如下：",
        *_numbered([text.rstrip("。；") for _, text, _ in punished]),
        "如不服本判决，可在接到判决书的第二日起十日内，通过本院或者直接向江岚省澜州市中级人民法院提出上诉。",
    ]
    facts = {
        "court": "江岚省清岚县人民法院",
        "doc_type": "判决书",
        "case_no": number,
        "parties": sorted([("江岚省清岚县人民检察院", "公诉机关"), *((name, "被告人") for name in accused)]),
        "sentences": sorted((name, *final) for name, _, final in punished),
        "payments": [],
    }
    return _signed(dice, lines, facts, _bench(dice, staff), staff[-1], decided)


def read_back(facts: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """The extractor's facts in the shape of ``Made.facts``."""
    shaped = dict(facts) | {
        "parties": sorted((one["name"], one["role"]) for one in facts["parties"]),
        "judges": [(one["name"], one["role"]) for one in facts["judges"]],
        "payments": sorted((one["payer"], one["payee"], one["yuan"]) for one in facts["payments"]),
        "sentences": sorted(
            (
                one["defendant"],
                one["final"]["months"] or 0,
                one["final"]["probation_months"] or 0,
                one["final"]["fine_yuan"] or 0,
            )
            for one in facts["sentences"]
            if one["final"]
        ),
    }
    return {field: shaped[field] for field in wanted}


def _signed(
    dice: Random,
    lines: list[str],
    facts: dict[str, Any],
    judges: list[tuple[str, str]],
    clerk: str,
    day: date,
) -> Made:
    gap = dice.choice(("　", " ", "　　", "：", ""))
    told = [f"{role}{gap}{name}" for name, role in judges]
    year = "".join(_YEAR[int(digit)] for digit in str(day.year))
    words = f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"
    dated = dice.choice((words, words.replace("〇", "○"), words.replace("〇", "零"), chinese_date(day)))
    text = "\n".join([*lines, *told, dated, f"书记员{gap}{clerk}"]) + "\n"
    return Made(text, facts | {"judges": judges, "clerk": clerk, "decided_on": day.isoformat()})


def _names(dice: Random, count: int) -> list[str]:
    found: list[str] = []
    while len(found) < count:
        name = dice.choice(_SURNAMES) + dice.choice(_GIVEN)
        name = dice.choice(_FOREIGN) if not found and dice.random() < 0.08 else name
        if not any(name in other or other in name for other in found):
            found.append(name)
    return found


def _person(dice: Random, role: str, name: str) -> str:
    if name in _FIRMS:
        return f"{role}{name}，住所地清岚县{dice.choice('东西南北')}街{dice.randint(1, 99)}号。"
    born = date(1950, 1, 1) + timedelta(days=dice.randint(0, 18000))
    ways = (
        f"住清岚县{dice.choice('东西南北')}街{dice.randint(1, 99)}号",
        f"户籍地清岚县{dice.choice('东西')}村",
    )
    return f"{role}{name}，{dice.choice('男女')}，{chinese_date(born)}出生，汉族，{dice.choice(ways)}。"


def _payment(dice: Random, one: dict[str, Any]) -> str:
    payer = "、".join(f"被告{name}" for name in one["payer"].split("、"))
    payee = "、".join(f"原告{name}" for name in one["payee"].split("、"))
    amount = one["yuan"]
    shown = dice.choice((f"{amount}元", f"人民币{amount}元", f"{amount:,}元"))
    if amount % 10000 == 0:
        shown = dice.choice((shown, f"{amount // 10000}万元"))
    together = "共同" if "、" in one["payer"] else ""
    when = dice.choice(("于本判决生效之日起十日内", "于本判决发生法律效力后三十日内", "在本判决生效后七日内"))
    verb = dice.choice(("支付", "给付", "偿还", "赔偿"))
    what = dice.choice(("款项", "各项损失共计", ""))
    return f"{payer}{when}{together}{verb}{payee}{what}{shown}"


def _punishment(dice: Random, name: str) -> tuple[str, tuple[int, int, int]]:
    charges = dice.sample(_CHARGES, dice.randint(1, 2))
    months, fines = [dice.randint(6, 30) for _ in charges], [dice.randint(1, 9) * 1000 for _ in charges]
    counts = [
        f"犯{charge}，判处有期徒刑{_term(term)}，并处罚金人民币{chinese_number(fine // 1000)}千元"
        for charge, term, fine in zip(charges, months, fines, strict=True)
    ]
    probation = 36 if len(charges) == 1 and months[0] <= 24 and dice.random() < 0.4 else 0
    if probation:
        counts = [counts[0].replace("，并处", "，缓刑三年，并处")]
    if len(charges) == 1:
        return f"被告人{name}{counts[0]}", (months[0], probation, fines[0])
    total, fine = sum(months) - 2, sum(fines)
    shown = dice.choice((f"{fine}元", f"{fine:,}元"))
    joined = f"决定执行有期徒刑{_term(total)}，并处罚金人民币{shown}"
    return f"被告人{name}{'；'.join(counts)}；{joined}", (total, 0, fine)


def _term(months: int) -> str:
    years, rest = divmod(months, 12)
    return (f"{chinese_number(years)}年" if years else "") + (f"{chinese_number(rest)}个月" if rest else "")


def _bench(dice: Random, staff: list[str]) -> list[tuple[str, str]]:
    if dice.random() < 0.4:
        return [(staff[0], "审判员")]
    other = dice.choice(("审判员", "人民陪审员"))
    return [(staff[0], "审判长"), (staff[1], "审判员"), (staff[2], other)]


def _numbered(orders: list[str]) -> list[str]:
    if len(orders) == 1:
        return [f"{orders[0]}。"]
    marks = [f"{chinese_number(n)}、" for n in range(1, len(orders) + 1)]
    return [
        f"{mark}{order}{'。' if order is orders[-1] else '；'}"
        for mark, order in zip(marks, orders, strict=True)
    ]


def _number(dice: Random, day: date, kind: str) -> str:
    return f"（{day.year}）江0101{kind}{dice.randint(1, 9999)}号"


def _days(dice: Random) -> tuple[date, date]:
    filed = date(2017, 1, 1) + timedelta(days=dice.randint(0, 2500))
    return filed, filed + timedelta(days=dice.randint(20, 170))


def _yuan(dice: Random) -> int:
    return dice.choice((dice.randint(100, 99_999), dice.randint(1, 60) * 10_000, dice.randint(1, 900) * 100))
