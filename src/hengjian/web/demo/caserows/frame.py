"""What all kinds of cases share: numbers, staff, the days between filing and archive."""

from __future__ import annotations

import numpy as np

from hengjian.web.demo.caserows.draws import among, chance, only, words
from hengjian.web.demo.caserows.people import names
from hengjian.web.demo.caserows.plan import NAT_DAY, Array, Columns, CourtPlan, Plan


def add_months(days: Array, months: int) -> Array:
    """The same day so many months on, or the last of that month."""
    start = days.astype("datetime64[M]")
    target = start + months
    last = (target + 1).astype("datetime64[D]") - 1
    same = target.astype("datetime64[D]") + (days - start.astype("datetime64[D]"))
    found: Array = np.minimum(same, last)
    return found


def numbered(plan: Plan, cells: Columns, type_: str, letters: str) -> Columns:
    """Serials run by court and year in the order of acceptance; number and id follow from them."""
    court, accepted = cells["_court"], cells["accepted_on"]
    year = accepted.astype("datetime64[Y]").astype(int) + 1970
    order = np.lexsort((np.arange(len(court)), accepted, court))
    group = court[order].astype(np.int64) * 10_000 + year[order]
    starts = np.r_[0, np.flatnonzero(np.diff(group)) + 1]
    serial = np.empty(len(court), np.int64)
    sizes = np.diff(np.r_[starts, len(group)])
    serial[order] = np.arange(len(group)) - np.repeat(starts, sizes) + 1
    codes = [plan.courts[n].code for n in court]
    rows = list(zip(codes, year.tolist(), serial.tolist(), strict=True))
    return cells | {
        "case_type": words([type_])[np.zeros(len(court), int)],
        "case_no": words([f"（{y}）{code}{type_}{n}号" for code, y, n in rows]),
        "case_id": words([f"{code[1:]}-{letters}-{y}-{n:06}" for code, y, n in rows]),
        "year": year.astype(float),
        "serial": serial.astype(float),
        "court": words(codes),
        "court_name": words([court.name for court in plan.courts])[court],
    }


def staff(rng: np.random.Generator, plan: Plan, court: Array, group: str) -> Columns:
    """Department, judge, clerk: a few people in each department, always the same."""
    columns = {key: np.empty(len(court), object) for key in ("department", "judge", "clerk")}
    for n, one in enumerate(plan.courts):
        rows = np.flatnonzero(court == n)
        if len(rows):
            _staff_of(rng, one, group, rows, columns)
    return columns


def _staff_of(rng: np.random.Generator, court: CourtPlan, group: str, rows: Array, columns: Columns) -> None:
    places = court.departments.get(group) or court.departments["civil"]
    judges = max(2, min(9, court.yearly // 1500))
    people = names(rng, len(places) * judges * 2).reshape(len(places), 2, judges)
    place = rng.integers(0, len(places), len(rows))
    columns["department"][rows] = words(places)[place]
    columns["judge"][rows] = people[place, 0, rng.integers(0, judges, len(rows))]
    columns["clerk"][rows] = people[place, 1, rng.integers(0, judges, len(rows))]


def arrival(rng: np.random.Generator, accepted: Array) -> Columns:
    """From the papers at the window to the file on the judge's desk."""
    rows = len(accepted)
    received = accepted - among(rng, 0, 6, rows)
    assigned = accepted + among(rng, 0, 2, rows)
    return {
        "received_on": received,
        "filed_on": received + np.minimum(among(rng, 0, 2, rows), (accepted - received).astype(int)),
        "accepted_on": accepted,
        "assigned_on": assigned,
        "handed_over_on": assigned + among(rng, 0, 1, rows),
        "entered_on": accepted + among(rng, 0, 2, rows),
    }


def finish(rng: np.random.Generator, closed: Array, decided: Array, published: Array) -> Columns:
    """After the decision: service, effect, publication, the electronic file, the archive."""
    rows = len(closed)
    served = decided + among(rng, 1, 7, rows)
    return {
        "decided_on": decided,
        "pronounced_on": decided,
        "doc_served_on": served,
        "effective_on": served,
        "doc_published_on": only(published, served + among(rng, 1, 6, rows)),
        "closed_on": closed,
        "file_ready_on": closed + among(rng, 0, 8, rows),
        "archived_on": closed + among(rng, 18, 80, rows),
    }


def appealed(rng: np.random.Generator, cells: Columns, wanted: Array, days: tuple[int, int]) -> Columns:
    """Judgments become effective when the time for appeal is over; appealed ones wait for the court above."""
    rows = len(wanted)
    served, judged = cells["doc_served_on"], cells["closing_manner"] == "判决"
    appeal = only(wanted, served + among(rng, *days, rows))
    effective = np.where(judged, served + days[1] + 1, cells["effective_on"])
    effective = np.where(wanted, NAT_DAY, effective)
    publish = ~np.isnat(cells["doc_published_on"]) & ~wanted
    return {
        "appealed_on": appeal,
        "appeal_sent_on": appeal + among(rng, 5, 25, rows),
        "effective_on": effective,
        "doc_published_on": only(publish, effective + among(rng, 1, 6, rows)),
    }


def bench(rng: np.random.Generator, panel: Array, judge: Array) -> Columns:
    rows = len(panel)
    collegial = panel >= 3
    jurors = np.where(collegial & chance(rng, 0.55, rows), among(rng, 1, 2, rows), 0)
    return {
        "panel_size": panel.astype(float),
        "jurors": jurors.astype(float),
        "presiding_judge": only(collegial, judge),
    }
