"""What this app puts into the inbox: surveys to answer and to close, suggestions to send, to remind of."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q

from hengjian.apps.duties.inbox import address
from hengjian.apps.duties.look import Look
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.duties.sources import source
from hengjian.apps.org.roles import Right
from hengjian.apps.statistics.models import Suggestion, Survey
from hengjian.apps.statistics.scope import seats
from hengjian.base.times import start_of_day

S = Suggestion.State


@source
def surveys(look: Look) -> Iterator[DutyRow]:
    mine = seats(look.actor, Right.STATS_MANAGE)
    if not mine:
        return
    unanswered = Count("parts", filter=Q(parts__court__in=mine, parts__answered_at=None))
    rows = Survey.objects.filter(Q(parts__court__in=mine) | Q(unit__in=mine), state=Survey.State.OPEN)
    for row in rows.select_related("unit").annotate(left=unanswered).distinct():
        ended = row.due_on < look.today
        if row.left and not ended:
            step = f"还有 {row.left} 份没有答复"
        elif row.unit_id in mine and ended:
            step = "截止日期已过，写明结论后结束"
        else:
            continue
        yield look.row(
            key=f"survey:{row.pk}:{'close' if ended else 'answer'}", kind="统计调查", title=row.title,
            url=address("statistics:survey", row.pk), next_step=step, unit=str(row.unit),
            due=start_of_day(row.due_on), inclusive=False,
        )  # fmt: skip


@source
def suggestions(look: Look) -> Iterator[DutyRow]:
    """A suggestion stays on the desk from its signature until the reply is in."""
    mine = seats(look.actor, Right.STATS_MANAGE)
    rows = Suggestion.objects.filter(unit__in=mine, state__in=(S.SIGNED, S.SENT)).select_related("unit")
    for row in rows if mine else ():
        due = start_of_day(row.reply_by) if row.reply_by and row.state == S.SENT else None
        late = bool(row.reply_by and row.reply_by < look.today)
        step = "编号、送达后登记" if row.state == S.SIGNED else "催办" if late else "等待反馈，收到后登记"
        yield look.row(
            key=f"suggestion:{row.pk}:{row.state}", kind="司法建议", title=row.title,
            url=address("statistics:suggestion", row.pk), next_step=step, unit=str(row.unit), due=due,
            inclusive=False,
        )  # fmt: skip
