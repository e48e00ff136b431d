"""What if: a form of the pack's values and readings; the answer beside it. Nothing is stored."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import needs
from hengjian.apps.org.roles import Right
from hengjian.apps.points import words
from hengjian.apps.points.engine import period_kind
from hengjian.apps.points.forms import WhatIfForm
from hengjian.apps.points.views.common import download, place_of
from hengjian.apps.points.whatif import Draft, Outcome, what_if
from hengjian.apps.points.workbook import workbook
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.periods import Period
from hengjian.base.times import to_local
from hengjian.documents import Column, Format, Table
from hengjian.policy import Pack


@require_GET
@needs(Right.WHATIF_RUN)
def whatif(request: HttpRequest) -> HttpResponse:
    actor, installation = place_of(request)
    pack = pack_for(installation, actor.at)
    initial = _initial(actor, pack)
    asked = bool(request.GET)
    data = {**initial, **request.GET.dict()} if asked else None
    form = WhatIfForm(data, pack=pack, current=current_values(pack, actor), initial=initial)
    outcome, draft = None, None
    if asked and form.is_valid():
        with into_form(form):
            draft = form.draft()
            first, last = (Period.parse(form.cleaned_data[name]) for name in ("first", "last"))
            outcome = what_if(installation, draft, first, last, actor.at)
    word = words.unit_word(pack)
    if outcome is not None and draft is not None and request.GET.get("export") == "xlsx":
        return download(workbook([("各部门得失", outcome_table(outcome, word))]), "规则试算", "xlsx")
    context = {
        "installation": installation,
        "form": form,
        "outcome": outcome,
        "draft": described(pack, draft, actor) if draft else [],
        "word": word,
        "most": max((abs(c.gain) for c in outcome.changes), default=Decimal(0)) if outcome else 0,
        "export": request.GET.urlencode() + "&export=xlsx" if asked else "",
    }
    return page(request, "points/whatif.html", context, form=form)


def current_values(pack: Pack, actor: Actor) -> dict[str, Decimal]:
    """Parameters of the points clauses with the value in force today."""
    today = to_local(actor.at).date()
    used: dict[str, Decimal] = {}
    for clause in pack.clauses_of("points"):
        names = [getattr(clause, "param", None), *getattr(clause, "params", {}).values()]
        for name in names:
            if name and (value := pack.value(name, today)) is not None:
                used[name] = value
    return used


def described(pack: Pack, draft: Draft, actor: Actor) -> list[str]:
    """What the draft changes, in words."""
    today = to_local(actor.at).date()
    found = [
        f"{pack.params[name].title}：{pack.value(name, today)} → {value}"
        for name, value in draft.values.items()
    ]
    for reading_id, option in draft.readings.items():
        reading = pack.readings[reading_id]
        found.append(f"{reading_id} {reading.question} → {reading.options[option].title}")
    return found


def outcome_table(outcome: Outcome, word: str) -> Table:
    columns = (
        Column("部门"),
        Column(f"现行{word}", Format.DECIMAL),
        Column(f"试算{word}", Format.DECIMAL),
        Column("得失", Format.DECIMAL),
        Column("现行名次", Format.INTEGER),
        Column("试算名次", Format.INTEGER),
    )
    return Table(
        columns,
        tuple(
            (c.unit.name, c.before, c.after, c.gain, c.place_before, c.place_after) for c in outcome.changes
        ),
    )


def _initial(actor: Actor, pack: Pack) -> dict[str, str]:
    today = to_local(actor.at).date()
    kind = period_kind(pack)
    last = Period.of(today, kind)
    return {"first": str(Period.of(today.replace(month=1, day=1), kind)), "last": str(last)}
