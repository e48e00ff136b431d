"""The signatures of a notice, in the order of its flow clause. The first is the maker's own: handing it over."""

from __future__ import annotations

from hengjian.apps.bulletins import flows, notify
from hengjian.apps.bulletins.people import holders
from hengjian.apps.indicators.models import KpiNotice, NoticeSign
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Unit
from hengjian.base.errors import HengjianError
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import Flow


def plan(actor: Actor, notice: KpiNotice, pack: Pack) -> list[NoticeSign]:
    """A new round; refused while nobody could sign a step."""
    approval = getattr(pack.clause(notice.clause), "approval", None)
    flow = pack.clause(approval) if approval else None
    if not isinstance(flow, Flow):
        raise HengjianError("制度包没有写明这种通报由谁审批，请给它补上 approval。")
    number = (notice.signs.order_by("-round").values_list("round", flat=True).first() or 0) + 1
    unit = notice.installation.unit
    made = []
    for position, step in enumerate(flow.steps[1:], 1):
        above = flows.roles_above(pack, step.role) if step.or_above else []
        if not holders([step.role, *above], unit, actor.at).exists():
            raise HengjianError(f"“{step.title}”的岗位现在没有人任职，请先请安全管理员设岗。")
        made.append(
            NoticeSign(
                notice=notice, round=number, position=position, label=step.title,
                role=step.role, or_above=above, unit=unit,
            )
        )  # fmt: skip
    created = NoticeSign.objects.bulk_create(made)
    _tell(actor, notice, created[0] if created else None)
    return created


def current(notice: KpiNotice) -> list[NoticeSign]:
    """The steps of the latest round."""
    steps = list(notice.signs.order_by("-round", "position").select_related("decided_by", "unit"))
    return [step for step in steps if step.round == steps[0].round] if steps else []


def waiting(notice: KpiNotice) -> NoticeSign | None:
    return next((step for step in current(notice) if not step.verdict), None)


def mine(actor: Actor, notice: KpiNotice) -> NoticeSign | None:
    """The step that waits, when the actor may sign it. Nobody signs his own draft."""
    step = waiting(notice) if notice.state == KpiNotice.State.SUBMITTED else None
    if step is None or (actor.person is not None and notice.prepared_by_id == actor.person.pk):
        return None
    return step if flows.may_sign(actor, step) else None


def decide(actor: Actor, notice: KpiNotice, verdict: str, opinion: str) -> NoticeSign | None:
    """Sign the waiting step; returns the next one. Denied says whose turn it is."""
    step = mine(actor, notice)
    if step is None:
        turn = waiting(notice)
        raise Denied(f"现在的环节是“{turn.label if turn else '（无）'}”，不在您的岗位，或者稿件是您拟的。")
    step.verdict, step.opinion = verdict, opinion
    step.decided_by, step.decided_at = actor.person, actor.at
    step.decided_as = flows.signed_as(actor, step)[:100]
    step.save()
    following = waiting(notice) if verdict == "approved" else None
    _tell(actor, notice, following)
    return following


def office_unit(notice: KpiNotice) -> Unit:
    return notice.installation.competent_unit or notice.installation.unit


def _tell(actor: Actor, notice: KpiNotice, step: NoticeSign | None) -> None:
    if step is None:
        return
    notify.tell(
        holders([step.role], step.unit, actor.at).exclude(pk=notice.prepared_by_id or 0),
        f"kpinotice:{step.pk}",
        f"待审批：{notice.title}",
        f"通报等待{step.label}。请登录衡鉴，在“应用通报”里办理。",
        actor.at,
    )
