"""Judgments beside their records: one at every stage from handed in to confirmed or entered as a new case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree, send_back
from hengjian.apps.cases import store
from hengjian.apps.cases.dictionary import KEY
from hengjian.apps.org.access import Actor
from hengjian.apps.papers import beside, jobs
from hengjian.apps.papers.acts.decide import correct, decide, enter
from hengjian.apps.papers.acts.hand_in import hand_in
from hengjian.apps.papers.models import Decision, Paper
from hengjian.base.times import to_local
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.province.judgments import judgment
from hengjian.web.demo.province.story import Story, at, workday

Row = dict[str, Any]
COURT = "qinglan"
DEPARTMENT = "qinglan-civil1"


def lives(story: Story) -> Iterable[Life]:
    last = to_local(story.until).date()
    first = workday(story.months[1].first + timedelta(days=12))
    yield corrected(story, 0, first, "done", "decided_on")
    yield corrected(story, 1, first + timedelta(days=1), "returned", "decided_on")
    yield corrected(story, 2, last - timedelta(days=3), "proposed", "clerk")
    yield compared(story, 3, last - timedelta(days=2))
    yield entered(story, 4, last - timedelta(days=2))
    yield batch(story, 5, last - timedelta(days=4))
    yield waiting(story, 8)


def corrected(story: Story, nth: int, day: date, ends: str, *twisted: str) -> Life:
    """A judgment the record contradicts; ``ends``: proposed, returned or done."""
    yield at(day, 9, 20)
    paper = _given(story, nth, at(day, 9, 20), twisted)
    if paper is None or not paper.differences:
        return
    actor = story.actor(f"{DEPARTMENT}-lu", at(day, 9, 30))
    correction = correct(actor, _taken(actor, paper), version=paper.version)
    course = running.current(correction)
    if ends == "proposed" or course is None:
        return
    yield at(day, 14, 10)
    head = story.actor(f"{DEPARTMENT}-tz", at(day, 14, 10))
    if ends == "returned":
        send_back(head, course, reason="送达回证上的日期与文书不同，请再核对。")
        return
    agree(head, course, opinion="与文书一致。")
    yield at(day, 16)
    agree(story.actor(f"{COURT}-tongji", at(day, 16)), course, opinion="已复核。")


def compared(story: Story, nth: int, day: date) -> Life:
    """Two places differ; nobody has decided yet."""
    yield at(day, 10, 5)
    _given(story, nth, at(day, 10, 5), ("decided_on", "clerk"))


def entered(story: Story, nth: int, day: date) -> Life:
    """No such case in the books: the row of a new one, filled from the document."""
    yield at(day, 15)
    actor = story.actor(f"{COURT}-tongji", at(day, 15))
    row = _cases(story)[nth]
    new = row | {"case_no": f"（{day.year}）{row['court']}民初9{day:%m%d}号"}
    batch = hand_in(actor, story.fresh(), story.unit(COURT), files=[_file(new)])
    paper = _taken(actor, batch.papers.get())
    enter(actor, paper, case_id=f"NEW-{day:%Y%m%d}", version=paper.version)


def batch(story: Story, nth: int, day: date) -> Life:
    """Three judgments and a file that is none, read by the worker; of the one that differs the record is right."""
    yield at(day, 16, 30)
    rows = _cases(story)[nth : nth + 3]
    files = [_file(row, ("clerk",) if n == 1 else ()) for n, row in enumerate(rows)]
    files.append(("扫描件.pdf", b"%PDF-1.4 no text"))
    actor = story.actor(f"{DEPARTMENT}-lu", at(day, 16, 30))
    given = hand_in(actor, story.fresh(), story.unit(DEPARTMENT), files=files)
    jobs.waiting(at(day, 16, 31))
    yield at(day, 16, 45)
    paper = given.papers.filter(differences__gt=0).first()
    if paper:
        actor = story.actor(f"{DEPARTMENT}-lu", at(day, 16, 45))
        decide(actor, paper, verdicts={"clerk": Decision.Verdict.REJECTED.value}, version=paper.version)


def waiting(story: Story, nth: int) -> Life:
    """Handed in a minute ago; the worker has not come by."""
    moment = story.until - timedelta(minutes=1)
    yield moment
    files = [_file(row) for row in _cases(story)[nth : nth + 3]]
    hand_in(story.actor(f"{DEPARTMENT}-lu", moment), story.fresh(), story.unit(DEPARTMENT), files=files)


def _given(story: Story, nth: int, moment: datetime, twisted: tuple[str, ...]) -> Paper | None:
    actor = story.actor(f"{DEPARTMENT}-lu", moment)
    rows = _cases(story)
    if nth >= len(rows):
        return None
    files = [_file(rows[nth], twisted)]
    return hand_in(actor, story.fresh(), story.unit(DEPARTMENT), files=files).papers.get()


def _taken(actor: Actor, paper: Paper) -> Paper:
    """Every difference decided for the document; of a new case everything."""
    case = beside.case_of(paper)
    wanted = [
        one for one in beside.compared(paper, case) if one.decidable and (one.entry.differs or case is None)
    ]
    verdicts = {one.item.key: Decision.Verdict.ACCEPTED.value for one in wanted}
    decide(actor, paper, verdicts=verdicts, version=paper.version)
    paper.refresh_from_db()
    return paper


def _file(row: Row, twisted: tuple[str, ...] = ()) -> tuple[str, bytes]:
    """The judgment of a case; ``twisted``: items in which it contradicts the record."""
    told = dict(row)
    if "decided_on" in twisted:
        told["decided_on"] = row["decided_on"] + timedelta(days=1)
    if "clerk" in twisted:
        told["clerk"] = f"{row['clerk'][:1]}{'知远' if row['clerk'][1:] != '知远' else '知行'}"
    return f"{row['case_no']}判决书.txt", judgment(told).encode()


def _cases(story: Story) -> list[Row]:
    """Civil cases of the department decided before the story begins, as the books hold them."""
    columns = story.cases.columns
    court, department = story.unit(COURT), story.unit(DEPARTMENT)
    fits = (
        (columns["court"] == court.code)
        & (columns["department"] == department.name)
        & (columns["case_type"] == "民初")
        & (columns["doc_kind"] == "判决书")
        & (columns["decided_on"] < np.datetime64(story.begins))
    )
    last = [str(case_id) for case_id in columns["case_id"][np.flatnonzero(fits)][-60:]]
    rows = {row[KEY]: row for row in store.lake().rows(story.dataset.name, KEY, last)}
    needed = ("plaintiff", "defendant", "clerk", "decided_on", "accepted_on", "awarded_amount")
    return [rows[one] for one in last if one in rows and all(rows[one].get(key) for key in needed)]
