"""Cases of first instance from filing to archive."""

from __future__ import annotations

import numpy as np

from hengjian.web.demo.caserows import frame, people
from hengjian.web.demo.caserows.draws import (
    among,
    before_new_year,
    chance,
    filing_days,
    on_workday,
    only,
    pick,
    spans,
    words,
)
from hengjian.web.demo.caserows.kinds import BY_BANK, BY_COMPANY, DOCUMENTS, MONEY, Kind
from hengjian.web.demo.caserows.plan import Array, Columns, Plan


def first_instance(rng: np.random.Generator, plan: Plan, kind: Kind) -> Columns:
    """All cases of a kind, in all courts, with their numbers."""
    court, accepted = _filed(rng, plan, kind)
    rows = len(court)
    level = words([c.level for c in plan.courts])[court]
    way = np.empty(rows, object)
    for name, weights in kind.way_weights.items():
        there = np.flatnonzero(level == name)
        way[there] = pick(rng, weights, len(there))
    cells = {"_court": court, "procedure": way, **frame.arrival(rng, accepted)}
    cells |= frame.staff(rng, plan, court, kind.group)
    cells |= _length(rng, kind, way, accepted)
    cells["closing_manner"] = pick(rng, kind.manners, rows)
    cells |= _trial(rng, cells, civil=kind.type == "民初")
    cells["doc_kind"] = words([DOCUMENTS.get(m, "裁定书") for m in cells["closing_manner"]])
    cells |= frame.finish(rng, cells["closed_on"], cells["decided_on"], cells["doc_kind"] != "调解书")
    share = np.array([kind.appeal.get(c.level, 0) for c in plan.courts], float)[court]
    wanted = (cells["closing_manner"] == "判决") & chance(rng, share, rows)
    if kind.appeal:
        cells |= frame.appealed(rng, cells, wanted, kind.appeal_days)
    cells |= _subject(rng, plan, kind, cells)
    panel = np.array([kind.ways[name].panel for name in way])
    cells |= frame.bench(rng, panel, cells["judge"])
    same = np.zeros(rows, int)
    cells |= {"case_kind": words([kind.case_kind])[same], "instance": words([kind.instance])[same]}
    return frame.numbered(plan, cells, kind.type, kind.letters)


def _filed(rng: np.random.Generator, plan: Plan, kind: Kind) -> tuple[Array, Array]:
    first, last = np.datetime64(plan.first), np.datetime64(plan.last)
    years = ((last - first).astype(int) + 1) / 365
    courts, days = [], []
    for n, court in enumerate(plan.courts):
        rows = round(court.yearly * years * kind.weight.get(court.level, 0) / 100)
        if rows:
            filed = filing_days(rng, first, last, rows)
            more = [surge for surge in plan.surges if (surge.court, surge.type) == (court.code, kind.type)]
            parts = [filing_days(rng, np.datetime64(s.first), np.datetime64(s.last), s.cases) for s in more]
            days.append(np.sort(np.concatenate([filed, *parts])))
            courts.append(np.full(len(days[-1]), n))
    return np.concatenate(courts), np.concatenate(days)


def _length(rng: np.random.Generator, kind: Kind, way: Array, accepted: Array) -> Columns:
    """Closing day and time limit; some get their limit extended in time and use it."""
    rows = len(way)
    ways = [kind.ways[name] for name in way]
    low, cap = np.array([w.low for w in ways]), np.array([w.cap for w in ways])
    shortest, longest = np.array([w.extend[0] for w in ways]), np.array([w.extend[1] for w in ways])
    extended = chance(rng, 0.05, rows) & (longest > 0)
    more = np.where(extended, among(rng, shortest, longest, rows), 0)
    days = np.where(extended, cap + np.round(more * rng.random(rows)).astype(int), spans(rng, low, cap))
    closed = before_new_year(rng, accepted + days, accepted + low + 4)
    months, plus = np.array([w.months for w in ways]), np.array([w.days for w in ways])
    due = accepted + plus
    for count in sorted(set(months.tolist()) - {0}):
        due = np.where(months == count, frame.add_months(accepted, count), due)
    return {
        "closed_on": on_workday(closed),
        "due_on": due,
        "extended_days": only(extended, more),
        "extension_approved_on": only(extended, due - among(rng, 2, 9, rows)),
    }


def _trial(rng: np.random.Generator, cells: Columns, *, civil: bool) -> Columns:
    """Service, summons, hearings, decision between acceptance and closing."""
    accepted, closed, way = cells["accepted_on"], cells["closed_on"], cells["procedure"]
    rows = len(way)
    length = (closed - accepted).astype(int)
    ordinary = way == "普通程序"
    least = np.where(ordinary & civil, 22, 2)
    offset = np.maximum(least, np.round(length * (0.45 + 0.3 * rng.random(rows))).astype(int) - 2)
    heard = chance(rng, np.where(cells["closing_manner"] == "判决", 1.0, 0.45), rows) & (way != "特别程序")
    hearing = np.minimum(on_workday(accepted + offset), closed)
    decided = np.maximum(hearing, closed - among(rng, 0, 3, rows))
    served = accepted + np.minimum(among(rng, 1, 5, rows), np.maximum(offset - 1, 1))
    twice = chance(rng, 0.18, rows) & heard & ((decided - hearing).astype(int) > 4)
    last = np.where(twice, hearing + ((decided - hearing).astype(int) // 2), hearing)
    mediated = cells["closing_manner"] == "调解"
    return {
        "served_on": served,
        "reply_on": only(
            chance(rng, 0.3, rows) & heard, np.minimum(served + among(rng, 3, 15, rows), hearing)
        ),
        "summoned_on": only(heard, np.maximum(hearing - among(rng, 3, 8, rows), accepted)),
        "hearing_on": only(heard, hearing),
        "last_hearing_on": only(heard, last),
        "hearings": only(heard, 1 + twice.astype(int)),
        "clerk": only(heard, cells["clerk"]),
        "mediated_on": only(mediated, decided),
        "decided_on": decided,
    }


def _subject(rng: np.random.Generator, plan: Plan, kind: Kind, cells: Columns) -> Columns:
    if kind.group == "criminal":
        return _crime(rng, plan, kind, cells)
    rows = len(cells["closed_on"])
    cause = pick(rng, kind.causes, rows)
    admin = kind.group == "admin"
    company = np.isin(cause, list(BY_COMPANY | BY_BANK))
    legal = np.where(company, 0.85, 0.06)
    plaintiff = np.where(chance(rng, legal, rows), "法人", "自然人").astype(object)
    other = np.where(chance(rng, 0.2, rows), "法人", "自然人").astype(object)
    if admin:
        other = words(["非法人组织"])[np.zeros(rows, int)]
    made = people.party(rng, "plaintiff", plaintiff, cells["accepted_on"])
    made |= people.party(rng, "defendant", other, cells["accepted_on"])
    bank = np.isin(cause, list(BY_BANK)) & (plaintiff == "法人")
    made["plaintiff"] = np.where(
        bank, words(people.BANKS)[rng.integers(0, len(people.BANKS), rows)], made["plaintiff"]
    )
    if admin:
        offices = words(["公安局", "市场监督管理局", "自然资源局", "人力资源和社会保障局", "人民政府"])
        seat = words([c.name.removesuffix("人民法院").removesuffix("中级") for c in plan.courts])[
            cells["_court"]
        ]
        made["defendant"] = seat + offices[rng.integers(0, len(offices), rows)]
    made["defendant"] = np.where(
        made["plaintiff"] == made["defendant"], made["defendant"] + "甲", made["defendant"]
    )
    made |= {"cause": cause, "source": words(["新收"])[np.zeros(rows, int)]}
    made |= {
        "party_count": among(rng, 2, 3, rows).astype(float),
        "agents": among(rng, 0, 2, rows).astype(float),
    }
    return made | ({} if kind.type != "民初" else _money(rng, cause, cells))


def _money(rng: np.random.Generator, cause: Array, cells: Columns) -> Columns:
    rows, manner = len(cause), cells["closing_manner"]
    known = np.isin(cause, list(MONEY)) | chance(rng, 0.5, rows)
    claim = np.round(np.exp(rng.normal(10.6, 1.3, rows)), 2) + 500
    fee = np.where(known & (claim > 10_000), np.round(50 + (claim - 10_000) * 0.022, 2), 50)
    free = chance(rng, 0.03, rows)
    paid_for = np.isin(manner, ["判决", "调解"]) & known
    guarded = chance(rng, 0.06, rows) & known
    return {
        "claim_amount": only(known, claim),
        "fee_due": fee,
        "fee_paid": np.where(free, 0, fee),
        "fee_reduced": np.where(free, fee, 0),
        "awarded_amount": only(
            paid_for & chance(rng, 0.9, rows), np.round(claim * (0.35 + 0.65 * rng.random(rows)), 2)
        ),
        "preservation_on": only(guarded, cells["accepted_on"] + among(rng, 0, 5, rows)),
        "preservation_amount": only(guarded, claim),
    }


def _crime(rng: np.random.Generator, plan: Plan, kind: Kind, cells: Columns) -> Columns:
    rows = len(cells["closed_on"])
    judged = cells["closing_manner"] == "判决"
    natural = words(["自然人"])[np.zeros(rows, int)]
    accusers = words([_prosecutor(c.name) for c in plan.courts])[cells["_court"]]
    sentence = pick(rng, {"有期徒刑": 58, "拘役": 30, "管制": 3, "单处罚金": 6, "免予刑事处罚": 3}, rows)
    months = np.where(sentence == "有期徒刑", among(rng, 6, 34, rows), among(rng, 1, 6, rows))
    months = np.where(sentence == "管制", among(rng, 4, 18, rows), months)
    timed = np.isin(sentence, ["有期徒刑", "拘役", "管制"])
    spared = chance(rng, 0.38, rows) & np.isin(sentence, ["有期徒刑", "拘役"])
    probation = np.where(sentence == "有期徒刑", np.maximum(12, months + among(rng, 0, 12, rows)), months + 2)
    fined = chance(rng, 0.7, rows) | (sentence == "单处罚金")
    return people.party(rng, "defendant", natural, cells["accepted_on"]) | {
        "plaintiff": accusers,
        "source": words(["公诉"])[np.zeros(rows, int)],
        "charge": pick(rng, kind.causes, rows),
        "detained_on": only(chance(rng, 0.6, rows), cells["accepted_on"] - among(rng, 20, 110, rows)),
        "sentence_kind": only(judged, sentence),
        "prison_months": only(judged & timed, months),
        "probation_months": only(judged & spared, np.minimum(probation, 60)),
        "fine_amount": only(judged & fined, among(rng, 1, 30, rows) * 1000),
        "party_count": np.full(rows, 2.0),
        "agents": among(rng, 0, 1, rows).astype(float),
    }


def _prosecutor(court: str) -> str:
    return court.replace("中级", "").replace("高级", "").removesuffix("人民法院") + "人民检察院"
