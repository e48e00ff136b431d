"""The figures of the yearly examination: what was found in each court below, put right, and done of its duties."""

from __future__ import annotations

from datetime import date
from typing import Any

from hengjian.apps.inspections import words
from hengjian.apps.inspections.care import lines
from hengjian.apps.inspections.models import (
    ExamNotice,
    Finding,
    Inspection,
    Practice,
    Rectification,
    Refusal,
)
from hengjian.apps.inspections.paper.letters import basis, day_of
from hengjian.apps.org.models import Unit
from hengjian.base.times import start_of_day, to_instant
from hengjian.documents import (
    Block,
    Column,
    Format,
    Heading,
    Imprint,
    Kind,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)
from hengjian.policy import Pack

CLAUSE = "notices/inspection"
REPORTED = (Inspection.State.REPORTED, Inspection.State.CLOSED)


def rows_of(house: Unit, pack: Pack, year: int, today: date) -> list[dict[str, Any]]:
    """A row for each court directly below; only inspections whose report was signed in the year count."""
    first, end = lines.year_of(year)
    since, until = to_instant(start_of_day(first)), to_instant(start_of_day(end))
    found = []
    for court in lines.courts_directly_below(house, today):
        reports = Inspection.objects.filter(
            court=court, state__in=REPORTED, reported_at__gte=since, reported_at__lt=until
        )
        problems = Finding.objects.filter(inspection__in=reports)
        work = Rectification.objects.filter(finding__in=problems).exclude(state="cancelled")
        duties = lines.with_records(court, lines.lines_for(court, pack, today), first, end)
        found.append(
            {
                "court": court.name,
                "inspections": reports.count(),
                "problems": problems.count(),
                "heads": _heads(problems, pack),
                "intent": problems.filter(intent=Finding.Intent.ESTABLISHED).count(),
                "refusals": Refusal.objects.filter(inspection__in=reports).count(),
                "ordered": work.count(),
                "accepted": work.filter(state=Rectification.State.ACCEPTED).count(),
                "late": sum(_late(one, today) for one in work),
                "duties": len(duties),
                "done": sum(bool(line.done) for line in duties),
            }
        )
    return found


def _heads(problems: Any, pack: Pack) -> str:
    counts: dict[str, int] = {}
    for head in problems.values_list("head", flat=True):
        label = words.label(pack, "inspection_head", head)
        counts[label] = counts.get(label, 0) + 1
    return "、".join(f"{label}{number}" for label, number in counts.items())


def _late(work: Rectification, today: date) -> bool:
    """Only under a limit that was set."""
    if work.due_on is None:
        return False
    done = day_of(work.done_at) if work.done_at else today
    return done > work.due_on


def practices_of(house: Unit, year: int) -> list[str]:
    rows = Practice.objects.filter(inspection__plan__house=house, inspection__year=year)
    return [f"{row.inspection.court.name}：{row.title}" for row in rows.select_related("inspection__court")]


def exam_document(notice: ExamNotice, pack: Pack) -> OfficialDocument:
    """The notice; a draft says so in place of its number."""
    clause = pack.clause(CLAUSE)
    day = day_of(notice.issued_at or notice.made_at)
    blocks: list[Block] = [
        Paragraph(f"依据{basis(pack, *clause.articles)}，现将{notice.year}年检查考核情况通报如下。"),
        Heading(1, "总体情况"),
        *(Paragraph(line) for line in notice.text.splitlines() if line.strip()),
        Heading(1, "检查发现的问题"),
        _table(
            notice,
            [("法院", "court", 7), ("检查", "inspections", 2.5), ("问题", "problems", 2.5), ("分布", "heads", 8),
             ("认定故意", "intent", 3), ("不配合", "refusals", 3)],
        ),
        Heading(1, "整改情况"),
        _table(notice, [("法院", "court", 8), ("提出", "ordered", 4), ("验收", "accepted", 4), ("逾期", "late", 4)]),
        Heading(1, "职责清单完成情况"),
        _table(notice, [("法院", "court", 8), ("应办", "duties", 4), ("有佐证", "done", 4)]),
    ]  # fmt: skip
    for title, text in (("成绩突出的单位", notice.units), ("成绩突出的个人", notice.persons)):
        if text:
            blocks += [Heading(1, title), Paragraph(text)]
    if notice.practices:
        blocks += [Heading(1, "值得推广的做法"), *(Paragraph(f"{one}。") for one in notice.practices)]
    courts = "、".join(str(row["court"]) for row in notice.rows)
    return OfficialDocument(
        kind=Kind.NOTICE,
        masthead=(notice.house.name,),
        number=f"〔{notice.year}〕通{notice.number}号" if notice.number else "（送审稿）",
        title=f"{notice.house.name}{notice.year}年案件信息检查考核通报",
        addressee=f"{courts}，本院各部门" if courts else "本院各部门",
        blocks=tuple(blocks),
        signatures=(Signature(notice.house.name, day),),
        imprint=Imprint((), notice.house.name, day),
        issued_on=day,
        author=notice.house.name,
    )


def _table(notice: ExamNotice, columns: list[tuple[str, str, float]]) -> Table:
    heads = tuple(
        Column(title, Format.TEXT if key in ("court", "heads") else Format.INTEGER, width=width)
        for title, key, width in columns
    )
    return Table(heads, tuple(tuple(row[key] for _, key, _ in columns) for row in notice.rows))
