"""What follows a judgment: the appeal to the court above, the application for retrial, execution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hengjian.web.demo.caserows import frame, people
from hengjian.web.demo.caserows.draws import among, chance, on_workday, only, pick, spans, words
from hengjian.web.demo.caserows.frame import add_months
from hengjian.web.demo.caserows.kinds import DOCUMENTS
from hengjian.web.demo.caserows.plan import Array, Columns, Plan

PARTY = [
    f"{side}{part}"
    for side in ("plaintiff", "defendant")
    for part in ("", "_kind", "_id", "_uscc", "_born_on", "_sex", "_phone", "_address")
]
CARRIED = [*PARTY, "case_kind", "cause", "charge", "claim_amount", "party_count", "agents"]


@dataclass(frozen=True, slots=True)
class Next:
    """A kind of case born of another; ``low`` to ``cap`` days long."""

    type: str
    letters: str
    instance: str
    source: str
    low: int
    cap: int
    months: int
    manners: Mapping[str, float]


APPEALS = {
    "民初": Next(
        "民终",
        "MZ",
        "二审",
        "上诉",
        16,
        84,
        3,
        {"维持": 62, "改判": 10, "发回重审": 4, "调解": 9, "准予撤回上诉": 15},
    ),
    "刑初": Next(
        "刑终", "XZ", "二审", "上诉", 14, 54, 2, {"维持": 70, "改判": 12, "发回重审": 5, "准予撤回上诉": 13}
    ),
    "行初": Next(
        "行终", "HZ", "二审", "上诉", 20, 84, 3, {"维持": 74, "改判": 6, "发回重审": 5, "准予撤回上诉": 15}
    ),
}
REVIEW = Next(
    "民申", "MS", "再审审查", "申请再审", 20, 84, 3,
    {"裁定驳回再审申请": 82, "准予撤回再审申请": 8, "指令原审法院再审": 6, "本院提审": 4},
)  # fmt: skip


def appeals(rng: np.random.Generator, plan: Plan, cells: Columns, kind: Next) -> Columns:
    """Second instance of the appealed ones, in the court above."""
    sent = cells["appeal_sent_on"]
    rows = np.flatnonzero(~np.isnat(sent))
    accepted = on_workday(sent[rows] + among(rng, 2, 9, len(rows)))
    return _born(rng, plan, cells, rows, accepted, kind)


def reviews(rng: np.random.Generator, plan: Plan, cells: Columns, share: float) -> Columns:
    """Retrial applications against judgments of second instance."""
    rows = np.flatnonzero(
        np.isin(cells["closing_manner"], ["维持", "改判"]) & chance(rng, share, len(cells["court"]))
    )
    rows = rows[plan.parent_of()[cells["_court"][rows]] >= 0]
    accepted = on_workday(cells["decided_on"][rows] + among(rng, 25, 170, len(rows)))
    return _born(rng, plan, cells, rows, accepted, REVIEW)


def _born(
    rng: np.random.Generator, plan: Plan, cells: Columns, rows: Array, accepted: Array, kind: Next
) -> Columns:
    kept = accepted <= np.datetime64(plan.last)
    rows, accepted = rows[kept], accepted[kept]
    count = len(rows)
    court = plan.parent_of()[cells["_court"][rows]]
    made: Columns = {"_court": court, **frame.arrival(rng, accepted)}
    made |= {key: cells[key][rows] for key in CARRIED if key in cells}
    groups = {"民终": "civil", "民申": "civil", "刑终": "criminal", "行终": "admin"}
    made |= frame.staff(rng, plan, court, groups[kind.type])
    closed = on_workday(accepted + spans(rng, np.full(count, kind.low), np.full(count, kind.cap)))
    decided = closed - among(rng, 0, 2, count)
    manner = pick(rng, kind.manners, count)
    heard = chance(rng, 0.35, count)
    hearing = on_workday(accepted + (decided - accepted).astype(int) // 2)
    heard &= hearing <= decided
    made |= {"closing_manner": manner, "doc_kind": words([DOCUMENTS.get(m, "裁定书") for m in manner])}
    made |= frame.finish(rng, closed, decided, made["doc_kind"] != "调解书")
    made |= frame.bench(rng, np.full(count, 3), made["judge"]) | {"jurors": np.zeros(count)}
    same = np.zeros(count, int)
    made |= {
        "procedure": words(["普通程序"])[same],
        "instance": words([kind.instance])[same],
        "source": words([kind.source])[same],
        "due_on": add_months(accepted, kind.months),
        "hearing_on": only(heard, hearing),
        "last_hearing_on": only(heard, hearing),
        "hearings": only(heard, np.ones(count)),
        "clerk": only(heard, made["clerk"]),
        "origin_case_no": cells["case_no"][rows],
        "origin_case_id": cells["case_id"][rows],
        "origin_court": cells["court"][rows],
        "origin_decided_on": cells["decided_on"][rows],
    }
    return frame.numbered(plan, made, kind.type, kind.letters)


def executions(rng: np.random.Generator, plan: Plan, civil: Columns, share: float) -> Columns:
    """Of judgments and mediations of the same court, and of earlier years' whose cases lie before the table begins."""
    first, last = np.datetime64(plan.first), np.datetime64(plan.last)
    due = np.isin(civil["closing_manner"], ["判决", "调解"]) & ~np.isnat(civil["effective_on"])
    due &= ~np.isnan(civil["awarded_amount"])
    rows = np.flatnonzero(due & chance(rng, share, len(due)))
    applied = civil["effective_on"][rows] + among(rng, 15, 260, len(rows))
    old = _older(rng, plan, first, round(len(rows) * 0.8))
    made = {key: np.concatenate([civil[key][rows], old[key]]) for key in [*PARTY, "_court"]}
    accepted = on_workday(np.concatenate([applied, old["accepted_on"]]))
    made |= {
        "basis_doc_no": np.concatenate([civil["case_no"][rows], old["basis_doc_no"]]),
        "basis_effective_on": np.concatenate([civil["effective_on"][rows], old["basis_effective_on"]]),
        "applied_amount": np.concatenate([civil["awarded_amount"][rows], old["applied_amount"]]),
    }
    kept = np.flatnonzero((accepted <= last) & (accepted >= first))
    made = {key: values[kept] for key, values in made.items()}
    made |= frame.arrival(rng, accepted[kept])
    made |= frame.staff(rng, plan, made["_court"], "execution")
    made |= _enforced(rng, made)
    return frame.numbered(plan, made, "执", "ZX")


def _older(rng: np.random.Generator, plan: Plan, first: np.datetime64, rows: int) -> Columns:
    size = np.array([c.yearly if c.level == "basic" else 0 for c in plan.courts], float)
    court = rng.choice(len(size), rows, p=size / size.sum())
    effective = first - among(rng, 5, 300, rows)
    accepted = effective + among(rng, 15, 420, rows)
    year = effective.astype("datetime64[Y]").astype(int) + 1970
    codes = words([c.code for c in plan.courts])[court]
    natural = np.where(chance(rng, 0.45, rows), "法人", "自然人").astype(object)
    person = words(["自然人"])[np.zeros(rows, int)]
    cells = people.party(rng, "plaintiff", natural, accepted) | people.party(
        rng, "defendant", person, accepted
    )
    numbers = zip(year.tolist(), codes, range(1, rows + 1), strict=True)
    return cells | {
        "_court": court,
        "accepted_on": accepted,
        "basis_doc_no": words([f"（{y}）{code}民初{90_000 + n}号" for y, code, n in numbers]),
        "basis_effective_on": effective,
        "applied_amount": np.round(np.exp(rng.normal(10.4, 1.2, rows)), 2) + 300,
    }


def _enforced(rng: np.random.Generator, cells: Columns) -> Columns:
    accepted, amount = cells["accepted_on"], cells["applied_amount"]
    rows = len(accepted)
    manner = pick(rng, {"终结本次执行程序": 44, "执行完毕": 38, "终结执行": 18}, rows)
    stopped, paid = manner == "终结本次执行程序", manner == "执行完毕"
    low = np.where(stopped, 96, 8)
    closed = on_workday(accepted + spans(rng, low, np.full(rows, 174)))
    length = (closed - accepted).astype(int)
    notice = accepted + np.minimum(among(rng, 1, 9, rows), length)
    searched = accepted + np.minimum(among(rng, 1, 12, rows), length)
    seized = chance(rng, 0.4, rows) & (length > 40)
    auction = seized & paid & chance(rng, 0.4, rows) & (length > 60)
    auction_on = closed - among(rng, 2, 15, rows)
    marked = chance(rng, np.where(stopped, 1.0, 0.3), rows) & (length > 20)
    same = np.zeros(rows, int)
    share = np.where(paid, 1.0, np.where(stopped, 0.2, 0.5) * rng.random(rows))
    return {
        "case_kind": words(["执行"])[same],
        "instance": words(["执行"])[same],
        "source": words(["新收"])[same],
        "closing_manner": manner,
        "doc_kind": words([DOCUMENTS.get(m, "裁定书") for m in manner]),
        "due_on": add_months(accepted, 6),
        "notice_sent_on": notice,
        "searched_on": searched,
        "seized_on": only(seized, searched + among(rng, 1, 20, rows)),
        "auction_on": only(auction, auction_on),
        "paid_out_on": only(auction, np.minimum(auction_on + among(rng, 1, 14, rows), closed)),
        "limited_on": only(marked, notice + among(rng, 2, 10, rows)),
        "dishonest_on": only(marked & chance(rng, 0.6, rows), notice + among(rng, 3, 10, rows)),
        "recovered_amount": np.round(amount * share, 2),
        "terminated_on": only(stopped, closed),
        "closed_on": closed,
        "file_ready_on": closed + among(rng, 0, 8, rows),
        "archived_on": closed + among(rng, 18, 80, rows),
        "party_count": np.full(rows, 2.0),
        "panel_size": np.ones(rows),
        "jurors": np.zeros(rows),
    }
