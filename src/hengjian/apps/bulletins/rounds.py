"""A round of review: its steps are made from the flow clause, opened one after another, closed by signatures."""

from __future__ import annotations

from collections.abc import Iterable

from hengjian.apps.bulletins import flows, notify, words
from hengjian.apps.bulletins.models import Item, ReviewStep, Revision
from hengjian.apps.bulletins.people import holders
from hengjian.apps.org.access import Actor
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import Flow, Step, WayOut
from hengjian.policy.roads import road

State = ReviewStep.State
UNDECIDED = (State.WAITING, State.OPEN)


def current(item: Item) -> list[ReviewStep]:
    """The steps of the latest round, in order."""
    steps = list(item.steps.order_by("-round", "position").select_related("decided_by", "revision"))
    return [step for step in steps if step.round == steps[0].round] if steps else []


def deciding(steps: Iterable[ReviewStep]) -> list[ReviewStep]:
    """Without presentation and the office's own step: what the flow clause asks for."""
    return [s for s in steps if s.key != flows.OFFICE and not s.key.startswith(flows.PRESENT)]


def start(
    actor: Actor,
    item: Item,
    pack: Pack,
    flow: Flow,
    revision: Revision,
    way: WayOut | None = None,
    reason: str = "",
) -> None:
    """A new round for ``revision``; steps a way out skips are waived with the reason."""
    _plan(actor, item, pack, flow, revision, way, reason)
    open_next(actor, item, pack)


def _plan(
    actor: Actor, item: Item, pack: Pack, flow: Flow, revision: Revision, way: WayOut | None, reason: str
) -> None:
    void_open(item)
    last = item.steps.order_by("-round").values_list("round", flat=True).first() or 0
    steps = []
    for position, stop in enumerate(road(flow, way), start=1):
        step, waived = stop.step, stop.waived
        steps.append(
            ReviewStep(
                item=item,
                round=last + 1,
                position=position,
                clause=pack.full_id(flow),
                key=step.key,
                label=step.title,
                role=step.role,
                or_above=flows.roles_above(pack, step.role) if step.or_above else [],
                unit=item.unit,
                state=State.WAIVED if waived else State.WAITING,
                decided_at=actor.at if waived else None,
                opinion=reason if waived else "",
                revision=revision,
            )
        )
    ReviewStep.objects.bulk_create(steps)


def carry_over(actor: Actor, item: Item, pack: Pack, flow: Flow, revision: Revision) -> None:
    """A new round under another flow that keeps the signatures already given to the same text."""
    given = {s.key: s for s in deciding(current(item)) if s.state in (State.APPROVED, State.WAIVED)}
    _plan(actor, item, pack, flow, revision, None, "")
    for step in current(item):
        old = given.get(step.key)
        if old is None or old.revision_id != revision.pk:
            continue
        step.state, step.opinion = old.state, old.opinion
        step.decided_at, step.decided_by, step.decided_as = old.decided_at, old.decided_by, old.decided_as
        step.save()
    open_next(actor, item, pack)


def void_open(item: Item) -> None:
    """Close what is still undecided; the version lets an undo open it again."""
    item.steps.filter(state__in=UNDECIDED).update(state=State.VOID, left_version=item.version + 1)


def settled(item: Item) -> bool:
    """Whether every step of the flow has been decided."""
    return all(s.state not in UNDECIDED for s in deciding(current(item)))


def open_next(actor: Actor, item: Item, pack: Pack) -> None:
    """Open the first undecided step and those that run beside it; tell the people who may sign."""
    steps = deciding(current(item))
    undecided = [s for s in steps if s.state in UNDECIDED]
    if not undecided:
        return
    beside = {step.key: step.same_time_as for step in _flow_steps(pack, undecided[0].clause)}
    first = undecided[0]
    group = {first.key} | {
        key for key, mate in beside.items() if mate == (beside.get(first.key) or first.key)
    }
    for step in undecided:
        if step.key in group and step.state == State.WAITING:
            _open(actor, item, pack, step)


def _flow_steps(pack: Pack, clause: str) -> tuple[Step, ...]:
    found = pack.clause(clause)
    return found.steps if isinstance(found, Flow) else ()


def _open(actor: Actor, item: Item, pack: Pack, step: ReviewStep) -> None:
    step.state, step.opened_at = State.OPEN, actor.at
    step.save(update_fields=["state", "opened_at"])
    notify.tell(
        holders([step.role], item.unit, actor.at),
        f"review:{step.pk}:{item.version}",
        f"待审：{notify.name_for_mail(item, pack)}",
        f"{item.unit}报送的信息等待{step.label}。{notify.link(item)}",
        actor.at,
    )


def append(
    actor: Actor, item: Item, revision: Revision | None, key: str, label: str, role: str, *or_above: str
) -> ReviewStep:
    """One more open step after the flow's own: the office's receipt, a presentation."""
    last = current(item)[-1]
    return ReviewStep.objects.create(
        item=item,
        round=last.round,
        position=last.position + 1,
        clause=last.clause,
        key=key,
        label=label,
        role=role,
        or_above=list(or_above),
        unit=item.unit,
        state=State.OPEN,
        opened_at=actor.at,
        revision=revision,
    )


def present(actor: Actor, item: Item, pack: Pack, flow: Flow, revision: Revision | None) -> None:
    """Lay a reviewed item before those the clause names; they read, they need not decide."""
    for role in flow.present_to:
        label = f"呈送{words.label(pack, 'role', role)}"
        append(actor, item, revision, f"{flows.PRESENT}{role}", label, role)
        notify.tell(
            holders([role], item.unit, actor.at),
            f"present:{item.pk}:{item.version}",
            f"呈阅：{notify.name_for_mail(item, pack)}",
            f"{item.unit}的重要信息已经审核，呈您阅知。{notify.link(item)}",
            actor.at,
        )
