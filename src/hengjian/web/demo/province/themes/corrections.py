"""Corrections by form: proposed by the department, confirmed by its head, verified by the statistician."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree, send_back
from hengjian.apps.cases import store
from hengjian.apps.cases.acts.correct import propose
from hengjian.apps.cases.models import Correction, Finding
from hengjian.base.times import to_local
from hengjian.web.demo.caserows.slips import KINDS
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.province.story import Story, at, workday


def lives(story: Story) -> Iterable[Life]:
    start = story.months[0].first
    for key, days in (("qinglan", 16), ("landong", 18), ("cangbei", 24)):
        yield corrected(story, key, workday(start + timedelta(days=days)), "done")
    yield corrected(story, "qinglan", workday(story.months[1].first + timedelta(days=15)), "done")
    yield corrected(story, "qinglan", workday(story.months[1].first + timedelta(days=16)), "returned")
    last = to_local(story.until).date()
    yield corrected(story, "qinglan", last - timedelta(days=2), "confirmed")
    yield corrected(story, "qinglan", last - timedelta(days=1), "proposed")


def corrected(story: Story, key: str, day: date, ends: str) -> Life:
    """``ends``: proposed, returned, confirmed (waits for the statistician) or done."""
    yield at(day, 9, 40)
    correction = _propose(story, key, at(day, 9, 40))
    if correction is None or correction.department is None or ends == "proposed":
        return
    course = running.current(correction)
    if course is None:
        return
    yield at(day, 11, 5)
    head = story.actor(f"{story.key_of(correction.department)}-tz", at(day, 11, 5))
    if ends == "returned":
        send_back(head, course, reason="没有附结案审批表，请补齐后重新提出。")
        return
    agree(head, course, opinion="与卷宗一致。")
    if ends == "confirmed":
        return
    yield at(day, 15, 30)
    agree(story.actor(f"{key}-tongji", at(day, 15, 30)), course, opinion="已复核。")
    story.cases.slips.mend(story.row_of[correction.case_id], np.datetime64(day))


def _propose(story: Story, key: str, moment: datetime) -> Correction | None:
    finding = _simple(story, key)
    if finding is None or finding.department is None:
        return None
    actor = story.actor(f"{story.key_of(finding.department)}-lu", moment)
    return propose(
        actor,
        story.fresh(),
        case_id=finding.case_id,
        court=finding.court,
        department=finding.department,
        changes=_truth(story, finding),
        reason=f"核对卷宗后更正，见{'裁判文书' if finding.owner == 'trial' else '立案审批表'}。",
        findings=[finding],
    )


def _simple(story: Story, key: str) -> Finding | None:
    """A finding judged wrong whose mistake is known to the maker."""
    wanted = Finding.objects.filter(court=story.unit(key), state=Finding.State.WRONG).exclude(department=None)
    for finding in wanted.select_related("court", "department", "dataset").order_by("pk"):
        truth = _truth(story, finding)
        if truth and _stands_wrong(finding, truth):
            return finding
    return None


def _stands_wrong(finding: Finding, truth: dict[str, Any]) -> bool:
    """Not mended since by the court's own books."""
    row = store.case(finding.dataset, finding.case_id) or {}
    return any(_plain(row.get(key)) != value for key, value in truth.items())


def _truth(story: Story, finding: Finding) -> dict[str, Any]:
    """Item → what should stand there."""
    slips, row = story.cases.slips, story.row_of[finding.case_id]
    found = np.flatnonzero(slips.row == row)
    kinds = [KINDS[int(slips.kind[n])] for n in found]
    kind = next((k for k in kinds if k.rule == finding.rule and len(k.items) == 1), None)
    if kind is None:
        return {}
    value = story.cases.columns[kind.items[0]][row]
    return {kind.items[0]: _plain(value)}


def _plain(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else f"{value:.2f}"
    return str(value)
