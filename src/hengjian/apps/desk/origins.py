"""Where a topic of a meeting came from, as an address; and what meetings said about a thing."""

from __future__ import annotations

from django.db.models import Model, QuerySet
from django.urls import reverse

from hengjian.apps.desk.models import AgendaItem, Decision, Meeting
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


def heard(thing: Model) -> QuerySet[AgendaItem]:
    """The topics of held meetings that were about a thing, the latest first."""
    source = f"{thing._meta.model_name}:{thing.pk}"
    held = (Meeting.State.MINUTED, Meeting.State.REPORTED)
    found = AgendaItem.objects.filter(source=source, dropped=False, meeting__state__in=held)
    return found.select_related("meeting").prefetch_related("decisions__unit").order_by("-meeting__starts_at")
