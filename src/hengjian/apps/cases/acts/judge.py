"""The manager of the court above says, with the documents beside it, what a finding is."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import words
from hengjian.apps.cases import events, states
from hengjian.apps.cases.access import from_above
from hengjian.apps.cases.acts.taking import take
from hengjian.apps.cases.models import Bundle, Finding
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError

MOST_AT_ONCE = 200


@act("cases.finding.judge", "判断质检问题")
def judge(
    actor: Actor, finding: Finding, *, verdict: str, why: str = "", version: int | None = None
) -> Finding:
    """``verdict`` is a word of the pack (录入错误, 生成错误, 不是错误); 不是错误 needs a reason."""
    actor.require(Right.CASE_JUDGE, finding.court_id)
    if not from_above(actor, finding.court):
        raise Denied("质检问题由上一级法院的数据管理人员判断，本院不能判断自己的数据。")
    term = words.find(pack_for(finding.dataset.installation, actor.at), "verdict", verdict)
    if term is None:
        raise HengjianError("没有这种判断，请从所列的里面选。")
    wrong = bool(term.attrs.get("correct"))
    if not wrong and not why.strip():
        raise HengjianError(f"判断为“{term.label}”须写明理由，以后同一问题不再列出。", article=term.article)
    row = take(finding, version)
    states.move("judge_wrong" if wrong else "judge_right", row)
    row.verdict, row.verdict_why = verdict, why.strip()[:300]
    row.judged_by, row.judged_at = actor.person, actor.at
    if not wrong:
        row.closed_at, row.cause = actor.at, Finding.Cause.NOT_WRONG
    row.save()
    events.note(actor, [row], term.label, why)
    log(row, verdict=verdict, why=why, unit=row.court_id)
    _bundle_done(actor, row)
    return row


@act("cases.finding.judge_many", "成批判断质检问题")
def judge_many(actor: Actor, findings: list[Finding], *, verdict: str, why: str = "") -> list[Finding]:
    """The same word for several findings, each on record."""
    if len(findings) > MOST_AT_ONCE:
        raise HengjianError(f"一次最多判断 {MOST_AT_ONCE} 条，请分批办理。")
    done = [judge(actor, finding, verdict=verdict, why=why) for finding in findings]
    log(label=f"{len(done)} 条", verdict=verdict)
    return done


def _bundle_done(actor: Actor, finding: Finding) -> None:
    bundle = finding.bundle
    if bundle is None or bundle.findings.filter(state=Finding.State.BUNDLED).exists():
        return
    Bundle.objects.filter(pk=bundle.pk).update(state=Bundle.State.JUDGED, judged_at=actor.at)
