"""What happens to a course: begun, opened step by step, signed, returned, withdrawn. Called inside acts only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from hengjian.apps.approvals import planning
from hengjian.apps.approvals.models import Course, CourseStep, Signature
from hengjian.apps.approvals.subjects import subject_of
from hengjian.apps.bulletins import flows, notify
from hengjian.apps.bulletins.people import holders
from hengjian.apps.org.access import Actor, Denied, Grant
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.substitutes import seats_instead_of
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.policy.clauses.flow import Flow

State = CourseStep.State
UNDECIDED = (State.WAITING, State.OPEN)


def begin(
    actor: Actor,
    subject: Model,
    installation: Installation,
    flow: Flow | str,
    *,
    unit: Unit,
    title: str,
    url: str,
    way_out: str = "",
    reason: str = "",
    after: str = "",
    author: Person | None = None,
    by_hand: str | None = None,
) -> Course:
    """Start the flow for ``subject``, or go on after the step that handing over has fulfilled (``after``).

    ``author``: who drafted it, where somebody else may hand it over. ``by_hand``: handing over is the first signature,
    with these words, where the actor holds that seat.
    Refused while a step could be signed by nobody, and while another course of the same object runs.
    """
    pack = pack_for(installation, actor.at)
    clause = planning.flow_named(pack, flow) if isinstance(flow, str) else flow
    way = flows.way_out_of(clause, way_out) if way_out else None
    if way is not None and not reason.strip():
        raise HengjianError(f"走“{way.title}”须写明理由。", article=clause.articles[0])
    if way is not None and not flows.may_take(actor, way, unit.pk):
        raise Denied(f"“{way.title}”不在您的岗位，请由有权的人提出。")
    if current(subject) is not None and current(subject).state == Course.State.OPEN:  # type: ignore[union-attr]
        raise HengjianError("这件事已在审批中，请先办完或者撤回。")
    course = Course.objects.create(
        subject_type=ContentType.objects.get_for_model(type(subject)),
        subject_id=subject.pk,
        installation=installation,
        clause=pack.full_id(clause),
        title=title[:200],
        url=url,
        unit=unit,
        begun_at=actor.at,
        begun_by=author or actor.person,
        way_out=way.key if way else "",
        reason=reason.strip(),
    )
    steps = planning.steps_of(course, pack, clause, to_local(actor.at).date(), way, after)
    CourseStep.objects.bulk_create(steps)
    if by_hand is not None and seat_for(actor, steps[0]) is not None:
        sign(actor, course, steps[0], agrees=True, opinion=by_hand)
    _staffed(actor, course, [step for step in steps if step.state in UNDECIDED])
    go_on(actor, course)
    return course


def _staffed(actor: Actor, course: Course, steps: Iterable[CourseStep]) -> None:
    for step in steps:
        able = able_to_sign(step, actor)
        if not subject_of(course).own_hand:
            able = [pk for pk in able if pk != course.begun_by_id]
        if len(able) < step.persons:
            raise HengjianError(
                f"“{step.label}”要由{step.persons}人办理，现在除提出人外能办理的岗位上只有{len(able)}人，"
                "请先请安全管理员设岗。"
            )


def able_to_sign(step: CourseStep, actor: Actor) -> list[int]:
    """Ids of the people who hold a fitting seat now."""
    people = holders([step.role, *step.or_above], step.house or step.unit, actor.at)
    return list(people.values_list("pk", flat=True))


def current(subject: Model) -> Course | None:
    """The latest course of an object."""
    kind = ContentType.objects.get_for_model(type(subject))
    return Course.objects.filter(subject_type=kind, subject_id=subject.pk).order_by("-pk").first()


def earlier(subject: Model) -> list[list[CourseStep]]:
    """The steps of the courses before the latest, newest first: why it came back stands there."""
    kind = ContentType.objects.get_for_model(type(subject))
    courses = Course.objects.filter(subject_type=kind, subject_id=subject.pk).order_by("-pk")[1:]
    return [steps_of(course) for course in courses]


def steps_of(course: Course) -> list[CourseStep]:
    return list(course.steps.prefetch_related("signatures__person").order_by("position"))


def go_on(actor: Actor, course: Course) -> None:
    """Open what comes next; with nothing left to sign the course is done and its object learns of it."""
    steps = steps_of(course)
    undecided = [step for step in steps if step.state in UNDECIDED]
    if undecided:
        _open(actor, course, undecided)
        return
    course.state, course.ended_at = Course.State.DONE, actor.at
    course.save(update_fields=["state", "ended_at"])
    subject_of(course).done(actor, course.subject, course)


def _open(actor: Actor, course: Course, undecided: Sequence[CourseStep]) -> None:
    first = undecided[0]
    mates = {first.key, first.beside or first.key}
    for step in undecided:
        fits = step.pk == first.pk or step.beside in mates or (first.beside and step.key == first.beside)
        if not fits or step.state != State.WAITING:
            continue
        step.state, step.opened_at = State.OPEN, actor.at
        step.save(update_fields=["state", "opened_at"])
        people = holders([step.role], step.house or step.unit, actor.at)
        notify.tell(
            people if subject_of(course).own_hand else people.exclude(pk=course.begun_by_id or 0),
            f"course:{step.pk}",
            f"待办：{course.title}",
            f"等待{step.label}。请登录衡鉴查看：{course.url}",
            actor.at,
        )


def seat_for(actor: Actor, step: CourseStep) -> Grant | None:
    """The seat in which the actor may sign: the role asked for first, then the nearest above; own seats first.

    The substitute signs for a holder who began the course himself.
    """
    order = [step.role, *step.or_above]
    where = step.house_id or step.unit_id

    def fits(grant: Grant) -> bool:
        return grant.role in order and where in grant.unit_ids and _of_house(grant, step)

    fitting = list(filter(fits, actor.grants)) or list(
        filter(fits, seats_instead_of(actor, step.course.begun_by_id))
    )
    return min(fitting, key=lambda g: (order.index(g.role), g.substitute), default=None)


def _of_house(grant: Grant, step: CourseStep) -> bool:
    if step.house_id is None or grant.unit_id == step.house_id:
        return True
    return bool(house_of(Unit.objects.get(pk=grant.unit_id)).pk == step.house_id)


def own_step(actor: Actor, course: Course, steps: Iterable[CourseStep] | None = None) -> CourseStep | None:
    """The open step the actor may sign now; nobody signs a step twice, nor what he began himself."""
    if course.state != Course.State.OPEN:
        return None
    begun = actor.person is not None and actor.person.pk == course.begun_by_id
    if begun and not subject_of(course).own_hand:
        return None
    rows = steps_of(course) if steps is None else steps
    return next((s for s in rows if s.state == State.OPEN and _may(actor, course, s)), None)


def _may(actor: Actor, course: Course, step: CourseStep) -> bool:
    if actor.system:
        return True
    if actor.person is None or any(s.person_id == actor.person.pk for s in step.signatures.all()):
        return False
    fits = subject_of(course).fits
    return seat_for(actor, step) is not None and (fits is None or fits(actor, course.subject, step))


def take_step(actor: Actor, course: Course) -> CourseStep:
    """The step to decide; Denied says whose turn it is."""
    if course.state != Course.State.OPEN:
        raise HengjianError(f"“{course.title}”现为“{course.get_state_display()}”，不用再办理。")
    step = own_step(actor, course)
    if step is not None:
        return step
    waiting = "、".join(s.label for s in steps_of(course) if s.state == State.OPEN)
    if actor.person is not None and actor.person.pk == course.begun_by_id:
        raise Denied(f"自己提出的事项不能自己审批；现在等待：{waiting}。")
    raise Denied(f"现在等待的是“{waiting}”，不在您的岗位，或者您已经签过。")


def sign(actor: Actor, course: Course, step: CourseStep, *, agrees: bool, opinion: str) -> None:
    """Put a signature under ``step``; approved when as many persons as asked for have signed."""
    grant = seat_for(actor, step)
    signed_as = actor.system
    if grant is not None:
        signed_as = grant.post_title + ("（替）" if grant.substitute else "")
        signed_as += "（代签）" if grant.role != step.role else ""
    Signature.objects.create(
        step=step, person=actor.person, signed_as=signed_as[:100], at=actor.at, agrees=agrees, opinion=opinion
    )
    if not agrees:
        step.state = State.RETURNED
    elif actor.system or step.signatures.filter(agrees=True).count() >= step.persons:
        step.state = State.APPROVED
    step.save(update_fields=["state"])


def sign_on(actor: Actor, course: Course, step: CourseStep, opinion: str) -> list[CourseStep]:
    """Sign ``step``, and with it the following ones the signature covers; then open what comes next."""
    sign(actor, course, step, agrees=True, opinion=opinion)
    signed = [step]
    if subject_of(course).covers and not actor.system:
        for later in _covered(actor, course, step):
            sign(actor, course, later, agrees=True, opinion=opinion)
            signed.append(later)
    subject_of(course).signed(actor, course.subject, course)
    if step.state == State.APPROVED:
        go_on(actor, course)
    return signed


def _covered(actor: Actor, course: Course, step: CourseStep) -> list[CourseStep]:
    """The steps right after ``step`` the actor may sign too, up to the first he may not or cannot finish alone."""
    if step.state != State.APPROVED:
        return []
    found = []
    for later in steps_of(course):
        if later.position <= step.position or later.state not in UNDECIDED:
            continue
        if not _may(actor, course, later):
            break
        found.append(later)
        if later.persons > 1:
            break
    return found


def close(actor: Actor, course: Course, state: Course.State) -> None:
    """End without agreement; what was still to be signed is void."""
    course.steps.filter(state__in=UNDECIDED).update(state=State.VOID)
    course.state, course.ended_at = state, actor.at
    course.save(update_fields=["state", "ended_at"])
    if state == Course.State.RETURNED:
        subject_of(course).returned(actor, course.subject, course)
