"""Which verb fits which state of an inspection."""

from __future__ import annotations

from hengjian.apps.inspections.models import Inspection
from hengjian.base.errors import HengjianError

_S = Inspection.State
OPEN = frozenset({_S.ORDERED, _S.UNDERWAY, _S.REPLYING, _S.REPORTING, _S.REPORTED})
AT_WORK = frozenset({_S.UNDERWAY, _S.REPLYING})

TABLE: dict[str, frozenset[str]] = {
    "name": frozenset({_S.PLANNED, _S.ORDERED, *AT_WORK}),
    "declare": frozenset({_S.PLANNED, _S.ORDERED, *AT_WORK}),
    "remove": frozenset({_S.PLANNED, _S.ORDERED, *AT_WORK}),
    "scope": frozenset({_S.PLANNED}),
    "order": frozenset({_S.PLANNED}),
    "arrive": frozenset({_S.ORDERED}),
    "freeze": AT_WORK,
    "request": AT_WORK,
    "interview": AT_WORK,
    "evidence": AT_WORK | {_S.REPORTING, _S.REPORTED},
    "refusal": AT_WORK | {_S.REPORTING},
    "grant": AT_WORK | {_S.ORDERED, _S.REPORTING, _S.REPORTED},
    "check": AT_WORK,
    "find": frozenset({_S.UNDERWAY}),
    "hand": frozenset({_S.UNDERWAY}),
    "resume": frozenset({_S.REPLYING}),
    "intent": AT_WORK,
    "report": frozenset({_S.REPLYING}),
    "rectify": frozenset({_S.REPORTED}),
    "praise": AT_WORK | {_S.REPORTING, _S.REPORTED},
    "close": frozenset({_S.REPORTED}),
    "cancel": frozenset({_S.PLANNED, _S.ORDERED}),
}
WORDS = {
    "name": "调整检查组", "declare": "声明回避情形", "remove": "调整检查组", "scope": "确定范围", "order": "下达",
    "arrive": "到场", "freeze": "冻结记录", "request": "发文书", "interview": "登记笔录", "evidence": "收存证据",
    "refusal": "登记不配合的行为", "grant": "授权查阅", "check": "填写检查内容", "find": "登记问题", "hand": "送交答复",
    "resume": "补充检查", "intent": "认定", "report": "提交报告", "rectify": "提出整改", "praise": "登记做法",
    "close": "办结", "cancel": "取消",
}  # fmt: skip


def can(inspection: Inspection, verb: str) -> bool:
    return inspection.state in TABLE[verb]


def check(inspection: Inspection, verb: str) -> None:
    if not can(inspection, verb):
        raise HengjianError(
            f"检查{inspection.label}现为“{inspection.get_state_display()}”，不能{WORDS[verb]}，请看最新的情况。"
        )
