"""Plant errors into records and count those found; keep the records right and count false alarms.

    python benchmarks/extract/plant.py [--documents DIR] [--show]

The right records are written the way people write them: courts without province, brackets of the other
kind, dates with dots, amounts in 万元, names in another order. An error changes one cell: a date, a
number, an amount, a name, a term.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from run import SHARED, documents

from hengjian.extract import extract, presiding
from hengjian.extract.compare import compare
from hengjian.extract.compare.people import parties_of

Facts = dict[str, Any]
Record = dict[str, str]
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫"


def record_of(facts: Facts, dice: random.Random) -> Iterator[Record]:
    """Rows that say the same as the facts in other ways; one for the case, one for each defendant."""
    row = {"id": facts["id"]}
    row |= {name: facts[name] or "" for name in ("doc_type", "case_kind", "procedure", "clerk", "outcome")}
    row["court"] = (
        re.sub(r"^\S{2,6}?(?:省|自治区)(?=\S{3})", "", facts["court"] or "")
        if dice.random() < 0.5
        else facts["court"] or ""
    )
    row["case_no"] = dice.choice((str, lambda text: text.translate(str.maketrans("（）", "()"))))(
        facts["case_no"] or ""
    )
    for name in ("decided_on", "filed_on"):
        row[name] = _day(facts[name] or "", dice)
    row["presiding"] = presiding(facts["judges"]) or ""
    for side, name in (("first", "原告"), ("second", "被告"), ("third", "第三人")):
        names = [one for one, _ in parties_of(facts, side)]
        dice.shuffle(names)
        row[name] = "、".join(names)
    row["cause"] = (facts["cause"] or "").removesuffix("罪")
    row["fee_yuan"] = "" if facts["fee_yuan"] is None else _yuan(facts["fee_yuan"], dice)
    row["payments"] = "；".join(_yuan(one["yuan"], dice) for one in facts["payments"])
    yield row
    for one in facts["sentences"]:
        final = one["final"]
        if final:
            yield {
                "id": facts["id"],
                "被告人": one["defendant"],
                "刑期": _months(final["months"], dice) if final["months"] else "",
                "缓刑": str(final["probation_months"] or ""),
                "罚金": _yuan(final["fine_yuan"], dice) if final["fine_yuan"] else "",
            }


def _day(iso: str, dice: random.Random) -> str:
    if not iso:
        return ""
    year, month, day = (int(part) for part in iso.split("-"))
    return dice.choice(
        (iso, f"{year}/{month}/{day}", f"{year}年{month}月{day}日", f"{year}.{month:02}.{day:02}")
    )


def _yuan(value: float, dice: random.Random) -> str:
    ways = [f"{value}", f"{value:.2f}", f"{value:,.2f}元", f"{value}元"]
    if value >= 1000 and round(value * 100) % 10000 == 0:
        ways.append(f"{value / 10000:g}万元")
    return dice.choice(ways)


def _months(value: float, dice: random.Random) -> str:
    years, months = divmod(value, 12)
    if value != int(value):
        return str(value)
    words = (f"{int(years)}年" if years else "") + (f"{int(months)}个月" if months else "")
    return dice.choice((str(value), words))


def spoil_date(cell: str, dice: random.Random) -> str:
    digits = list(re.finditer(r"\d+", cell))
    chosen = dice.choice(digits)
    value = int(chosen[0])
    other = value + dice.choice((-1, 1)) if value > 1 else value + 1
    if len(chosen[0]) <= 2 and not 1 <= other <= (12 if chosen is digits[1] else 28):
        other = value - 1
    return f"{cell[: chosen.start()]}{other:0{len(chosen[0])}}{cell[chosen.end() :]}"


def spoil_number(cell: str, dice: random.Random) -> str:
    places = [i for i, c in enumerate(cell) if c.isdigit()]
    at = dice.choice(places[-3:])
    return f"{cell[:at]}{(int(cell[at]) + dice.randint(1, 8)) % 10}{cell[at + 1 :]}"


def spoil_amount(cell: str, dice: random.Random) -> str:
    found = list(re.finditer(r"[1-9]", cell))
    at = dice.choice(found).start()
    return f"{cell[:at]}{int(cell[at]) % 9 + 1}{cell[at + 1 :]}"


def spoil_name(cell: str, dice: random.Random) -> str:
    at = dice.choice([i for i, c in enumerate(cell) if "\u4e00" <= c <= "\u9fff" and c not in "某"])
    return f"{cell[:at]}{dice.choice([c for c in '峰丽伟敏静磊洋艳勇军' if c != cell[at]])}{cell[at + 1 :]}"


def spoil_term(cell: str, dice: random.Random) -> str:
    found = dice.choice(list(re.finditer(r"\d+", cell)))
    return f"{cell[: found.start()]}{int(found[0]) + 1}{cell[found.end() :]}"


SPOILERS: dict[str, tuple[Callable[[str, random.Random], str], tuple[str, ...]]] = {
    "date": (spoil_date, ("decided_on", "filed_on")),
    "number": (spoil_number, ("case_no",)),
    "amount": (spoil_amount, ("fee_yuan", "payments", "罚金")),
    "name": (spoil_name, ("clerk", "presiding", "原告", "被告", "被告人")),
    "term": (spoil_term, ("刑期", "缓刑")),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=SHARED)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    dice = random.Random(20160101)
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    cells = alarms = 0
    for _, row in documents(options.documents):
        facts = extract(row["text"], row["id"])
        for record in record_of(facts, dice):
            cells += sum(1 for value in record.values() if value) - 1
            for one in compare(facts, record):
                alarms += 1
                if options.show:
                    print("FALSE ", one)
            for kind, (spoil, columns) in SPOILERS.items():
                for column in columns:
                    cell = record.get(column)
                    if not cell:
                        continue
                    spoilt = spoil(cell, dice)
                    if spoilt == cell:
                        continue
                    planted[kind] += 1
                    hit = any(one.field == column for one in compare(facts, record | {column: spoilt}))
                    found[kind] += hit
                    if not hit and options.show:
                        print("MISSED", kind, column, cell, "→", spoilt, facts["id"])
    for kind in planted:
        print(f"{kind:8} {found[kind]:5} / {planted[kind]:5}  {found[kind] / planted[kind]:7.2%}")
    print(
        f"all      {sum(found.values()):5} / {sum(planted.values()):5}  {sum(found.values()) / sum(planted.values()):7.2%}"
    )
    print(f"false alarms {alarms} in {cells} cells  {alarms / cells:.2%}")


if __name__ == "__main__":
    main()
