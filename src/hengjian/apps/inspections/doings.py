"""Everything one can do here, once: pages draw buttons and forms from it, the API its operations.

A doing names the act, the form that feeds it, and when it is offered; rights and states the act checks again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from hengjian.apps.inspections import access, forms, states, words
from hengjian.apps.inspections.acts import (
    evidence,
    findings,
    intent,
    interviews,
    plan,
    practice,
    records,
    rectify,
    report,
    requests,
    team,
)
from hengjian.apps.inspections.care.doings import CARE
from hengjian.apps.inspections.doing import Data, Doing, Thing, no_version
from hengjian.apps.inspections.models import (
    AccessGrant,
    Evidence,
    Finding,
    Inspection,
    Interview,
    Spread,
    TeamMember,
)
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right


def offered(actor: Actor, key: str, subject: Any) -> list[Doing]:
    return [doing for doing in THINGS[key].doings if doing.may(actor, subject)]


# who may, as far as a button is concerned


def _runs(verb: str) -> Callable[[Actor, Inspection], bool]:
    return lambda actor, row: states.can(row, verb) and access.manages(actor, row.plan)


def _works(verb: str) -> Callable[[Actor, Inspection], bool]:
    return lambda actor, row: states.can(row, verb) and access.membership(actor, row) is not None


def _either(verb: str) -> Callable[[Actor, Inspection], bool]:
    return lambda actor, row: _runs(verb)(actor, row) or _works(verb)(actor, row)


def _named(actor: Actor, row: Inspection) -> TeamMember | None:
    return row.team.filter(person=actor.person, removed_at=None).first() if actor.person else None


def _may_declare(actor: Actor, row: Inspection) -> bool:
    member = _named(actor, row)
    return states.can(row, "declare") and member is not None and member.declared_at is None


def _may_order(actor: Actor, row: Inspection) -> bool:
    """Once nothing is missing; until then the page says what is."""
    if not _runs("order")(actor, row):
        return False
    return not team.missing_for_order(row, words.pack_for_inspection(row, actor.at), actor)


def _may_arrive(actor: Actor, row: Inspection) -> bool:
    member = access.membership(actor, row)
    return states.can(row, "arrive") and member is not None and member.arrived_at is None


def _team(actor: Actor, row: Any) -> bool:
    return access.membership(actor, row.inspection) is not None


def _answers(actor: Actor, row: Any) -> bool:
    return row.unit_id in access.answering_units(actor)


def _may_view(actor: Actor, row: Finding) -> bool:
    waits = row.intent == Finding.Intent.VIEWS and states.can(row.inspection, "intent")
    return waits and _team(actor, row) and not row.views.filter(person=actor.person).exists()


def _may_rectify(actor: Actor, row: Finding) -> bool:
    return _runs("rectify")(actor, row.inspection) and not rectify.under_way(row)


def _person(actor: Actor, row: Any) -> bool:
    return actor.person is not None and row.person_id == actor.person.pk


def _vault(actor: Actor, row: Evidence) -> bool:
    return _team(actor, row) or access.manages(actor, row.inspection.plan)


def _receives(actor: Actor, row: Spread) -> bool:
    own = {grant.unit_id for grant in actor.grants if Right.INSPECT_MANAGE in grant.rights}
    return row.read_at is None and row.court_id in own


def _texts(kind: type, data: Data) -> Any:
    names = kind.__dataclass_fields__  # type: ignore[attr-defined]
    return kind(**{name: data[name] for name in names if data.get(name) not in (None, "")})


def _store(actor: Actor, row: Inspection, data: Data) -> Evidence:
    file = data.pop("file")
    text = _texts(evidence.EvidenceText, data)
    return evidence.store(actor, row, text=text, content=file, client_key=data["client_key"])


INSPECTION = Thing(
    "inspection",
    access.visible_inspections,
    lambda row: reverse("inspections:inspection", args=[row.pk]),
    (
        Doing("scope", "确定范围", forms.ScopeForm, lambda a, s, d: plan.set_scope(a, s, **d), _runs("scope")),
        Doing("name", "指派检查人员", forms.MemberForm, lambda a, s, d: team.name_member(a, s, **d), _runs("name"),
              "已指派，等本人声明有没有应当回避的情形。"),
        Doing("declare", "声明回避情形", forms.DeclareForm,
              lambda a, s, d: team.declare(a, s, conflict=d["conflict"]), _may_declare, "已声明。", primary=True),
        Doing("order", "下达检查", forms.OrderForm, lambda a, s, d: team.order(a, s, **d), _may_order,
              "已下达，检查人员可以到场。", primary=True),
        Doing("arrive", "到场签到", forms.Nothing, lambda a, s, d: team.arrive(a, s), _may_arrive, "已签到。", primary=True),
        Doing("check", "填写检查内容", forms.HeadForm, lambda a, s, d: findings.check_head(a, s, **no_version(d)),
              _works("check")),
        Doing("request", "发检查查询书或者调取资料", forms.RequestForm,
              lambda a, s, d: requests.issue(a, s, unit=d["unit"], text=_texts(requests.RequestText, d),
                                             client_key=d["client_key"]),
              _works("request"), "已签发，编号已定。"),
        Doing("interview", "登记询问笔录", forms.InterviewForm,
              lambda a, s, d: interviews.record(a, s, text=_texts(interviews.InterviewText, d), askers=list(d["askers"])),
              _works("interview"), "已登记，请宣读核对后签名。"),
        Doing("evidence", "收存证据", forms.EvidenceForm, _store, _works("evidence"), "已收存，校验值已算出。"),
        Doing("freeze", "冻结记录", forms.FreezeForm, lambda a, s, d: records.freeze(a, s, **no_version(d)),
              _works("freeze"), "已冻结。"),
        Doing("refusal", "登记不配合的行为", forms.RefusalForm,
              lambda a, s, d: requests.record_refusal(a, s, **no_version(d)), _works("refusal"), "已登记。"),
        Doing("find", "登记问题", forms.FindingForm,
              lambda a, s, d: findings.record(a, s, unit=d["unit"], text=_texts(findings.FindingText, d),
                                              person=d["person"], evidence=list(d["evidence"]), copies=list(d["copies"])),
              _works("find"), "已登记。"),
        Doing("practice", "登记好的做法", forms.PracticeForm, lambda a, s, d: practice.record(a, s, **no_version(d)),
              _either("praise"), "已登记。"),
        Doing("hand", "送交被检查方答复", forms.Nothing, lambda a, s, d: findings.hand(a, s, **d), _works("hand"),
              "已送交，等各部门和有关人员答复。", primary=True),
        Doing("resume", "补充检查", forms.ReasonForm, lambda a, s, d: findings.resume(a, s, **d), _works("resume"),
              "已恢复检查。"),
        Doing("report", "提交报告", forms.ReportForm, lambda a, s, d: report.submit(a, s, **d), _works("report"),
              "已提交，等检查人员签署。", primary=True),
        Doing("verify", "核验全部证据", forms.Nothing, lambda a, s, d: evidence.verify(a, s),
              lambda a, s: s.evidence.exists() and (access.membership(a, s) is not None or access.manages(a, s.plan)),
              "已核验，结果见各件证据的保管链。"),
        Doing("close", "办结", forms.NoteForm, lambda a, s, d: report.close(a, s, **d), _runs("close"), "已办结。"),
        Doing("cancel", "取消", forms.ReasonForm, lambda a, s, d: plan.cancel(a, s, **d), _runs("cancel"),
              "已取消。", danger=True),
    ),
)  # fmt: skip


def _of_inspection(row: Any) -> str:
    return reverse("inspections:inspection", args=[row.inspection.pk])


MEMBER = Thing(
    "member",
    lambda actor: TeamMember.objects.filter(inspection__in=access.inside(actor)).select_related(
        "inspection__plan", "person"
    ),
    _of_inspection,
    (
        Doing("grant", "授权查阅", forms.GrantForm, lambda a, s, d: team.grant_access(a, s, **d),
              lambda a, s: s.fit and _runs("grant")(a, s.inspection), "已授权。"),
        Doing("remove", "退出", forms.ReasonForm, lambda a, s, d: team.remove_member(a, s, **d),
              lambda a, s: s.removed_at is None and _runs("remove")(a, s.inspection), "已退出，查阅授权已收回。", danger=True),
    ),
)  # fmt: skip
GRANT = Thing(
    "grant",
    lambda actor: AccessGrant.objects.filter(member__inspection__in=access.inside(actor)).select_related(
        "member__inspection__plan"
    ),
    lambda row: _of_inspection(row.member),
    (
        Doing("revoke", "收回", forms.ReasonForm, lambda a, s, d: team.revoke_access(a, s, **d),
              lambda a, s: s.revoked_at is None and s.ends_at > a.at and access.manages(a, s.member.inspection.plan),
              "已收回。", danger=True),
    ),
)  # fmt: skip
REQUEST = Thing(
    "request",
    access.visible_requests,
    lambda row: reverse("inspections:request", args=[row.pk]),
    (
        Doing("answer", "答复", forms.AnswerForm,
              lambda a, s, d: requests.answer(a, s, version=d.get("version"), text=d["text"], file=d.get("file"),
                                              client_key=d.get("client_key", "")),
              lambda a, s: s.state in ("issued", "answered", "partly", "refused") and _answers(a, s), "已答复。", primary=True),
        Doing("assess", "核对答复", forms.AssessForm, lambda a, s, d: requests.assess(a, s, **d),
              lambda a, s: s.state != "withdrawn" and s.state != "full" and _team(a, s), "已核对。", primary=True),
        Doing("withdraw", "撤回", forms.ReasonForm, lambda a, s, d: requests.withdraw(a, s, **d),
              lambda a, s: s.state == "issued" and _team(a, s), "已撤回，编号保留。", danger=True),
    ),
)  # fmt: skip
REFUSAL = Thing(
    "refusal",
    access.visible_refusals,
    lambda row: reverse("inspections:refusals"),
    (
        Doing("explain", "作说明", forms.ExplainForm, lambda a, s, d: requests.explain(a, s, **d),
              lambda a, s: s.said_at is None and _answers(a, s), "已说明。"),
    ),
)  # fmt: skip


def visible_interviews(actor: Actor) -> QuerySet[Interview]:
    """The team and those who run the inspection; the person his own once it was read back to him."""
    rows = Interview.objects.select_related("inspection__plan__house", "person", "recorded_by")
    inside = rows.filter(inspection__in=access.inside(actor))
    if actor.person is None:
        return inside
    own = rows.filter(person=actor.person).exclude(state=Interview.State.DRAFT)
    return rows.filter(pk__in=inside.values("pk")) | rows.filter(pk__in=own.values("pk"))


INTERVIEW = Thing(
    "interview",
    visible_interviews,
    lambda row: reverse("inspections:interview", args=[row.pk]),
    (
        Doing("read", "已宣读核对", forms.ReadBackForm, lambda a, s, d: interviews.read_back(a, s, **d),
              lambda a, s: s.state == "draft" and _team(a, s), "已核对，可以签名。", primary=True),
        Doing("sign", "签名", forms.SignForm, lambda a, s, d: interviews.sign(a, s, **d),
              lambda a, s: s.state == "read" and (_team(a, s) or _person(a, s)), "已签名。", primary=True),
        Doing("unsigned", "登记拒绝签名", forms.ReasonForm, lambda a, s, d: interviews.refuse_signature(a, s, **d),
              lambda a, s: s.state == "read" and _team(a, s), "已登记。"),
    ),
)  # fmt: skip
EVIDENCE = Thing(
    "evidence",
    access.visible_evidence,
    lambda row: reverse("inspections:evidence", args=[row.pk]),
    (
        Doing("move", "移交", forms.MoveForm, lambda a, s, d: evidence.hand_over(a, s, **d), _vault, "已登记移交。"),
        Doing("seal", "封存", forms.NoteForm, lambda a, s, d: evidence.seal(a, s, **d),
              lambda a, s: s.sealed_at is None and _vault(a, s), "已封存。"),
    ),
)  # fmt: skip
FINDING = Thing(
    "finding",
    access.visible_findings,
    lambda row: reverse("inspections:finding", args=[row.pk]),
    (
        Doing("view", "作出我的认定", forms.ViewForm, lambda a, s, d: intent.give_view(a, s, **d), _may_view,
              "已认定，不能更改。", primary=True),
        Doing("reply", "代表部门答复", forms.ReplyForm, lambda a, s, d: findings.reply(a, s, **d),
              lambda a, s: s.state != "draft" and s.inspection.state == "replying" and _answers(a, s), "已答复。",
              primary=True),
        Doing("personal", "就认定答复", forms.ReplyForm, lambda a, s, d: intent.personal_reply(a, s, **d),
              lambda a, s: s.intent == "reply" and s.state != "draft" and _person(a, s), "已答复，等上级确认。", primary=True),
        Doing("silent", "登记本人不答复", forms.SilenceForm, lambda a, s, d: intent.record_silence(a, s, **d),
              lambda a, s: s.intent == "reply" and s.state != "draft" and _team(a, s), "已登记，等上级确认。"),
        Doing("rectify", "提出改进意见", forms.RectifyForm, lambda a, s, d: rectify.order(a, s, **d),
              _may_rectify, "已提出，责任部门已收到。", primary=True),
    ),
)  # fmt: skip
RECTIFICATION = Thing(
    "rectification",
    access.visible_rectifications,
    lambda row: reverse("inspections:rectification", args=[row.pk]),
    (
        Doing("extend", "延长期限", forms.ExtendForm, lambda a, s, d: rectify.extend(a, s, **d),
              lambda a, s: bool(s.due_on) and s.state in ("open", "handed") and access.manages(a, s.finding.inspection.plan),
              "已延长。"),
        Doing("recheck", "复查", forms.RecheckForm, lambda a, s, d: rectify.recheck(a, s, **d),
              lambda a, s: s.state == "accepted" and (_team(a, s.finding) or access.manages(a, s.finding.inspection.plan)),
              "已登记复查。"),
    ),
)  # fmt: skip
PRACTICE = Thing(
    "practice",
    access.visible_practices,
    lambda row: reverse("inspections:practices"),
    (
        Doing("spread", "推广", forms.SpreadForm, lambda a, s, d: practice.spread(a, s, courts=list(d["courts"])),
              lambda a, s: access.manages(a, s.inspection.plan), "已推广，等各法院签收。"),
    ),
)  # fmt: skip
SPREAD = Thing(
    "spread",
    lambda actor: Spread.objects.filter(practice__in=access.visible_practices(actor)).select_related(
        "practice__inspection__plan", "court"
    ),
    lambda row: reverse("inspections:practices"),
    (
        Doing("acknowledge", "签收", forms.NoteForm, lambda a, s, d: practice.acknowledge(a, s, **d), _receives, "已签收。"),
    ),
)  # fmt: skip

THINGS: dict[str, Thing] = {
    thing.key: thing
    for thing in (
        INSPECTION, MEMBER, GRANT, REQUEST, REFUSAL, INTERVIEW, EVIDENCE, FINDING, RECTIFICATION, PRACTICE, SPREAD, *CARE,
    )
}  # fmt: skip
