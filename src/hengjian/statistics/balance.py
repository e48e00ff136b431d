"""The identity every table keeps (旧存 + 新收 = 已结 + 未结), case by case: who breaks it, where and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.casedata.store.connect import quoted
from hengjian.statistics.cards import Cards
from hengjian.statistics.model import Balance
from hengjian.statistics.spans import Span
from hengjian.statistics.table import NONE, Held, alike
from hengjian.statistics.tally import ID, Data, dim, member, query, spans_sql


@dataclass(frozen=True, slots=True)
class Breach:
    """Cases of one court, kind and span that count on one side of the identity only. ``by``: left minus right."""

    balance: str
    title: str
    court: str
    kind: str
    span: str
    by: int
    cases: tuple[str, ...]

    def __str__(self) -> str:
        return self.told(self.court)

    def told(self, court: str) -> str:
        """In a sentence, with the court named as the reader knows it."""
        shown = "、".join(self.cases[:5]) + (f"等{len(self.cases)}件" if len(self.cases) > 5 else "")
        where = f"{court or '（没有法院代字）'} {Span.parse(self.span).label} {self.kind or '（没有类别）'}"
        return f"{where}：{self.title}不成立，相差 {self.by} 件，涉及案件 {shown}；请核对收案、结案日期。"


def breaches(data: Data, cards: Cards, spans: Sequence[Span], kind: str = "") -> list[Breach]:
    """None on sound data. A breach is told even where two cases outweigh each other within a cell.

    ``kind``: the item that tells kinds of cases apart; without one all kinds are one.
    """
    found: list[Breach] = []
    with data.open() as con:
        for group, hold in alike(cards, spans, NONE):
            for balance in cards.balances:
                grouped: dict[tuple[str, str, str], list[tuple[str, int]]] = defaultdict(list)
                for span, court, sort, key, by in query(con, _sql(data, hold, balance, group, kind)):
                    grouped[span, court, sort].append((str(key), int(by)))
                found += [_breach(balance, where, cases) for where, cases in sorted(grouped.items())]
    return found


def _sql(data: Data, hold: Held, balance: Balance, spans: Sequence[Span], kind: str) -> str:
    sides = [
        " + ".join(f"CAST({member(hold.card(key))} AS INTEGER)" for key in side)
        for side in (balance.left, balance.right)
    ]
    sort = dim(kind) if kind else "''"
    return (
        f"SELECT {ID}, {dim(data.court)}, {sort}, {quoted(data.key)}, ({sides[0]}) - ({sides[1]}) AS off_by"
        f" FROM {data.sql} AS cases CROSS JOIN {spans_sql(spans)} WHERE ({sides[0]}) <> ({sides[1]})"
    )


def _breach(balance: Balance, where: tuple[str, str, str], cases: list[tuple[str, int]]) -> Breach:
    span, court, kind = where
    keys = tuple(sorted(key for key, _ in cases))
    return Breach(balance.balance, balance.title, court, kind, span, sum(by for _, by in cases), keys)
