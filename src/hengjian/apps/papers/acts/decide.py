"""A person says of each item whether the document or the record is right; what was taken goes on without being typed."""

from __future__ import annotations

from collections.abc import Mapping

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases.acts.correct import propose
from hengjian.apps.cases.acts.upload import receive
from hengjian.apps.cases.dictionary import items
from hengjian.apps.cases.models import Correction, Upload
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.papers import beside
from hengjian.apps.papers.models import Decision, Paper
from hengjian.base.errors import HengjianError


@act("papers.item.decide", "核对文书与记录")
def decide(actor: Actor, paper: Paper, *, verdicts: Mapping[str, str], version: int) -> list[Decision]:
    """``verdicts``: item → accepted or rejected. Each is kept with the words it rests on."""
    row = _take(actor, paper, version)
    rows = {one.item.key: one for one in beside.compared(row, beside.case_of(row))}
    made = []
    for key, verdict in verdicts.items():
        if key not in rows or not rows[key].decidable:
            raise HengjianError(f"“{key}”没有要核对的内容，请刷新后再办。")
        if verdict not in Decision.Verdict.values:
            raise HengjianError("请选择“采用文书”或者“不采用”。")
        before, entry = rows[key].decision, rows[key].entry
        if before and (before.verdict, before.extracted) == (verdict, entry.value[:500]):
            continue
        made.append(
            Decision(
                paper=row,
                item=key,
                recorded=entry.recorded[:500],
                extracted=entry.value[:500],
                start=entry.start,
                end=entry.end,
                quote=beside.quote(row, entry),
                verdict=verdict,
                person=actor.person,
                at=actor.at,
            )
        )
    if not made:
        raise HengjianError("没有新的决定：请在不一致的项上选择“采用文书”或者“不采用”。")
    Decision.objects.bulk_create(made)
    _put(row)
    log(row, unit=row.court_id, items={one.item: one.verdict for one in made})
    return made


@act("papers.record.type", "填写对照的记录")
def type_record(actor: Actor, paper: Paper, *, values: Mapping[str, str], version: int) -> Paper:
    """Where the store has no such case: what the record elsewhere says, to be compared."""
    row = _take(actor, paper, version)
    if beside.case_of(row) is not None:
        raise HengjianError("库里已有这个案件，请直接与库里的记录核对。")
    known = items(row.dataset)
    row.typed = {key: text.strip()[:500] for key, text in values.items() if key in known and text.strip()}
    row.differences = beside.differing(row, None)
    _put(row)
    log(row, unit=row.court_id, items=sorted(row.typed), differences=row.differences)
    return row


@act("papers.paper.correct", "按文书提出纠正")
def correct(actor: Actor, paper: Paper, *, version: int) -> Correction:
    """All items taken from the document as one correction, with document, place and quotation as its ground."""
    row = _take(actor, paper, version)
    case = beside.case_of(row)
    if case is None:
        raise HengjianError("库里没有这个案号的案件，不能提出纠正；请作为新案件上传。")
    rows = beside.compared(row, case)
    changes = beside.accepted(rows)
    if not changes:
        raise HengjianError("还没有决定采用文书的项；请先逐项核对。")
    row.correction = propose(
        actor,
        row.dataset,
        case_id=str(case["case_id"]),
        court=row.court,
        department=row.department,
        changes=changes,
        reason=_ground(row, [one for one in rows if one.item.key in changes]),
        client_key=f"paper-{row.pk}-{row.version}",
    )
    row.state = Paper.State.DONE
    _put(row)
    log(row, unit=row.court_id, correction=row.correction.pk, items=sorted(changes))
    return row.correction


@act("papers.paper.enter", "按文书登记新案件")
def enter(actor: Actor, paper: Paper, *, case_id: str, version: int) -> Upload:
    """The items taken as a file of one row; its columns are confirmed like those of any upload."""
    row = _take(actor, paper, version)
    if not case_id.strip():
        raise HengjianError("请填写业务系统里的案件标识，入库时据此认出案件。")
    if beside.case_of(row) is not None:
        raise HengjianError("库里已有这个案件，请提出纠正。")
    values = beside.accepted(beside.compared(row, None))
    if not values:
        raise HengjianError("还没有决定采用文书的项；请先逐项核对。")
    data = beside.as_file(row, values, case_id.strip())
    row.upload = receive(actor, row.dataset, row.court, name=f"文书-{row.pk}.csv", data=data)
    row.state = Paper.State.DONE
    _put(row)
    log(row, unit=row.court_id, upload=row.upload.pk, items=sorted(values))
    return row.upload


def _ground(paper: Paper, rows: list[beside.Row]) -> str:
    """Document, then of each item its words and where they begin."""
    told = [
        f"{row.item.label}：“{beside.quote(paper, row.entry)[:40]}”（第 {(row.entry.start or 0) + 1} 字起）"
        for row in rows
    ]
    return f"文书核对 {paper.pk}《{paper.name[:60]}》。{'；'.join(told)}"[:500]


def _take(actor: Actor, paper: Paper, version: int) -> Paper:
    row = (
        Paper.objects.select_for_update(of=("self",))
        .select_related("dataset__installation__unit", "court", "department", "correction")
        .get(pk=paper.pk)
    )
    actor.require(Right.CASE_CORRECT, row.department or row.court)
    actor.require(Right.CASE_READ_PERSONAL, row.department or row.court)
    if row.version != version:
        raise HengjianError("这份文书在您打开之后已有人核对，请看最新的情况再办。")
    if not row.decidable:
        raise HengjianError(f"这份文书{row.get_state_display()}，不能再核对。")
    return row


def _put(row: Paper) -> None:
    row.version += 1
    row.save()
