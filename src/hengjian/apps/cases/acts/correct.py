"""New values for a case: proposed by the department, confirmed, written as a new version with author and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases import events, states, store
from hengjian.apps.cases.models import Correction, Dataset, Finding
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError

FLOW = "flows/correction"
DONE_BY_PROPOSING = "correct"
"""The step of the flow that proposing the new values fulfils."""


@act("cases.correction.propose", "提出纠正")
def propose(
    actor: Actor,
    dataset: Dataset,
    *,
    case_id: str,
    court: Unit,
    department: Unit | None,
    changes: Mapping[str, Any],
    reason: str,
    findings: Sequence[Finding] = (),
    client_key: str = "",
) -> Correction:
    """``changes``: item → new value. Refused when a value does not fit its item or nothing would change."""
    actor.require(Right.CASE_CORRECT, department or court)
    if client_key and (same := Correction.objects.filter(client_key=client_key).first()):
        return same
    if not reason.strip():
        raise HengjianError("请写明改正的理由和依据的文书，确认的人据此核对。")
    row = store.case(dataset, case_id)
    if row is None:
        raise HengjianError(f"库里没有案件“{case_id}”，请核对。")
    wanted = store.fitting(dataset, changes)
    changed = {
        key: [_plain(row.get(key)), _plain(value)] for key, value in wanted.items() if row.get(key) != value
    }
    if not changed:
        raise HengjianError("填写的内容与库里一样，没有要改的；确认无误的请由上级判断为“不是错误”。")
    correction = Correction.objects.create(
        dataset=dataset,
        case_id=case_id,
        case_no=str(row.get("case_no") or "")[:100],
        court=court,
        department=department,
        changes=changed,
        reason=reason.strip()[:500],
        base_version=dataset.version,
        author=actor.person,
        made_at=actor.at,
        client_key=client_key,
    )
    _link(actor, correction, findings)
    running.begin(
        actor,
        correction,
        dataset.installation,
        FLOW,
        unit=department or court,
        title=str(correction),
        url=reverse("cases:correction", args=[correction.pk]),
        after=DONE_BY_PROPOSING,
    )
    log(correction, unit=court.pk, items=sorted(changed))
    return correction


def _link(actor: Actor, correction: Correction, findings: Sequence[Finding]) -> None:
    rows = list(Finding.objects.select_for_update().filter(pk__in=[f.pk for f in findings]))
    for finding in rows:
        states.move("correct", finding)
        finding.save(update_fields=["state", "version"])
    correction.findings.set(rows)
    events.note(actor, rows, "提出纠正", correction.reason)


@act("cases.correction.apply", "纠正入库")
def put_in_force(actor: Actor, correction: Correction) -> Correction:
    """Write the new values as the next version; the old values stay readable in the version before."""
    row = Correction.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=correction.pk)
    if row.state != Correction.State.PROPOSED:
        raise HengjianError(f"这份纠正{row.get_state_display()}，不用再办。")
    now = store.case(row.dataset, row.case_id) or {}
    moved = [key for key, (old, _) in row.changes.items() if _plain(now.get(key)) != old]
    if moved:
        names = "、".join(store.label(row.dataset, key) for key in moved)
        raise HengjianError(f"提出纠正以后，{names}又有了改动，请退回重新核对。")
    row.applied_version = store.write_case(
        row.dataset,
        row.case_id,
        {key: new for key, (_, new) in row.changes.items()},
        at=actor.at,
        author=row.author.name if row.author else actor.name,
        reason=row.reason,
    )
    row.state, row.applied_at = Correction.State.APPLIED, actor.at
    row.save()
    Dataset.objects.filter(pk=row.dataset_id).update(version=row.applied_version)
    events.note(actor, row.findings.all(), "纠正入库", f"数据版本 {row.applied_version}，等待复检")
    log(row, unit=row.court_id, version=row.applied_version)
    return row


@act("cases.correction.return", "退回纠正")
def give_back(actor: Actor, correction: Correction) -> Correction:
    Correction.objects.filter(pk=correction.pk).update(state=Correction.State.RETURNED)
    rows = list(correction.findings.filter(state=Finding.State.CORRECTED))
    for finding in rows:
        states.move("uncorrect", finding)
        finding.save(update_fields=["state", "version"])
    events.note(actor, rows, "纠正被退回")
    log(correction, unit=correction.court_id, state="returned")
    return correction


def _plain(value: Any) -> Any:
    """As JSON keeps it."""
    return value if value is None or isinstance(value, bool | int | float) else str(value)
