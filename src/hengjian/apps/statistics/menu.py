"""Entries of this app in the left menu; shown only where case data is governed."""

from __future__ import annotations

from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.statistics.departments import concerned
from hengjian.apps.statistics.models import Suggestion, SurveyPart
from hengjian.apps.statistics.scope import governed, seats
from hengjian.apps.ui import nav

SECTION = "统计"


def register() -> None:
    read, office = (Right.STATS_READ,), (Right.STATS_MANAGE,)
    nav.add(
        nav.Entry(SECTION, "统计报表", "statistics:table", read, 10, when=governed),
        nav.Entry(SECTION, "三级印证", "statistics:agreement", office, 20, when=governed),
        nav.Entry(SECTION, "异常和趋势", "statistics:trends", read, 30, when=governed),
        nav.Entry(SECTION, "口径卡", "statistics:cards", read, 40, when=governed),
        nav.Entry(
            SECTION, "统计调查", "statistics:surveys", office, 50, count=asked, hot=True, when=governed
        ),
        nav.Entry(SECTION, "统计分析", "statistics:analyses", read, 60, when=governed),
        nav.Entry(SECTION, "部门报送", "statistics:department_reports", order=25, when=concerned),
        nav.Entry(SECTION, "司法建议", "statistics:suggestions", read, 70, count=waiting, when=governed),
    )


def asked(actor: Actor) -> int:
    """Parts of open surveys the actor's office still has to answer."""
    mine = seats(actor, Right.STATS_MANAGE)
    return SurveyPart.objects.filter(court__in=mine, survey__state="open", answered_at=None).count()


def waiting(actor: Actor) -> int:
    """Suggestions of the actor's court that wait for a reply."""
    return Suggestion.objects.filter(
        unit__in=seats(actor, Right.STATS_MANAGE), state=Suggestion.State.SENT
    ).count()
