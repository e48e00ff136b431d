"""One question of the text, tried over a closed period: which units gain or lose how much under each answer."""

from __future__ import annotations

from decimal import Decimal
from time import perf_counter

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.points import queries, words
from hengjian.apps.points.forms import scoring_readings
from hengjian.apps.points.models import AccountPeriod
from hengjian.apps.points.whatif import Draft, Outcome, what_if
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for, questions
from hengjian.apps.ui.pages import page
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.policy import Pack


@require_GET
@needs(Right.WHATIF_RUN)
def effect(request: HttpRequest, pk: int, reading: str) -> HttpResponse:
    """The sandbox: nothing is stored, the answer in force stays in force."""
    actor = actor_of(request)
    installation = fetch(queries.visible_installations(actor), pk=pk)
    actor.require(Right.WHATIF_RUN, installation.unit_id)
    pack = pack_for(installation, actor.at)
    if reading not in {r.id for r in scoring_readings(pack)}:
        raise Missing("没有这个口径，或者它不影响得分。")
    periods = _periods(installation, actor)
    chosen = request.GET.get("period", "") or (periods[0][0] if periods else "")
    options = [key for key in pack.readings[reading].options if key != pack.chosen(reading)]
    option = request.GET.get("option", "") or (options[0] if options else "")
    began = perf_counter()
    outcome, refused = _outcome(installation, pack, reading, option, chosen, actor)
    context: dict[str, object] = {
        "installation": installation,
        "question": next(q for q in questions(installation, actor.at) if q.id == reading),
        "option": option,
        "title": pack.readings[reading].options[option].title
        if option in pack.readings[reading].options
        else "",
        "options": [(key, pack.readings[reading].options[key].title) for key in options],
        "periods": periods,
        "period": chosen,
        "outcome": outcome,
        "changed": [c for c in outcome.changes if c.gain] if outcome else [],
        "refused": refused,
        "seconds": f"{perf_counter() - began:.2f}",
        "word": words.unit_word(pack),
        "most": max((abs(c.gain) for c in outcome.changes), default=Decimal(0)) if outcome else Decimal(0),
    }
    return page(request, "points/effect.html", context)


def _periods(installation: Installation, actor: Actor) -> list[tuple[str, str]]:
    """Closed periods first, newest first; then years, then what is still running."""
    closed = AccountPeriod.objects.filter(installation=installation, state=AccountPeriod.State.CLOSED)
    keys = sorted(closed.values_list("key", flat=True), reverse=True)
    running = AccountPeriod.objects.filter(installation=installation, state=AccountPeriod.State.OPEN)
    rest = [key for key in sorted(running.values_list("key", flat=True), reverse=True) if key not in keys]
    years = [year for year in queries.years(installation, actor.at) if year not in (*keys, *rest)]
    found = [(key, f"{Period.parse(key).label}（已关账）") for key in keys]
    found += [(year, f"{Period.parse(year).label}（全年）") for year in years]
    return found + [(key, f"{Period.parse(key).label}（进行中）") for key in rest]


def _outcome(
    installation: Installation, pack: Pack, reading: str, option: str, period: str, actor: Actor
) -> tuple[Outcome | None, str]:
    if not period or not option:
        return None, "还没有可以试算的期间。"
    try:
        span = Period.parse(period)
        draft = Draft({}, {reading: option})
        draft.applied(pack)
        return what_if(installation, draft, span, span, actor.at), ""
    except HengjianError as error:
        return None, error.message
