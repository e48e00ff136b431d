"""The letter of inquiry, the demand for records, the note of an interview: as official documents."""

from __future__ import annotations

from datetime import date, datetime

from hengjian.apps.inspections import words
from hengjian.apps.inspections.acts.team import fit_members
from hengjian.apps.inspections.models import Inspection, Interview, Request
from hengjian.base.articles import ArticleRef
from hengjian.base.times import to_local
from hengjian.documents import (
    Block,
    Heading,
    Kind,
    ListBlock,
    OfficialDocument,
    Paragraph,
    Role,
    Signature,
)
from hengjian.policy import Pack


def day_of(at: datetime) -> date:
    return to_local(at).date()


def day_text(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "未规定"


def moment_text(at: datetime) -> str:
    local = to_local(at)
    return f"{day_text(local.date())}{local.hour}时{local.minute:02}分"


def basis(pack: Pack, *articles: str) -> str:
    named = "、".join(ArticleRef.parse(text).label for text in dict.fromkeys(articles))
    return f"《{pack.info.title}》{named}"


def team_text(inspection: Inspection) -> str:
    members = fit_members(inspection)
    return "、".join(f"{m.person.name}（组长）" if m.lead else m.person.name for m in members)


def request_document(request: Request, pack: Pack) -> OfficialDocument:
    """A numbered letter: what is asked, by when, under which articles; and what not to answer leads to."""
    inspection = request.inspection
    house, issued = inspection.plan.house, day_of(request.issued_at)
    power = words.term(pack, "power", request.power)
    forbidden = words.terms(pack, "forbidden_act")
    letter = request.power == "inquiry"
    asks = "请就下列事项如实答复" if letter else "请提供下列资料"
    limit = f"，并于{day_text(request.due_on)}前送达检查组" if request.due_on else ""
    blocks: list[Block] = [
        Paragraph(
            f"{house.name}正在对{inspection.court.name}进行“{inspection.plan.title}”（{inspection.label}）。"
            f"依据{basis(pack, power.article)}，{asks}{limit}。"
        ),
        Paragraph(f"事由：{request.subject}。"),
        Heading(1, "查询事项" if letter else "资料清单"),
        ListBlock(tuple(request.questions.splitlines()), ordered=True),
        Heading(1, "答复要求"),
        Paragraph("答复由部门主要负责人签署，在系统里登记；提供的资料收存为证据，出具校验值。"),
    ]
    if request.due_on is None:
        blocks.append(Paragraph("答复期限：未规定。"))
    if forbidden:
        acts = "、".join(term.label for term in forbidden)
        blocks.append(
            Paragraph(f"依据{basis(pack, forbidden[0].article)}，不得有下列行为：{acts}。有的将登记在案。")
        )
    blocks.append(Paragraph(f"检查人员：{team_text(inspection)}"))
    name = "检查查询书" if letter else "调取资料通知书"
    return OfficialDocument(
        kind=Kind.INQUIRY,
        masthead=(house.name,),
        number=f"〔{request.year}〕{'查' if letter else '调'}{request.number}号",
        title=name,
        addressee=f"{inspection.court.name}{request.unit.name}"
        if request.unit_id != inspection.court_id
        else inspection.court.name,
        blocks=tuple(blocks),
        signatures=(Signature(house.name, issued),),
        issued_on=issued,
        author=house.name,
        keywords=("检查", request.subject),
    )


def interview_document(interview: Interview, pack: Pack) -> OfficialDocument:
    """The note with time, place, who asked; what was corrected; room to sign, or why nobody did."""
    inspection = interview.inspection
    house = inspection.plan.house
    askers = "、".join(person.name for person in interview.askers.order_by("pk"))
    article = words.term(pack, "power", "question").article
    lines = (
        f"时间：{moment_text(interview.began_at)}至{moment_text(interview.ended_at)}",
        f"地点：{interview.place}",
        f"询问人：{askers}　　记录人：{interview.recorded_by or '系统'}",
        f"被询问人：{interview.name}",
    )
    blocks: list[Block] = [Paragraph(line, Role.FLUSH) for line in lines]
    blocks.append(Paragraph(f"依据{basis(pack, article)}询问，并已告知如实回答的义务。"))
    blocks += [Paragraph(line) for line in interview.text.splitlines() if line.strip()]
    if interview.corrections:
        blocks.append(Heading(1, "更正和补充", numbered=False))
        blocks += [Paragraph(line) for line in interview.corrections.splitlines() if line.strip()]
    if interview.read_at:
        blocks.append(Paragraph(f"以上笔录已于{moment_text(interview.read_at)}向本人宣读或者由本人阅看。"))
    blocks.append(Paragraph(f"签名：{_signature(interview)}", Role.FLUSH))
    blocks.append(Paragraph("询问人签名：＿＿＿＿＿＿　　＿＿＿＿＿＿", Role.FLUSH))
    return OfficialDocument(
        kind=Kind.INQUIRY,
        masthead=(house.name,),
        number=inspection.label,
        title="询问笔录",
        blocks=tuple(blocks),
        issued_on=day_of(interview.began_at),
        author=house.name,
    )


def _signature(interview: Interview) -> str:
    if interview.state == Interview.State.SIGNED and interview.signed_at:
        return f"{interview.name}（{interview.signed_how}，{moment_text(interview.signed_at)}）"
    if interview.state == Interview.State.UNSIGNED:
        return f"被询问人拒绝签名：{interview.signed_how}"
    return "＿＿＿＿＿＿＿＿（尚未签名）"
