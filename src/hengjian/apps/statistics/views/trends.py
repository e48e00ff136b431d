"""Unusual months and forecasts of one card."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import needs
from hengjian.apps.org.roles import Right
from hengjian.apps.statistics import trends as engine
from hengjian.apps.statistics.forms import TrendForm
from hengjian.apps.statistics.scope import Scene
from hengjian.apps.statistics.tables import UNTOLD, last_span
from hengjian.apps.statistics.views.common import card_choices, court_choices, data_of, place
from hengjian.apps.ui.pages import page
from hengjian.statistics.table import held

READ = needs(Right.STATS_READ)
MOST = 60


@READ
@require_GET
def trends(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    cards, courts = card_choices(scene, counted=True), court_choices(scene)
    default = next((key for key, _ in cards if key not in _stocks(scene)), "")
    key = request.GET.get("card") or default
    court = request.GET.get("court") or scene.default_court
    if key not in dict(cards) or court not in dict(courts):
        raise Missing("没有这个口径或者法院，或者您无权查看。")
    card = held(scene.cards, last_span(scene)).card(key)
    data = data_of(scene, request.GET.get("version", ""))
    series = engine.series_of(scene, data, card) if data else {}
    mine = series.get(court)
    made = engine.foreseen(mine.values) if mine else None
    odd, watched = engine.odd_months(scene, series) if series else ([], {})
    context = {
        "scene": scene, "installation": scene.installation, "card": card, "court": court, "data": data,
        "name": scene.place.name(court), "odd": odd[:MOST], "more": max(0, len(odd) - MOST),
        "silent": engine.silent(scene, series, watched),
        "method": next((engine.METHODS[one.method] for one in watched.values() if one.method != "none"), ""),
        "made": made, "series": mine, "verdict": engine.verdict(made) if made else "",
        "how": engine.METHODS[made.method] if made else "",
        "steps": list(zip(engine.coming(mine), made.steps, strict=False)) if made and mine and mine.months else [],
        "untold": UNTOLD if scene.seals else "",
        "svg": engine.picture(mine, made, card, scene.place.name(court)) if made and mine and mine.months else "",
        "tried": [{"month": mine.months[one.index], "one": one} for one in made.tried] if made and mine else [],
        "form": TrendForm(initial={"card": key, "court": court}, cards=cards, courts=courts),
    }  # fmt: skip
    return page(request, "statistics/trends.html", context)


def _stocks(scene: Scene) -> set[str]:
    return {card.key for card in scene.cards.cards if card.shape.value == "stock"}
