"""The monthly report: prepared from the checks, completed by people, signed by the flow of the pack, issued once."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.urls import reverse

from hengjian.apps.approvals import planning, running
from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases.models import Dataset, Report, ReportNote
from hengjian.apps.cases.reports.content import Builder, cause_rows, clause_of
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_local

S = Report.State


@act("cases.report.prepare", "拟制数据质量报告")
def prepare(actor: Actor, dataset: Dataset, *, period: str) -> Report:
    """Draft the month, fill the open draft anew, or open a correcting edition where the figures have changed."""
    actor.require(Right.CASE_REPORT, dataset.installation.unit)
    month = Period.parse(period)
    if month.kind is not PeriodKind.MONTH:
        raise HengjianError("数据质量报告按月拟制，月份要写成 2026-10 这样。")
    if month.end > to_local(actor.at).date():
        raise HengjianError(f"{month.label}还没有结束，期满后再拟报告。")
    content = Builder(actor, dataset, month).build()
    row = _draft(dataset, month, content)
    row.content, row.data_version = content, content["data_version"]
    row.prepared_by, row.prepared_at = actor.person, actor.at
    row.save()
    log(
        row,
        period=str(month),
        edition=row.edition,
        data_version=row.data_version,
        unit=dataset.installation.unit_id,
    )
    return row


def _draft(dataset: Dataset, month: Period, content: dict[str, Any]) -> Report:
    editions = Report.objects.select_for_update(of=("self",)).filter(dataset=dataset, period=str(month))
    latest = editions.order_by("-edition").first()
    court = dataset.installation.unit.name
    if latest is None:
        return Report(
            dataset=dataset, period=str(month), title=f"{court}关于{month.label}案件数据质量情况的报告"
        )
    if latest.state == S.DRAFT:
        latest.version += 1
        return latest
    if latest.state != S.ISSUED:
        raise HengjianError(f"{month.label}的报告{latest.get_state_display()}，请先办完或者退回。")
    if figures_of(latest.content) == figures_of(content):
        raise HengjianError(f"{month.label}的数字与已印发的报告一致，不需要更正。")
    title = f"{court}关于更正{month.label}案件数据质量情况的报告"
    return Report(dataset=dataset, period=str(month), edition=latest.edition + 1, title=title)


def figures_of(content: dict[str, Any]) -> list[Any]:
    """What a reader would call the numbers: all but what people wrote."""
    said = ("causes", "measures")
    return [content["totals"], *(s["rows"] for s in content["sections"] if s["key"] not in said)]


@act("cases.report.edit", "修改数据质量报告")
def edit(actor: Actor, report: Report, *, version: int, title: str, remark: str) -> Report:
    row = _take(actor, report, version, S.DRAFT)
    if not title.strip():
        raise HengjianError("标题是空的，请填写。")
    row.title, row.remark = title.strip()[:200], remark.strip()[:4000]
    return _put(row, title=row.title)


@act("cases.report.note", "填写原因和措施")
def write_note(
    actor: Actor,
    report: Report,
    court: Unit,
    *,
    rule: str,
    cause: str,
    measure: str,
    due_on: date | None = None,
) -> ReportNote:
    """A court says why a problem came up and what it will do; once a problem, the later text counts."""
    actor.require(Right.CASE_REPORT, court)
    if report.state != S.DRAFT:
        raise HengjianError("报告已送审，不能再填原因和措施；需要补充的请联系拟稿人退回。")
    part = report.content["by_court"].get(str(court.pk))
    titles = {row["id"]: row["rule"] for row in part["rules"]} if part else {}
    if rule not in titles:
        raise HengjianError(f"{court}本月没有这类问题，请从所列的问题里选。")
    if not cause.strip() or not measure.strip():
        raise HengjianError("原因和措施都要写，报告印发后不能补。")
    note, _ = ReportNote.objects.update_or_create(
        report=report,
        court=court,
        rule=rule,
        defaults={
            "title": titles[rule],
            "cause": cause.strip()[:500],
            "measure": measure.strip()[:500],
            "due_on": due_on,
            "author": actor.person,
            "written_at": actor.at,
        },
    )
    log(note, unit=court.pk, rule=rule)
    return note


@act("cases.report.follow", "填写措施落实情况")
def follow(actor: Actor, note: ReportNote, *, outcome: str, done: bool) -> ReportNote:
    """What came of the measure; goes into the next month's report."""
    actor.require(Right.CASE_REPORT, note.court)
    if not outcome.strip():
        raise HengjianError("请写明做了什么、效果怎样。")
    note.outcome, note.done = outcome.strip()[:500], done
    note.save(update_fields=["outcome", "done"])
    log(note, unit=note.court_id, done=done)
    return note


@act("cases.report.submit", "送审数据质量报告")
def submit(actor: Actor, report: Report, *, version: int) -> Report:
    """Causes are taken in as written; whoever prepared it has taken the first step of the flow."""
    row = _take(actor, report, version, S.DRAFT)
    pack = pack_for(row.dataset.installation, actor.at)
    approval = clause_of(pack).approval
    for section in row.content["sections"]:
        if section["key"] == "causes":
            section["rows"] = cause_rows(row)
    row.state = S.SUBMITTED if approval else S.APPROVED
    _put(row, state=row.state)
    if approval:
        steps = planning.flow_named(pack, approval).steps
        running.begin(
            actor,
            row,
            row.dataset.installation,
            approval,
            unit=row.dataset.installation.unit,
            title=row.title,
            url=reverse("cases:report", args=[row.pk]),
            after=steps[0].key,
        )
    return row


@act("cases.report.approved", "数据质量报告签发")
def approved(actor: Actor, report: Report) -> Report:
    return _move(report, S.SUBMITTED, S.APPROVED)


@act("cases.report.returned", "数据质量报告退回")
def returned(actor: Actor, report: Report) -> Report:
    return _move(report, S.SUBMITTED, S.DRAFT)


@act("cases.report.issue", "印发数据质量报告")
def issue(actor: Actor, report: Report, *, version: int) -> Report:
    """Number and freeze it; an earlier edition of the month is marked as corrected."""
    row = _take(actor, report, version, S.APPROVED)
    issued = Report.objects.filter(dataset=row.dataset, state=S.ISSUED, period=row.period)
    issued.exclude(pk=row.pk).update(state=S.SUPERSEDED)
    year = to_local(actor.at).year
    count = Report.objects.filter(dataset=row.dataset, number__contains=f"〔{year}〕").count()
    unit = row.dataset.installation.unit
    row.number = f"{unit.short_name or unit.name}质报〔{year}〕{count + 1}号"
    row.state, row.issued_by, row.issued_at = S.ISSUED, actor.person, actor.at
    row.digest = digest_of(row.content)
    return _put(row, number=row.number, digest=row.digest, data_version=row.data_version)


def digest_of(content: dict[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _take(actor: Actor, report: Report, version: int, state: str) -> Report:
    row = (
        Report.objects.select_for_update(of=("self",))
        .select_related("dataset__installation__unit")
        .get(pk=report.pk)
    )
    actor.require(Right.CASE_REPORT, row.dataset.installation.unit)
    if row.version != version:
        raise HengjianError(f"报告在您打开之后已被改动（现为“{row.get_state_display()}”），请刷新后再办理。")
    if row.state != state:
        raise HengjianError(f"报告现为“{row.get_state_display()}”，不能这样办理。")
    return row


def _put(row: Report, **payload: Any) -> Report:
    row.version += 1
    row.save()
    log(row, unit=row.dataset.installation.unit_id, **payload)
    return row


def _move(report: Report, before: str, after: str) -> Report:
    row = (
        Report.objects.select_for_update(of=("self",))
        .select_related("dataset__installation")
        .get(pk=report.pk)
    )
    if row.state == before:
        row.state = after
        _put(row, state=after)
    return row
