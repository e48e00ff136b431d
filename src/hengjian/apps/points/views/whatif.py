"""What if: a form of the pack's values and readings; the answer beside it, with pictures and as a file. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import needs
from hengjian.apps.org.roles import Right
from hengjian.apps.points import words
from hengjian.apps.points.engine import period_kind
from hengjian.apps.points.forms import WhatIfForm
from hengjian.apps.points.pictures import KINDS, picture
from hengjian.apps.points.replaying import warm
from hengjian.apps.points.report import cliff_table, outcome_table, remarks, report_of
from hengjian.apps.points.standing import Showing, showing_of
from hengjian.apps.points.views.common import download, place_of
from hengjian.apps.points.whatif import Change, Draft, Outcome, what_if
from hengjian.apps.points.workbook import workbook
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.periods import Period
from hengjian.base.times import to_local
from hengjian.documents import Column, Table, render_docx, render_pdf
from hengjian.documents.charts.draw import chart_svg
from hengjian.policy import Pack

FILES = ("xlsx", "docx", "pdf")


@dataclass
class Trial:
    """A form that was asked, and what came out."""

    actor: Actor
    installation: Installation
    pack: Pack
    form: WhatIfForm
    ranks: bool = False
    outcome: Outcome | None = None
    draft: Draft | None = None

    @property
    def word(self) -> str:
        return words.unit_word(self.pack)

    @property
    def showing(self) -> Showing:
        """By the rule under trial: an answer that allows places is tried with them."""
        pack = self.draft.applied(self.pack) if self.draft else self.pack
        return showing_of(pack, asked=self.ranks)

    @property
    def changed(self) -> list[str]:
        return described(self.pack, self.draft, self.actor) if self.draft else []


@require_GET
@needs(Right.WHATIF_RUN)
def whatif(request: HttpRequest) -> HttpResponse:
    trial = _tried(request)
    wanted = request.GET.get("export", "")
    if trial.outcome is not None and wanted in FILES:
        return _file(trial, trial.outcome, wanted)
    outcome = trial.outcome
    showing = trial.showing
    if outcome is None:
        warm(trial.installation, trial.pack)
    query = request.GET.copy()
    query.pop("export", None)
    plain = query.copy()
    plain.pop("ranks", None)
    context = {
        "installation": trial.installation,
        "form": trial.form,
        "outcome": outcome,
        "draft": trial.changed,
        "word": trial.word,
        "most": max((abs(c.gain) for c in outcome.changes), default=Decimal(0)) if outcome else 0,
        "query": query.urlencode() if request.GET else "",
        "plain_query": plain.urlencode(),
        "showing": showing,
        "changes": _shown(outcome, showing.show) if outcome else [],
        "pictures": [kind for kind in KINDS if outcome and (kind != "edges" or outcome.edges)],
    }
    return page(request, "points/whatif.html", context, form=trial.form)


@require_GET
@needs(Right.WHATIF_RUN)
def chart(request: HttpRequest, kind: str) -> HttpResponse:
    """One picture of the trial the query asks for."""
    trial = _tried(request)
    if trial.outcome is None or kind not in KINDS:
        raise Missing("没有这张图。")
    response = HttpResponse(chart_svg(picture(kind, trial.outcome, trial.word)), content_type="image/svg+xml")
    response["Cache-Control"] = "private, max-age=60"
    return response


def _shown(outcome: Outcome, show: str) -> list[tuple[Change, tuple[str, str]]]:
    """Each unit with its quarters of the field; in the order of the organisation where nobody is ranked."""
    rows = outcome.changes if show == "places" else outcome.in_own_order
    return [(change, outcome.bands(change)) for change in rows]


def _tried(request: HttpRequest) -> Trial:
    actor, installation = place_of(request)
    pack = pack_for(installation, actor.at)
    initial = _initial(actor, pack)
    data = {**initial, **request.GET.dict()} if request.GET else None
    form = WhatIfForm(data, pack=pack, current=current_values(pack, actor), initial=initial)
    trial = Trial(actor, installation, pack, form, ranks=request.GET.get("ranks") == "1")
    if data is not None and form.is_valid():
        with into_form(form):
            draft = form.draft()
            first, last = (Period.parse(form.cleaned_data[name]) for name in ("first", "last"))
            trial.outcome = what_if(installation, draft, first, last, actor.at)
            trial.draft = draft
    return trial


def _file(trial: Trial, outcome: Outcome, suffix: str) -> HttpResponse:
    if suffix == "xlsx":
        sheets = [
            ("各单位得失", outcome_table(outcome, trial.word, trial.showing)),
            ("定额边缘", cliff_table(outcome)),
        ]
        told = [
            *(("改动", text) for text in trial.changed),
            *(("说明", text) for text in remarks(trial.showing)),
        ]
        about = ("改动和说明", Table((Column("项"), Column("内容")), tuple(told)))
        return download(workbook([*(sheets if outcome.edges else sheets[:1]), about]), "规则试算", "xlsx")
    day = to_local(trial.actor.at).date()
    document = report_of(outcome, trial.changed, trial.installation.unit.name, trial.word, day, trial.showing)
    data = render_docx(document) if suffix == "docx" else render_pdf(document).data
    return download(data, "规则试算报告", suffix)


def current_values(pack: Pack, actor: Actor) -> dict[str, Decimal]:
    """Parameters of the points clauses with the value in force today: prices, quotas, weights."""
    today = to_local(actor.at).date()
    used: dict[str, Decimal] = {}
    for clause in pack.clauses_of("points"):
        for name in _params(clause):
            if (value := pack.value(name, today)) is not None:
                used[name] = value
    return used


def _params(clause: Any) -> list[str]:
    names = [getattr(clause, "param", None), *getattr(clause, "params", {}).values()]
    for part in ("quota", "weights", "factor"):
        names += list(getattr(getattr(clause, part, None), "params", {}).values())
    return [name for name in dict.fromkeys(names) if name]


def described(pack: Pack, draft: Draft, actor: Actor) -> list[str]:
    """What the draft changes, in words."""
    today = to_local(actor.at).date()
    found = [
        f"{pack.params[name].title}：{pack.value(name, today)} → {value}"
        for name, value in draft.values.items()
    ]
    for reading_id, option in draft.readings.items():
        reading = pack.readings[reading_id]
        found.append(f"{reading_id} {reading.question} → {reading.options[option].title.rstrip('。')}")
    return found


def _initial(actor: Actor, pack: Pack) -> dict[str, str]:
    today = to_local(actor.at).date()
    kind = period_kind(pack)
    last = Period.of(today, kind)
    return {"first": str(Period.of(today.replace(month=1, day=1), kind)), "last": str(last)}
