"""The inspection report: who is responsible, what was looked at, found, answered, ordered, praised."""

from __future__ import annotations

from hengjian.apps.approvals import running
from hengjian.apps.inspections import words
from hengjian.apps.inspections.models import Finding, HeadCheck, Inspection, Rectification
from hengjian.apps.inspections.paper.letters import basis, day_of, day_text, team_text
from hengjian.apps.inspections.responsible import responsible_lines
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


def report_document(inspection: Inspection, pack: Pack) -> OfficialDocument:
    """Drafted before it is signed; says so until then."""
    house = inspection.plan.house
    mode = words.label(pack, "inspection_mode", inspection.plan.mode)
    at = inspection.reported_at or inspection.replied_at or inspection.begun_at or inspection.plan.made_at
    blocks: list[Block] = [
        Paragraph(_opening(inspection, pack, mode)),
        Heading(1, "第一责任人"),
        *(Paragraph(line) for line in responsible_lines(inspection, pack, at)),
        Heading(1, "检查内容和结果"),
        _heads(inspection, pack),
        Heading(1, "发现的问题"),
        *_findings(inspection, pack),
    ]
    blocks += _rectifications(inspection)
    blocks += _refusals(inspection, pack)
    blocks += _practices(inspection)
    if inspection.summary:
        blocks.append(Heading(1, "检查情况和处理"))
        blocks += [Paragraph(line) for line in inspection.summary.splitlines() if line.strip()]
    outcomes = [words.label(pack, "inspection_outcome", key) for key in inspection.outcomes]
    if outcomes:
        blocks.append(Paragraph(f"处理：{'、'.join(outcomes)}。"))
    blocks.append(Paragraph(_signed(inspection)))
    return OfficialDocument(
        kind=Kind.DOCUMENT,
        masthead=(house.name,),
        number=inspection.label,
        title=f"关于{_named(inspection)}的报告",
        addressee=inspection.court.name,
        blocks=tuple(blocks),
        signatures=(Signature(house.name, day_of(at)),),
        imprint=Imprint((), house.name, day_of(at)),
        issued_on=day_of(at),
        author=house.name,
    )


def _named(inspection: Inspection) -> str:
    """The court once, by its full name, whatever the plan calls it; and that it was an inspection, once."""
    court, title = inspection.court, inspection.plan.title
    for name in filter(None, (court.name, court.short_name)):
        title = title.replace(name, "")
    said = title.strip(" ：:，,、（）()") or "检查"
    return f"{court.name}{said}{'' if '查' in said else '检查'}"


def _opening(inspection: Inspection, pack: Pack, mode: str) -> str:
    units = "、".join(unit.name for unit in inspection.units.order_by("position", "pk"))
    when = f"自{day_text(day_of(inspection.begun_at))}起，" if inspection.begun_at else ""
    said = f"依据{basis(pack, *pack.clause(words.FLOW).articles)}，{inspection.plan.house.name}以{mode}的方式，{when}"
    said += f"对{inspection.court.name}的{units}进行检查。检查人员：{team_text(inspection)}。"
    if inspection.sample or inspection.cases:
        drawn = f"抽查样本 {inspection.sample}" if inspection.sample else ""
        said += f"案件范围：{drawn or inspection.cases.splitlines()[0]}。"
    if inspection.plan.drawn:
        said += f"被检查法院按种子“{inspection.plan.seed}”从{len(inspection.plan.population)}个法院里抽取，可以重现。"
    return said


def _heads(inspection: Inspection, pack: Pack) -> Table:
    checks = {check.head: check for check in inspection.heads.all()}
    rows = []
    for n, term in enumerate(words.terms(pack, "inspection_head"), 1):
        check = checks.get(term.key)
        result = HeadCheck.Result(check.result).label if check else "未填写"
        count = inspection.findings.filter(head=term.key).count()
        rows.append((n, term.label, result, count, check.note if check else ""))
    columns = (
        Column("序号", Format.INTEGER, width=2),
        Column("检查内容", width=6),
        Column("结果", width=4),
        Column("问题", Format.INTEGER, width=2),
        Column("说明", width=10),
    )
    return Table(columns, tuple(rows))


def _findings(inspection: Inspection, pack: Pack) -> list[Block]:
    found = list(
        inspection.findings.select_related("unit", "person").prefetch_related("replies", "evidence", "copies")
    )
    if not found:
        return [Paragraph("未发现问题。")]
    blocks: list[Block] = []
    for finding in found:
        blocks.append(Heading(2, f"{finding.title}（{finding.unit}）"))
        blocks.append(Paragraph(finding.text))
        blocks.append(Paragraph(f"原因：{cause_text(finding, pack)}。依据：{_grounds(finding)}。"))
        for reply in finding.replies.all():
            who = "本人" if reply.personal else str(finding.unit)
            blocks.append(Paragraph(f"{who}答复（{'承认' if reply.accepts else '有异议'}）：{reply.text}"))
        if not finding.replies.all():
            blocks.append(Paragraph(f"{finding.unit}没有答复。"))
    return blocks


def cause_text(finding: Finding, pack: Pack) -> str:
    """What was established; what is only alleged is never printed as a cause."""
    if finding.cause:
        said = words.label(pack, "cause", finding.cause)
        return said + ("（经认定）" if finding.intent == Finding.Intent.ESTABLISHED else "")
    if finding.intent == Finding.Intent.NOT_ESTABLISHED:
        return "未认定故意"
    return "正在认定" if finding.intent else "正文未列原因"


def _grounds(finding: Finding) -> str:
    named = [str(one) for one in finding.evidence.all()]
    named += [f"冻结记录“{one.title}”" for one in finding.copies.all()]
    return "、".join(named) or "无"


def _rectifications(inspection: Inspection) -> list[Block]:
    rows = Rectification.objects.filter(finding__inspection=inspection).select_related("finding", "unit")
    if not rows:
        return []
    columns = (
        Column("问题", width=7),
        Column("责任部门", width=4),
        Column("改进意见", width=9),
        Column("期限", width=5),
    )
    table = tuple((r.finding.title, str(r.unit), r.opinion, day_text(r.due_on)) for r in rows)
    return [Heading(1, "改进意见和整改期限"), Table(columns, table)]


def _refusals(inspection: Inspection, pack: Pack) -> list[Block]:
    rows = inspection.refusals.select_related("unit").order_by("at")
    if not rows:
        return []
    said = [
        Paragraph(
            f"{row.unit}：{words.label(pack, 'forbidden_act', row.kind)}。{row.text}"
            + (f" 该部门说明：{row.said}" if row.said else "")
        )
        for row in rows
    ]
    return [Heading(1, "不配合检查的情况"), *said]


def _practices(inspection: Inspection) -> list[Block]:
    rows = inspection.practices.select_related("unit").order_by("at")
    if not rows:
        return []
    return [
        Heading(1, "值得推广的做法"),
        *(Paragraph(f"{row.unit}：{row.title}。{row.text}") for row in rows),
    ]


def _signed(inspection: Inspection) -> str:
    course = running.current(inspection)
    names = []
    if course is not None:
        for step in running.steps_of(course):
            names += [s.person.name for s in step.signatures.all() if s.agrees and s.person]
    if inspection.reported_at and names:
        return f"检查人员签署：{'、'.join(names)}。"
    return "（草稿：检查人员尚未签署。）"
