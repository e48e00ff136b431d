"""The signatures of a notice: which it needs, whose turn it is, who may give them. The flow clause of the pack decides."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from hengjian.apps.bulletins import flows, notify, words
from hengjian.apps.bulletins.people import holders
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import ROLES
from hengjian.apps.points.models import Notice, NoticeStep
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import Flow, Step

State = NoticeStep.State
UNDECIDED = (State.WAITING, State.OPEN)


def flow_of(pack: Pack, clause: str) -> Flow:
    """The flow the notice clause names; HengjianError when it names none."""
    rule = pack.clause(clause)
    approval = getattr(rule, "approval", None)
    found = pack.clause(approval) if approval else None
    if not isinstance(found, Flow):
        title = getattr(rule, "title", clause)
        raise HengjianError(f"制度包没有写明“{title}”由谁审批，请给它补上 approval 再送审批。")
    return found


def may_stand_in(pack: Pack, role: str) -> list[str]:
    """Posts the regulation does not name that carry every right of the one it names: the office's head for its editor."""
    named = {term.key for term in words.terms(pack, "role")}
    wanted = ROLES[role].rights if role in ROLES else None
    if wanted is None:
        return []
    return [
        key for key, other in ROLES.items() if key not in named and key != role and wanted <= other.rights
    ]


def plan(actor: Actor, notice: Notice, pack: Pack) -> list[NoticeStep]:
    """A new round of steps, none open yet. Refused while nobody holds a post that could sign one of them."""
    flow = flow_of(pack, notice.clause)
    void(notice)
    last = notice.steps.order_by("-round").values_list("round", flat=True).first() or 0
    made: list[NoticeStep] = []
    for step in flow.steps:
        for _ in range(flows.persons_of(pack, step, to_local(actor.at).date())):
            made.append(_row(notice, pack, flow, step, last + 1, len(made) + 1))
    _staffed(pack, notice, made, actor)
    return NoticeStep.objects.bulk_create(made)


def _row(notice: Notice, pack: Pack, flow: Flow, step: Step, number: int, position: int) -> NoticeStep:
    above = flows.roles_above(pack, step.role) if step.or_above else []
    return NoticeStep(
        notice=notice,
        round=number,
        position=position,
        clause=pack.full_id(flow),
        key=step.key,
        label=step.title,
        role=step.role,
        or_above=[*may_stand_in(pack, step.role), *above],
        beside=step.same_time_as,
        unit=office_of(notice),
    )


def office_of(notice: Notice) -> Unit:
    """Signed is where the notice is made: in the competent office and above it."""
    installation = notice.period.installation
    return installation.competent_unit or installation.unit


def _staffed(pack: Pack, notice: Notice, steps: Iterable[NoticeStep], actor: Actor) -> None:
    """The maker may give the first signature, the others are other people's."""
    for step in steps:
        able = holders([step.role, *step.or_above], step.unit, actor.at)
        if step.position > 1:
            able = able.exclude(pk=notice.prepared_by_id or 0)
        if not able.exists():
            role = words.label(pack, "role", step.role)
            raise HengjianError(
                f"“{step.label}”要由拟稿人以外的{role}办理，现在没有人任这个岗位，请先请安全管理员设岗。"
            )


def current(notice: Notice) -> list[NoticeStep]:
    """The steps of the latest round, in order."""
    steps = list(notice.steps.order_by("-round", "position").select_related("decided_by"))
    return [step for step in steps if step.round == steps[0].round] if steps else []


def void(notice: Notice) -> None:
    notice.steps.filter(state__in=UNDECIDED).update(state=State.VOID)


def open_next(actor: Actor, notice: Notice) -> list[NoticeStep]:
    """Open the first undecided step, its fellows (several persons) and those beside it; tell who may sign."""
    undecided = [step for step in current(notice) if step.state in UNDECIDED]
    if not undecided:
        return []
    first = undecided[0]
    together = {first.key, first.beside or first.key}
    opened = [s for s in undecided if s.key in together or s.beside in together]
    for step in opened:
        if step.state == State.WAITING:
            step.state, step.opened_at = State.OPEN, actor.at
            step.save(update_fields=["state", "opened_at"])
            _tell(actor, notice, step)
    return opened


def _tell(actor: Actor, notice: Notice, step: NoticeStep) -> None:
    notify.tell(
        holders([step.role], step.unit, actor.at).exclude(pk=notice.prepared_by_id or 0),
        f"notice:{step.pk}:{notice.version}",
        f"待审批：{notice.title}",
        f"通报等待{step.label}。请登录衡鉴查看：{reverse('points:notice', args=[notice.pk])}",
        actor.at,
    )


def own_step(actor: Actor, notice: Notice, steps: Iterable[NoticeStep]) -> NoticeStep | None:
    """The open step the actor may sign now. Nobody signs twice where several persons are asked for, or his own draft."""
    if actor.person is not None and notice.prepared_by_id == actor.person.pk:
        return None
    steps = list(steps)
    return next((s for s in steps if s.state == State.OPEN and _fits(actor, s, steps)), None)


def _fits(actor: Actor, step: NoticeStep, steps: Iterable[NoticeStep]) -> bool:
    if actor.person is not None:
        mates = (s for s in steps if s.key == step.key and s.pk != step.pk)
        if any(mate.decided_by_id == actor.person.pk for mate in mates):
            return False
    return flows.may_sign(actor, step)


def take_step(actor: Actor, notice: Notice) -> NoticeStep:
    """The step to decide; Denied says whose turn it is."""
    steps = current(notice)
    mine = own_step(actor, notice, steps)
    if mine is not None:
        return mine
    waiting = [s for s in steps if s.state == State.OPEN]
    if actor.person is not None and notice.prepared_by_id == actor.person.pk:
        raise Denied("拟稿人不能审批自己拟的通报，请由其他有权审批的人办理。")
    if any(flows.may_sign(actor, step) for step in waiting):
        raise Denied("这一环节要由不同的人各签一次，您已经签过，请由另一位办理。")
    turn = "、".join(dict.fromkeys(s.label for s in waiting)) or "（没有待办的环节）"
    raise Denied(f"现在的环节是“{turn}”，不在您的岗位。")


def sign(actor: Actor, notice: Notice, step: NoticeStep, opinion: str) -> list[NoticeStep]:
    """Sign; the signature of a higher officer covers the following steps he may sign too."""
    steps = current(notice)
    signed = [step]
    if not actor.system:
        for later in (s for s in steps if s.position > step.position and s.state in UNDECIDED):
            if later.key == step.key or not _fits(actor, later, steps):
                break
            signed.append(later)
    for one in signed:
        decide(actor, one, State.APPROVED, opinion)
    return signed


def sign_as_maker(actor: Actor, notice: Notice) -> None:
    """Handing over is the first signature, where the regulation asks for that of the office that drafts."""
    first = current(notice)[0]
    if actor.system or flows.may_sign(actor, first):
        decide(actor, first, State.APPROVED, "")


def decide(actor: Actor, step: NoticeStep, state: NoticeStep.State, opinion: str) -> None:
    step.state, step.opinion = state, opinion
    step.opened_at = step.opened_at or actor.at
    step.decided_at, step.decided_by = actor.at, actor.person
    step.decided_as = flows.signed_as(actor, step)[:100]
    step.save()
