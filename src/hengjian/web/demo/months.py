"""The account of each month: posted, notified, closed; once appealed against, once restated."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from hengjian.apps.bulletins.desk.acts.fault import withdraw_fault
from hengjian.apps.bulletins.models import Fact, FaultCase
from hengjian.apps.points.acts import appeals, notices, posting
from hengjian.apps.points.models import LedgerLine, Notice
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_instant, to_local
from hengjian.web.demo.clockwork import Life, Stretch
from hengjian.web.demo.lives import World

MONTHLY, YEARLY = "notices/monthly", "notices/yearly"
APPEALED, RESTATED = 4, 7  # the how-manieth month of the story, or the first after it that gives occasion


def accounts_life(world: World, begins: datetime) -> Life:
    """On the ninth of every month, when its faults are decided, the notice of the month before; in January the year's."""
    month = Period.of(to_local(begins).date(), PeriodKind.MONTH)
    n, appealed, restated = 0, False, False
    while True:
        n += 1
        at = _at(month, 8, 7, 20)
        yield at
        notice = yield from _publish(world, at, MONTHLY, str(month))
        if n >= APPEALED and not appealed:
            appealed = yield from _appeal(world, notice, at)
        if n >= RESTATED and not restated:
            restated = yield from _restate(world, month)
        if month.end.month == 1:
            at = _at(month, 10, 7, 20)
            yield at
            yield from _publish(world, at, YEARLY, str(month.first.year))
        month = month.next()


def _publish(world: World, at: datetime, clause: str, period: str) -> Stretch[Notice]:
    """Made and handed over by the editor, checked by the leader, signed by the president, printed: before the day's facts."""
    court = world.court
    editor = court.actor("bianji", at)
    notice = notices.prepare(editor, court.installation, clause=clause, period=period)
    notice = notices.submit(editor, notice, version=notice.version)
    for login, minutes, opinion in (("fenguan", 6, "数字已核，拟同意。"), ("yuanzhang", 4, "同意印发。")):
        at += timedelta(minutes=minutes)
        yield at
        notice = notices.approve(court.actor(login, at), notice, version=notice.version, opinion=opinion)
    at += timedelta(minutes=5)
    yield at
    return notices.publish(court.actor("bianji", at), notice, version=notice.version)


def _appeal(world: World, notice: Notice, at: datetime) -> Stretch[bool]:
    """The department objects to a late report; the president, who had no part in it, decides. False: none this month."""
    late = set(Fact.objects.standing().filter(kind="late").values_list("pk", flat=True))
    lines = LedgerLine.objects.filter(period=notice.period, points__lt=0).exclude(unit=None).order_by("pk")
    line = next((found for found in lines if late.intersection(found.evidence)), None)
    if line is None or line.unit is None:
        return False
    court = world.court
    login = next(court.liaison[key] for key, unit in court.units.items() if unit.pk == line.unit_id)
    at = at + timedelta(hours=50)
    yield at
    appeal = appeals.file_appeal(
        court.actor(login, at),
        notice,
        unit=line.unit,
        line=line,
        text="该信息在规定时限内已通过电话报告，值班记录可查，请复核。",
        client_key=world.key(),
    )
    at = at + timedelta(hours=30)
    yield at
    appeals.decide(
        court.actor("yuanzhang", at),
        appeal,
        upheld=True,
        decision="经核对值班记录，电话报告在时限之内，撤销该次逾期认定。",
        withdraw=line.evidence,
    )
    return True


def _restate(world: World, month: Period) -> Stretch[bool]:
    """A fault of the closed month turns out unfounded: withdrawn, restated, and the correction published."""
    cases = FaultCase.objects.filter(
        installation=world.court.installation,
        state="confirmed",
        fact__happened_at__gte=to_instant(datetime.combine(month.first, time())),
    )
    case = (
        cases.filter(fact__happened_at__lt=to_instant(datetime.combine(month.end, time())))
        .order_by("pk")
        .first()
    )
    if case is None:
        return False
    court = world.court
    at = _at(month, 14, 7, 20)
    yield at
    withdraw_fault(court.actor("zhuren", at), case, reason="核对原始记录，认定有误。")
    posting.restate(court.actor("bianji", at), court.installation, str(month), reason="撤销一项差错认定。")
    at = at + timedelta(minutes=5)
    yield at
    yield from _publish(world, at, MONTHLY, str(month))
    return True


def _at(month: Period, days: int, hour: int, minute: int) -> datetime:
    return to_instant(datetime.combine(month.end + timedelta(days=days), time(hour, minute)))
