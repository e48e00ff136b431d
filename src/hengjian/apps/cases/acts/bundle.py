"""The weekly report of what the checks found: drawn up, sent, judged one level above."""

from __future__ import annotations

from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases import events, states
from hengjian.apps.cases.models import Bundle, Dataset, Finding
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

FLOW = "flows/weekly-bundle"


@act("cases.bundle.make", "汇总质检周报")
def make_bundle(actor: Actor, dataset: Dataset, court: Unit, *, remark: str = "") -> Bundle:
    """All findings of the court that stand open this week; run again in the same week, the newcomers are added."""
    actor.require(Right.CASE_BUNDLE, court)
    year, week, _ = to_local(actor.at).isocalendar()
    bundle, made = Bundle.objects.get_or_create(
        dataset=dataset,
        court=court,
        week=f"{year}-W{week:02}",
        defaults={"made_by": actor.person, "made_at": actor.at, "remark": remark},
    )
    if bundle.state != Bundle.State.DRAFT:
        raise HengjianError(f"{court}第{week}周的质检问题已经报送，新发现的列入下一周。")
    findings = list(
        Finding.objects.select_for_update().filter(dataset=dataset, court=court, state=Finding.State.OPEN)
    )
    if made and not findings:
        bundle.delete()
        raise HengjianError(f"{court}本周没有待报送的质检问题，不用汇总。")
    for finding in findings:
        states.move("bundle", finding)
        finding.bundle = bundle
    Finding.objects.bulk_update(findings, ["state", "bundle", "version"], batch_size=200)
    events.note(actor, findings, "列入周报", bundle.week)
    log(bundle, unit=court.pk, added=len(findings), week=bundle.week)
    return bundle


@act("cases.bundle.send", "报送质检周报")
def send_bundle(actor: Actor, bundle: Bundle) -> Bundle:
    """Hand the draft to the seats the flow of the pack names."""
    actor.require(Right.CASE_BUNDLE, bundle.court)
    if bundle.state != Bundle.State.DRAFT:
        raise HengjianError(f"这份周报{bundle.get_state_display()}，不用再报。")
    running.begin(
        actor,
        bundle,
        bundle.dataset.installation,
        FLOW,
        unit=bundle.court,
        title=f"{bundle}（{bundle.findings.count()} 件）",
        url=reverse("cases:bundle", args=[bundle.pk]),
        after="draft",
    )
    log(bundle, unit=bundle.court_id, week=bundle.week)
    return bundle


def sent(actor: Actor, bundle: Bundle) -> None:
    """The statistics office has signed: it is with the court above."""
    if bundle.state == Bundle.State.DRAFT:
        Bundle.objects.filter(pk=bundle.pk).update(state=Bundle.State.SENT, sent_at=actor.at)


@act("cases.bundle.close", "质检周报判断完毕")
def close_bundle(actor: Actor, bundle: Bundle) -> Bundle:
    waiting = bundle.findings.filter(state=Finding.State.BUNDLED).count()
    if waiting:
        raise HengjianError(f"还有 {waiting} 件没有判断，请逐件判断后再签。")
    Bundle.objects.filter(pk=bundle.pk).update(state=Bundle.State.JUDGED, judged_at=actor.at)
    log(bundle, unit=bundle.court_id, state="judged")
    return bundle
