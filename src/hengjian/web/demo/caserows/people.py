"""Parties nobody is: names drawn from lists, numbers of a division that was never assigned, telephones that don't ring."""

from __future__ import annotations

import numpy as np

from hengjian.web.demo.caserows.draws import among, chance, only, pick, words
from hengjian.web.demo.caserows.plan import Array, Columns

SURNAMES = [
    "澹台",
    "东方",
    "闻人",
    "端木",
    "即墨",
    "第五",
    "公冶",
    "令狐",
    "宇文",
    "纳兰",
    "皇甫",
    "尉迟",
    "万俟",
    "司空",
    "仲孙",
    "谷梁",
    "拓跋",
    "百里",
    "呼延",
    "羊舌",
]
MORE = list("祁阮裴褚檀佘蔺邝岑亓鄢麦冼蒯晏柏尧桑隗芮井钮暨宿聂晁敖冷訾")
GIVEN_ONE = list("若知清云予沐书景禾星砚澄予柏川朗遥南与安时望秋野舟棠白竹青")
GIVEN_TWO = list("岚溪言宁舟之行远安舒然澈衡微辞珩年意也生初归")
WORDS = ["澜清", "岚海", "霁光", "沧源", "望溪", "鹿鸣", "星渚", "碧桐", "云杉", "松陵", "枕河", "听松"]
TRADES = [
    "商贸",
    "建材",
    "物流",
    "农业科技",
    "物业服务",
    "机械",
    "纺织",
    "餐饮管理",
    "建筑工程",
    "信息技术",
    "置业",
    "医药",
]
PLACES = [
    "清岚县城东街道",
    "澜东区河沿路",
    "云杉县杉坪镇",
    "松陵县古渡镇",
    "霁东区文昌街",
    "望溪县溪口镇",
    "鹿鸣县北山乡",
    "沧北区临港路",
    "碧桐县桐花镇",
    "听松县松下街",
    "星渚市渚前路",
]
BANKS = [
    "江岚银行股份有限公司",
    "澜州农村商业银行股份有限公司",
    "霁州农村商业银行股份有限公司",
    "沧泽村镇银行股份有限公司",
]
DIVISION = 379900
"""Two digits of a real province, as the checks ask; no such city exists."""
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def names(rng: np.random.Generator, rows: int) -> Array:
    surnames = pick(rng, dict.fromkeys(SURNAMES, 1) | dict.fromkeys(MORE, 3), rows)
    first, second = words(GIVEN_ONE), words(GIVEN_TWO)
    two = second[rng.integers(0, len(second), rows)]
    return (
        surnames + first[rng.integers(0, len(first), rows)] + np.where(chance(rng, 0.8, rows), two, "")
    )  # objects: joined one by one


def companies(rng: np.random.Generator, rows: int) -> Array:
    head, trade = words(WORDS), words(TRADES)
    middle = words([*"恒丰盛瑞泰和昌裕隆达兴元"])
    text = head[rng.integers(0, len(head), rows)] + middle[rng.integers(0, len(middle), rows)]
    return text + trade[rng.integers(0, len(trade), rows)] + words(["有限公司"])[np.zeros(rows, int)]


def resident_ids(rng: np.random.Generator, born: Array, male: Array) -> Array:
    days = born.astype("datetime64[D]")
    years = days.astype("datetime64[Y]").astype(int) + 1970
    months = days.astype("datetime64[M]").astype(int) % 12 + 1
    day = (days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(int) + 1
    order = rng.integers(0, 50, len(born)) * 20 + rng.integers(0, 5, len(born)) * 2 + male.astype(int)
    number = (DIVISION + rng.integers(1, 99, len(born))) * 10**11
    number = number + (years * 10**4 + months * 100 + day) * 1000 + order
    digits = np.stack([number // 10**place % 10 for place in range(16, -1, -1)], axis=1)
    sums = digits @ np.array([2 ** (17 - place) % 11 for place in range(17)])
    check = words(list("10X98765432"))[sums % 11]
    whole: Array = words([str(n) for n in number]) + check
    return whole


def credit_codes(rng: np.random.Generator, rows: int) -> Array:
    values = np.concatenate(
        [
            np.tile([9, 1, 3, 7, 9, 9, 0, 0], (rows, 1)),
            rng.integers(0, 10, (rows, 8)),
            rng.integers(0, 31, (rows, 1)),
        ],
        axis=1,
    )
    sums = values @ np.array([pow(3, place, 31) for place in range(17)])
    whole = np.concatenate([values, ((31 - sums % 31) % 31)[:, None]], axis=1)
    letters = np.array(list(ALPHABET))[whole]
    return words(["".join(row) for row in letters])


def telephones(rng: np.random.Generator, rows: int) -> Array:
    """An area code nobody has."""
    return words([f"0700-{n}" for n in rng.integers(2_000_000, 9_000_000, rows)])


def addresses(rng: np.random.Generator, rows: int) -> Array:
    places = words(PLACES)[rng.integers(0, len(PLACES), rows)]
    return places + words([f"{n}号" for n in rng.integers(1, 300, rows)])


def party(rng: np.random.Generator, side: str, kinds: Array, accepted: Array) -> Columns:
    """Columns of one side: natural persons with number, birth and sex, legal persons with their code."""
    rows = len(kinds)
    natural, legal = kinds == "自然人", kinds == "法人"
    age = among(rng, 19 * 365, 74 * 365, rows)
    born = accepted - age
    male = chance(rng, 0.58, rows)
    bodies = companies(rng, rows)
    return {
        side: np.where(natural, names(rng, rows), bodies),
        f"{side}_kind": kinds,
        f"{side}_id": only(natural, resident_ids(rng, born, male)),
        f"{side}_uscc": only(legal, credit_codes(rng, rows)),
        f"{side}_born_on": only(natural, born),
        f"{side}_sex": only(natural, words(["女", "男"])[male.astype(int)]),
        f"{side}_phone": telephones(rng, rows),
        f"{side}_address": addresses(rng, rows),
    }
