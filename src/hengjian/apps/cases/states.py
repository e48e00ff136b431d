"""Which step follows which in the life of a finding; anything not in the table is refused with a sentence."""

from __future__ import annotations

from hengjian.apps.cases.models import Finding
from hengjian.base.errors import HengjianError

S = Finding.State
TABLE: dict[str, tuple[str, frozenset[str], str]] = {
    # verb: (label, from, to)
    "bundle": ("列入周报", frozenset({S.OPEN}), S.BUNDLED),
    "unbundle": ("从周报中取出", frozenset({S.BUNDLED}), S.OPEN),
    "judge_wrong": ("判断为错误", frozenset({S.OPEN, S.BUNDLED, S.WRONG}), S.WRONG),
    "judge_right": ("判断为不是错误", frozenset({S.OPEN, S.BUNDLED, S.WRONG}), S.CLOSED),
    "correct": ("提出纠正", frozenset({S.OPEN, S.BUNDLED, S.WRONG}), S.CORRECTED),
    "uncorrect": ("退回纠正", frozenset({S.CORRECTED}), S.WRONG),
    "waive": ("暂不追究", frozenset({S.OPEN, S.BUNDLED, S.WRONG}), S.WAIVED),
    "lapse": ("暂不追究到期", frozenset({S.WAIVED}), S.OPEN),
    "vanish": ("复检销号", frozenset({S.OPEN, S.BUNDLED, S.WRONG, S.CORRECTED, S.WAIVED}), S.CLOSED),
    "reopen": ("重新出现", frozenset({S.CLOSED}), S.OPEN),
    "persist": ("复检仍有", frozenset({S.CORRECTED}), S.WRONG),
}


def possible(verb: str, finding: Finding) -> bool:
    return finding.state in TABLE[verb][1]


def move(verb: str, finding: Finding) -> None:
    """Set the state that follows; HengjianError when the step does not fit."""
    label, before, after = TABLE[verb]
    if finding.state not in before:
        raise HengjianError(f"“{finding}”现为“{finding.get_state_display()}”，不能{label}；请刷新后再办理。")
    finding.state = after
    finding.version += 1
