"""Where a topic of a meeting came from, as an address; and what meetings said about a thing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from hengjian.apps.desk.models import AgendaItem, Decision, Meeting
from hengjian.apps.desk.queries import visible_meetings
from hengjian.apps.indicators.discussed import Sources, provide
from hengjian.apps.indicators.models import Card, Target
from hengjian.apps.indicators.who import Scene

_PAGES = {
    "ticket": "desk:ticket",
    "explanation": "indicators:explanation",
    "kpinotice": "indicators:notice",
}
_OF_INDICATORS: dict[str, type[Target] | type[Card]] = {"target": Target, "card": Card}


def origin_of(scene: Scene, item: AgendaItem) -> str:
    """The page of what is talked about; empty for a topic somebody wrote himself."""
    kind, _, rest = item.source.partition(":")
    if kind in _PAGES:
        return reverse(_PAGES[kind], args=[rest])
    if kind == "result":
        key, _, period = rest.partition(":")
        return f"{reverse('indicators:indicator', args=[key])}?period={period}"
    if kind in _OF_INDICATORS:
        row = _OF_INDICATORS[kind].objects.filter(installation=scene.installation, pk=rest).first()
        return reverse("indicators:indicator", args=[row.indicator]) if row else ""
    if kind == "decision":
        decision = Decision.objects.filter(pk=rest, meeting__installation=scene.installation).first()
        return reverse("desk:meeting", args=[decision.meeting_id]) if decision else ""
    return ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a held meeting said about a thing."""

    meeting: str
    url: str
    title: str
    conclusion: str
    decided: tuple[Decision, ...]


@provide
def said(scene: Scene, sources: Sources) -> list[Said]:
    """The topics of held meetings one may read that were about these things, the latest meeting first."""
    wanted = Q()
    for source in sources:
        wanted |= Q(source__startswith=source) if source.endswith(":") else Q(source=source)
    if not sources:
        return []
    held = visible_meetings(scene).filter(state__in=(Meeting.State.MINUTED, Meeting.State.REPORTED))
    found = AgendaItem.objects.filter(wanted, dropped=False, meeting__in=held).select_related("meeting")
    rows = found.prefetch_related("decisions__unit").order_by("-meeting__starts_at", "position")
    return [_said(item) for item in rows]


def _said(item: AgendaItem) -> Said:
    url = reverse("desk:meeting", args=[item.meeting_id])
    return Said(str(item.meeting), url, item.title, item.conclusion, tuple(item.decisions.all()))
