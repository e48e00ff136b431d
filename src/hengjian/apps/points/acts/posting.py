"""Posting: the ledger follows the facts. A closed period is not touched unless somebody decides how."""

from __future__ import annotations

from collections.abc import Iterable

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.points.engine import Row, Scored, period_kind, scored
from hengjian.apps.points.ledger import Difference, differences
from hengjian.apps.points.models import AccountPeriod, Appeal, LedgerLine, PersonShare, Posting
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.points import plain
from hengjian.base.times import to_local

OPEN, CLOSED = AccountPeriod.State.OPEN, AccountPeriod.State.CLOSED


@act("points.post", "计分记账")
def post_open(actor: Actor, installation: Installation) -> list[Posting]:
    """Bring all open periods up to date. Differences of closed periods are left for a decision."""
    actor.require(Right.POINTS_POST, installation.unit_id)
    lock(installation)
    return post_all(actor, installation, scored(installation, actor.at))


def post_all(actor: Actor, installation: Installation, result: Scored) -> list[Posting]:
    """``result`` into all open periods. Part of an act that holds the lock."""
    found = differences(installation, result)
    made = []
    for name, difference in found.items():
        period = account(installation, name)
        if period.state == OPEN:
            made.append(write(actor, difference, result, into=period, origin=period))
    if not made:
        log(installation, label=f"{installation} 核对台账", lines=0, held=_held(installation, found))
    return made


@act("points.post_period", "按期间记账")
def post_period(actor: Actor, installation: Installation, period: str) -> Posting | None:
    """Append what ``period`` lacks. Twice in a row the second time appends nothing."""
    actor.require(Right.POINTS_POST, installation.unit_id)
    lock(installation)
    row = account(installation, known_period(installation, actor, period))
    if row.state == CLOSED:
        raise HengjianError(
            f"{label(row)}已经通报关账，不能再例行记账；请在“待更正”里选择更正通报或者记入当期。"
        )
    result = scored(installation, actor.at)
    difference = differences(installation, result).get(row.key)
    if difference is None:
        log(row, lines=0)
        return None
    return write(actor, difference, result, into=row, origin=row)


@act("points.restate", "更正已关账期间")
def restate(actor: Actor, installation: Installation, period: str, *, reason: str) -> Posting:
    """Post the late difference of a closed period to that period, marked as a restatement."""
    result, row, difference = _held_difference(actor, installation, period, reason)
    return write(
        actor, difference, result, into=row, origin=row, cause=Posting.Cause.RESTATEMENT, reason=reason
    )


@act("points.carry", "迟到事实记入当期")
def carry(actor: Actor, installation: Installation, period: str, *, reason: str) -> Posting:
    """Post the late difference of a closed period to the period that is running; the lines name both."""
    result, row, difference = _held_difference(actor, installation, period, reason)
    today = to_local(actor.at).date()
    into = account(installation, str(Period.of(today, period_kind(pack_for(installation, actor.at)))))
    if into.state == CLOSED:
        raise HengjianError(f"{label(into)}也已关账，没有可以记入的当期；请选择更正通报。")
    return write(actor, difference, result, into=into, origin=row, cause=Posting.Cause.CARRIED, reason=reason)


def post_because_of(
    actor: Actor, appeal: Appeal, before: dict[str, Difference], installation: Installation
) -> list[Posting]:
    """Post exactly what a decision has changed, in whatever period, closed ones too. Part of the deciding act."""
    result = scored(installation, actor.at)
    made = []
    for name, difference in differences(installation, result).items():
        caused = difference.without(before.get(name, Difference(name)))
        if not caused:
            continue
        period = account(installation, name)
        reason = f"申诉第{appeal.pk}号决定"
        made.append(
            write(
                actor, caused, result, into=period, origin=period,
                cause=Posting.Cause.APPEAL, reason=reason, appeal=appeal,
            )
        )  # fmt: skip
    return made


def lock(installation: Installation) -> None:
    """One posting at a time for an installation."""
    Installation.objects.select_for_update().get(pk=installation.pk)


def account(installation: Installation, name: str) -> AccountPeriod:
    """The period of account of that name; made when first needed."""
    return AccountPeriod.objects.get_or_create(installation=installation, key=name)[0]


def label(period: AccountPeriod) -> str:
    return Period.parse(period.key).label


def known_period(installation: Installation, actor: Actor, text: str) -> str:
    """Check that ``text`` is a period of account that has begun."""
    period = Period.parse(text)
    kind = period_kind(pack_for(installation, actor.at))
    if period.kind != kind:
        raise HengjianError(f"“{text}”不是本制度的考核期间，请选择月份或季度，例如 2024-06、2024Q2。")
    if period.first > to_local(actor.at).date():
        raise HengjianError(f"{period.label}还没有开始，请选择已经开始的期间。")
    return str(period)


def write(
    actor: Actor,
    difference: Difference,
    result: Scored,
    *,
    into: AccountPeriod,
    origin: AccountPeriod,
    cause: str = Posting.Cause.ROUTINE,
    reason: str = "",
    appeal: Appeal | None = None,
) -> Posting:
    """Append a posting with its lines, reversals and person shares; nothing else ever writes the ledger."""
    pack = result.packs.get(origin.key) or pack_for(origin.installation, actor.at)
    posting = Posting.objects.create(
        period=into,
        cause=cause,
        reason=reason,
        pack_digest=pack.digest,
        readings=dict(pack.choices),
        inputs_digest=result.digest,
        posted_at=actor.at,
        posted_by=actor.person,
        appeal=appeal,
    )
    new = [_new_line(posting, row, into, origin) for row in difference.added]
    carried = cause == Posting.Cause.CARRIED
    back = [_reversal(posting, line, into if carried else line.period) for line in difference.reversed]
    LedgerLine.objects.bulk_create([*back, *new])
    PersonShare.objects.bulk_create(
        PersonShare(
            posting=posting, period=into, origin=origin,
            unit_id=s.unit, person_id=s.person, item_id=s.item, points=s.points,
        )
        for s in difference.shares
    )  # fmt: skip
    net = sum(difference.net.values())
    log(
        posting, label=f"{label(into)}台账", cause=cause, reason=reason, origin=origin.key,
        added=len(new), reversed=len(back), net=plain(net) if net else "0", inputs=result.digest,
    )  # fmt: skip
    return posting


def _new_line(posting: Posting, row: Row, into: AccountPeriod, origin: AccountPeriod) -> LedgerLine:
    return LedgerLine(
        posting=posting,
        period=into,
        origin=origin,
        unit_id=row.unit,
        clause=row.clause,
        rule=row.rule,
        article=row.article,
        version=row.version,
        reading=row.reading,
        points=row.points,
        item_id=row.item,
        evidence=list(row.evidence),
        note=row.note,
    )


def _reversal(posting: Posting, line: LedgerLine, into: AccountPeriod) -> LedgerLine:
    return LedgerLine(
        posting=posting,
        period=into,
        origin=line.origin,
        unit_id=line.unit_id,
        clause=line.clause,
        rule=line.rule,
        article=line.article,
        version=line.version,
        reading=line.reading,
        points=-line.points,
        item_id=line.item_id,
        evidence=line.evidence,
        note="冲销：原记账所依的事实已经改变。",
        reverses=line,
    )


def _held_difference(
    actor: Actor, installation: Installation, period: str, reason: str
) -> tuple[Scored, AccountPeriod, Difference]:
    actor.require(Right.POINTS_POST, installation.unit_id)
    if not reason.strip():
        raise HengjianError("请写明更正的理由，它会印在更正对照表里。")
    lock(installation)
    row = account(installation, known_period(installation, actor, period))
    if row.state != CLOSED:
        raise HengjianError(f"{label(row)}尚未关账，直接记账即可。")
    result = scored(installation, actor.at)
    difference = differences(installation, result).get(row.key)
    if difference is None:
        raise HengjianError(f"{label(row)}的台账与事实一致，没有待更正的内容。")
    return result, row, difference


def _held(installation: Installation, found: Iterable[str]) -> list[str]:
    closed = AccountPeriod.objects.filter(installation=installation, state=CLOSED, key__in=list(found))
    return sorted(closed.values_list("key", flat=True))
