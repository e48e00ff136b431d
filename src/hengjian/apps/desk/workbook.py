"""Lists of the desk as workbooks."""

from __future__ import annotations

from collections.abc import Iterable

from hengjian.apps.desk.checklist import Line
from hengjian.apps.desk.models import Skill, System, Ticket
from hengjian.apps.desk.queries import waited, words
from hengjian.apps.desk.skills import Board
from hengjian.apps.indicators.who import Scene
from hengjian.base.times import to_local
from hengjian.documents.sheets import SheetColumn, Worksheet, write_xlsx

TICKETS = ("编号", "标题", "事项", "来源", "渠道", "提出时间", "办理单位", "状态", "用时", "答复", "满意度")
CHECKLIST = ("牵头部门", "事项", "条线", "日期", "做了什么", "佐证", "登记人")
SYSTEMS = ("系统", "阶段", "牵头部门", "日期", "进展", "依据和说明")


def tickets_workbook(scene: Scene, tickets: Iterable[Ticket]) -> bytes:
    """Without names and contacts of those who asked."""
    kinds, origins = words(scene, "ticket_kind"), words(scene, "ticket_origin")
    rows = tuple(
        (
            t.number, t.title, kinds.get(t.kind, t.kind), origins.get(t.origin, t.origin),
            t.get_channel_display(), f"{to_local(t.raised_at):%Y-%m-%d %H:%M}", str(t.handler or ""),
            t.get_state_display(), waited(t, scene.actor.at), t.answer, t.stars,
        )
        for t in tickets
    )  # fmt: skip
    return _book("问题单", TICKETS, rows)


def checklist_workbook(year: int, lines: Iterable[Line]) -> bytes:
    """A row for each entry, and one for each line without any."""
    rows: list[tuple[object, ...]] = []
    for line in lines:
        head = (line.lead, line.title, line.side)
        done = [(e.happened_on, e.text, e.file_name, str(e.recorded_by or "系统")) for e in line.done]
        rows += [(*head, *entry) for entry in done] or [(*head, None, "还没有登记", "", "")]
    return _book(f"{year}年清单", CHECKLIST, rows)


def systems_workbook(systems: Iterable[System]) -> bytes:
    rows = [
        (
            s.name,
            s.get_stage_display(),
            str(s.lead or ""),
            step.happened_on,
            step.get_stage_display(),
            step.note,
        )
        for s in systems
        for step in s.steps.all()
    ]
    return _book("系统登记", SYSTEMS, rows)


def _book(title: str, heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> bytes:
    columns = tuple(SheetColumn(head) for head in heads)
    return write_xlsx([Worksheet(title, columns, tuple(rows))])  # type: ignore[arg-type]


def skills_workbook(boards: Iterable[Board]) -> bytes:
    rows = [
        (str(b.unit), person.name, system, *_skill(skill))
        for b in boards
        for person, found in b.rows
        for system, skill in found
    ]
    return _book("熟练应用登记", ("单位", "姓名", "系统", "方式", "日期", "依据"), rows)


def _skill(skill: Skill | None) -> tuple[object, ...]:
    if skill is None:
        return ("还没有登记", None, "")
    return (skill.get_way_display(), skill.happened_on, skill.note)
