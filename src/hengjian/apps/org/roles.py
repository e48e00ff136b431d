"""Product roles and the rights each carries. A pack maps its own actors to these keys; nobody has a right but by a post."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """What an act asks for. The value is stable: it stands in the audit log and in the matrix of tests."""

    ITEM_WRITE = "item.write"
    ITEM_FILE = "item.file"  # hand an item of the unit over to review or to the office
    ITEM_READ_UNIT = "item.read_unit"
    ITEM_READ_ALL = "item.read_all"
    ITEM_READ_RESTRICTED = "item.read_restricted"  # 专报 and other items that never reach the intranet
    ITEM_EDIT = "item.edit"  # receive, edit and retype what departments filed
    REVIEW_UNIT = "review.unit"
    REVIEW_LEADER = "review.leader"
    REVIEW_PRESIDENT = "review.president"
    EMERGENCY_REPORT = "emergency.report"
    EMERGENCY_RECEIVE = "emergency.receive"
    EDITION_MANAGE = "edition.manage"
    FACT_RECORD = "fact.record"
    FAULT_PROPOSE = "fault.propose"
    FAULT_DECIDE = "fault.decide"
    SHARE_WRITE = "share.write"
    SHARE_SIGN = "share.sign"
    POINTS_READ_ALL = "points.read_all"
    POINTS_POST = "points.post"
    NOTICE_PREPARE = "notice.prepare"
    NOTICE_APPROVE = "notice.approve"  # see drafts; whose turn it is to sign, the flow clause says
    APPEAL_FILE = "appeal.file"
    APPEAL_DECIDE = "appeal.decide"
    WHATIF_RUN = "whatif.run"
    REGISTER_MANAGE = "register.manage"
    REGS_MANAGE = "regs.manage"  # install a pack, decide a reading
    ORG_MANAGE = "org.manage"
    ACCOUNT_MANAGE = "account.manage"
    POST_GRANT = "post.grant"
    AUDIT_READ = "audit.read"
    PHONE_READ = "phone.read"
    MAIL_MANAGE = "mail.manage"
    KPI_READ_UNIT = "kpi.read_unit"
    KPI_READ_ALL = "kpi.read_all"
    KPI_REPORT = "kpi.report"  # figures of the own unit; as a lead, of all units of its indicators
    KPI_EXPLAIN = "kpi.explain"  # as head of the own unit
    KPI_MANAGE = "kpi.manage"  # figures of all, benchmarks, targets decided, notices, review of explanations
    DESK_HANDLE = "desk.handle"  # answer the tickets routed to the own unit
    DESK_MANAGE = "desk.manage"  # route tickets, meetings and minutes, registry of systems
    RELEASE_PREPARE = (
        "release.prepare"  # figures of the own court: releases, lists, restatements, data supplied
    )
    RELEASE_TRACE = "release.trace"  # who was given a file
    INSPECT_READ = "inspect.read"  # inspections of the courts reached, and what they led to
    INSPECT_MANAGE = (
        "inspect.manage"  # plan and order inspections, set limits, commend, give the yearly notice
    )
    INSPECT_WORK = "inspect.work"  # as member of a team
    INSPECT_ANSWER = "inspect.answer"  # answer for the own unit when it is inspected
    CASE_READ = "case.read"  # see cases, findings and uploads of the units reached
    CASE_READ_PERSONAL = "case.read_personal"  # see names, numbers and addresses unmasked
    CASE_UPLOAD = "case.upload"
    CASE_CORRECT = "case.correct"
    CASE_BUNDLE = "case.bundle"  # draw up the weekly report of what the checks found
    CASE_JUDGE = "case.judge"  # say whether a finding is an error, for courts below
    CASE_VERIFY = "case.verify"
    CASE_RULES = "case.rules"  # write a rule; another person puts it in force
    CASE_RUN = "case.run"
    CASE_SAMPLE = "case.sample"
    CASE_REPORT = "case.report"
    TICKET_SOLVE = "ticket.solve"
    STATS_READ = "stats.read"  # figures of the own court; at the topmost court, of all
    STATS_SUPPLY = "stats.supply"  # figures of the own department, to the statistics office
    STATS_MANAGE = "stats.manage"  # the statistics office of a court: reports, surveys, analyses, cards


@dataclass(frozen=True, slots=True)
class Role:
    key: str
    label: str
    rights: frozenset[Right]
    subtree: bool = False  # offered as default when a post with this role is made
    administrator: bool = False  # 三员: must be separate people


def _role(key: str, label: str, *rights: Right, subtree: bool = False, administrator: bool = False) -> Role:
    return Role(key, label, frozenset(rights), subtree, administrator)


_READER = (Right.ITEM_READ_ALL, Right.POINTS_READ_ALL, Right.KPI_READ_ALL)
_OWN_CASES = (Right.CASE_READ, Right.CASE_READ_PERSONAL, Right.CASE_CORRECT, Right.STATS_SUPPLY)

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        _role(
            "staff",
            "干警",
            Right.ITEM_WRITE,
            Right.ITEM_READ_UNIT,
            Right.EMERGENCY_REPORT,
            Right.KPI_READ_UNIT,
            *_OWN_CASES,
        ),
        _role(
            "liaison",
            "信息员",
            Right.ITEM_WRITE,
            Right.ITEM_FILE,
            Right.ITEM_READ_UNIT,
            Right.EMERGENCY_REPORT,
            Right.SHARE_WRITE,
            Right.APPEAL_FILE,
            Right.KPI_READ_UNIT,
            Right.KPI_REPORT,
            Right.DESK_HANDLE,
        ),
        _role(
            "dept_head",
            "部门负责人",
            *_OWN_CASES,
            Right.ITEM_WRITE,
            Right.ITEM_FILE,
            Right.ITEM_READ_UNIT,
            Right.EMERGENCY_REPORT,
            Right.REVIEW_UNIT,
            Right.SHARE_WRITE,
            Right.SHARE_SIGN,
            Right.APPEAL_FILE,
            Right.KPI_READ_UNIT,
            Right.KPI_REPORT,
            Right.KPI_EXPLAIN,
            Right.DESK_HANDLE,
            Right.INSPECT_ANSWER,
        ),
        _role(
            "supervising_leader",
            "分管院领导",
            *_READER,
            Right.STATS_READ,
            Right.ITEM_READ_RESTRICTED,
            Right.REVIEW_UNIT,
            Right.REVIEW_LEADER,
            Right.EMERGENCY_RECEIVE,
            Right.NOTICE_APPROVE,
            Right.INSPECT_READ,
            subtree=True,
        ),
        _role(
            "president",
            "主要领导",
            *_READER,
            Right.STATS_READ,
            Right.ITEM_READ_RESTRICTED,
            Right.REVIEW_UNIT,
            Right.REVIEW_LEADER,
            Right.REVIEW_PRESIDENT,
            Right.EMERGENCY_RECEIVE,
            Right.NOTICE_APPROVE,
            Right.APPEAL_DECIDE,
            Right.KPI_READ_UNIT,
            Right.KPI_EXPLAIN,
            Right.INSPECT_READ,
            Right.INSPECT_ANSWER,
            Right.CASE_READ,
            subtree=True,
        ),
        _role("party_group", "党组成员", *_READER, Right.ITEM_READ_RESTRICTED, subtree=True),
        _role(
            "editor",
            "信息编辑",
            *_READER,
            Right.ITEM_READ_RESTRICTED,
            Right.ITEM_EDIT,
            Right.EMERGENCY_RECEIVE,
            Right.EDITION_MANAGE,
            Right.FACT_RECORD,
            Right.FAULT_PROPOSE,
            Right.POINTS_POST,
            Right.NOTICE_PREPARE,
            Right.WHATIF_RUN,
            Right.REGISTER_MANAGE,
            Right.PHONE_READ,
            Right.MAIL_MANAGE,
            Right.KPI_MANAGE,
            Right.DESK_HANDLE,
            Right.DESK_MANAGE,
            subtree=True,
        ),
        _role(
            "office_head",
            "信息主管部门负责人",
            *_READER,
            Right.ITEM_READ_RESTRICTED,
            Right.ITEM_EDIT,
            Right.EMERGENCY_RECEIVE,
            Right.EDITION_MANAGE,
            Right.FACT_RECORD,
            Right.FAULT_PROPOSE,
            Right.FAULT_DECIDE,
            Right.POINTS_POST,
            Right.NOTICE_PREPARE,
            Right.APPEAL_DECIDE,
            Right.WHATIF_RUN,
            Right.REGISTER_MANAGE,
            Right.REGS_MANAGE,
            Right.PHONE_READ,
            Right.MAIL_MANAGE,
            Right.KPI_MANAGE,
            Right.DESK_HANDLE,
            Right.DESK_MANAGE,
            subtree=True,
        ),
        _role("inspector", "检查人员", Right.INSPECT_WORK, subtree=True),
        _role(
            "statistics",
            "司法统计人员",
            Right.RELEASE_PREPARE,
            Right.RELEASE_TRACE,
            Right.INSPECT_READ,
            Right.INSPECT_MANAGE,
            Right.CASE_READ,
            Right.CASE_READ_PERSONAL,
            Right.CASE_UPLOAD,
            Right.CASE_CORRECT,
            Right.CASE_VERIFY,
            Right.CASE_BUNDLE,
            Right.CASE_SAMPLE,
            Right.CASE_REPORT,
            Right.STATS_READ,
            Right.STATS_MANAGE,
            Right.REGISTER_MANAGE,
            subtree=True,
        ),
        _role(
            "high_statistics",
            "省法院司法统计人员",
            Right.RELEASE_PREPARE,
            Right.RELEASE_TRACE,
            Right.INSPECT_READ,
            Right.INSPECT_MANAGE,
            Right.CASE_READ,
            Right.CASE_READ_PERSONAL,
            Right.CASE_UPLOAD,
            Right.CASE_VERIFY,
            Right.CASE_JUDGE,
            Right.CASE_RULES,
            Right.CASE_RUN,
            Right.CASE_SAMPLE,
            Right.CASE_REPORT,
            Right.STATS_READ,
            Right.STATS_MANAGE,
            Right.REGISTER_MANAGE,
            Right.REGS_MANAGE,
            subtree=True,
        ),
        _role(
            "data_manager",
            "数据管理人员",
            Right.CASE_READ,
            Right.CASE_READ_PERSONAL,
            Right.CASE_JUDGE,
            subtree=True,
        ),
        _role(
            "it_office",
            "信息技术人员",
            Right.CASE_READ,
            Right.CASE_RUN,
            Right.CASE_RULES,
            Right.CASE_BUNDLE,
            Right.TICKET_SOLVE,
            subtree=True,
        ),
        _role("it_center", "信息中心", Right.CASE_READ, Right.CASE_RUN, Right.TICKET_SOLVE, subtree=True),
        _role("duty_officer", "值班员", Right.EMERGENCY_REPORT, Right.EMERGENCY_RECEIVE, subtree=True),
        _role("system_admin", "系统管理员", Right.ORG_MANAGE, subtree=True, administrator=True),
        _role(
            "security_admin",
            "安全管理员",
            Right.POST_GRANT,
            Right.ACCOUNT_MANAGE,
            subtree=True,
            administrator=True,
        ),
        _role(
            "audit_admin",
            "审计管理员",
            Right.AUDIT_READ,
            Right.RELEASE_TRACE,
            subtree=True,
            administrator=True,
        ),
    )
}

ADMINISTRATORS = frozenset(key for key, role in ROLES.items() if role.administrator)
CHOICES = [(role.key, role.label) for role in ROLES.values()]
