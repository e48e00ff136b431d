"""When a period is settled, how long objections are open, when they must be decided.

Where the text names no number, a setting says it.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings

from hengjian.apps.points.models import Appeal, Notice
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_local
from hengjian.policy import Pack

_BY_WEEKS = frozenset({"weeks_covered", "as_many_as_weeks"})


def settled_from(pack: Pack, period: Period) -> date:
    """The first day on which nothing that happens can count in ``period`` any more.

    A week belongs to the period of its Thursday: where a workload is counted by weeks, a month that ends on a
    Thursday waits for the Sunday after it.
    """
    quotas = (c for c in pack.clauses_of("points", period.last) if getattr(c, "shape", "") == "quota_base")
    if not any(getattr(quota, "measure", "") in _BY_WEEKS for quota in quotas):
        return period.end
    week = Period.of(period.last, PeriodKind.WEEK)
    return max(period.end, week.end) if period.contains(week.first + timedelta(days=3)) else period.end


def days_to_file(notice: Notice) -> tuple[int, bool]:
    """Natural days for an objection, and whether the regulation itself names them."""
    pack = pack_for(notice.period.installation, notice.published_at or notice.prepared_at)
    try:
        named = getattr(pack.clause(notice.clause), "objection_days", None)
    except HengjianError:
        named = None
    if isinstance(named, str):
        value = pack.value(named, to_local(notice.published_at or notice.prepared_at).date())
        named = int(value) if value is not None else None
    if named is not None:
        return int(named), True
    return int(settings.APPEAL_DAYS), False


def last_day(notice: Notice) -> date | None:
    """The last day on which an objection may be filed; the day of publication does not count."""
    if notice.published_at is None:
        return None
    return to_local(notice.published_at).date() + timedelta(days=days_to_file(notice)[0])


def decide_by(appeal: Appeal) -> date:
    return to_local(appeal.filed_at).date() + timedelta(days=settings.APPEAL_DECISION_DAYS)
