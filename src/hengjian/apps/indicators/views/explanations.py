"""情况说明: the list, one of them, what each hand does with it, the letter."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from hengjian.apps.indicators import discussed, queries
from hengjian.apps.indicators.acts import explanations as acts
from hengjian.apps.indicators.follow import after
from hengjian.apps.indicators.forms import ExplanationForm, VerbForm
from hengjian.apps.indicators.models import Explanation
from hengjian.apps.indicators.printing import explanation_document
from hengjian.apps.indicators.states import can
from hengjian.apps.indicators.views.common import download, place
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.periods import Period
from hengjian.documents import render_docx, render_pdf


@require_GET
@signed_in
def explanation_list(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    found = list(queries.visible_explanations(scene)[:200])
    titles = {m.indicator: m.title for m in scene.by_key.values()}
    words = triggers(scene)
    rows = [(e, titles.get(e.indicator, e.indicator), words.get(e.trigger, e.trigger)) for e in found]
    open_states = (Explanation.State.DUE, Explanation.State.RETURNED, Explanation.State.SUBMITTED)
    context = {"scene": scene, "rows": rows, "open": sum(e.state in open_states for e in found)}
    return page(request, "indicators/explanations.html", context)


@require_GET
@signed_in
def explanation(request: HttpRequest, pk: int) -> HttpResponse:
    scene = place(request)
    return _show(request, scene, fetch(queries.visible_explanations(scene), pk=pk))


def _show(
    request: HttpRequest,
    scene: Scene,
    found: Explanation,
    form: ExplanationForm | None = None,
    refused: VerbForm | None = None,
) -> HttpResponse:
    mine = can(found, "submit") and scene.heads(found.unit)
    if form is None and mine:
        initial = {"why": found.why, "measures": found.measures, "promised_on": found.promised_on}
        form = ExplanationForm(initial={"version": found.version, **initial})
    measure = scene.by_key.get(found.indicator)
    context = {
        "scene": scene,
        "explanation": found,
        "measure": measure,
        "trigger": triggers(scene).get(found.trigger, found.trigger),
        "period": Period.parse(found.period),
        "form": form if mine else None,
        "refused": refused,
        "may": {v for v in ("accept", "return", "report") if scene.manages and can(found, v)},
        "after": after(scene, found),
        "discussed": discussed.of_explanation(scene, found),
    }
    return page(request, "indicators/explanation.html", context, form=refused or form)


@require_POST
@signed_in
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    scene = place(request)
    found = fetch(queries.visible_explanations(scene).select_related("installation__unit"), pk=pk)
    if verb == "submit":
        return _submit(request, scene, found)
    form = VerbForm(request.POST)
    if verb not in ("accept", "return", "report"):
        raise Missing("没有这种办理方式。")
    if form.is_valid():
        with into_form(form):
            version, opinion = form.cleaned_data["version"], form.cleaned_data["opinion"]
            if verb == "accept":
                row = acts.accept(scene.actor, found, version=version, opinion=opinion)
            elif verb == "return":
                row = acts.send_back(scene.actor, found, version=version, opinion=opinion)
            else:
                row = acts.report(scene.actor, found, version=version)
            messages.success(request, f"已办理，现为“{row.get_state_display()}”。")
            return redirect("indicators:explanation", pk)
    return _show(request, scene, found, refused=form)


def _submit(request: HttpRequest, scene: Scene, found: Explanation) -> HttpResponse:
    form = ExplanationForm(request.POST)
    if form.is_valid():
        with into_form(form):
            acts.submit(scene.actor, found, **form.cleaned_data)
            messages.success(request, "情况说明已提交，等领导小组办公室审阅。")
            return redirect("indicators:explanation", found.pk)
    return _show(request, scene, found, form)


@require_GET
@signed_in
def file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    scene = place(request)
    found = fetch(queries.visible_explanations(scene), pk=pk)
    measure = scene.by_key.get(found.indicator)
    title = measure.title if measure else found.indicator
    document = explanation_document(found, title, scene.installation.unit.name, addressee(scene))
    if suffix == "docx":
        return download(render_docx(document), document.title, "docx")
    return download(render_pdf(document).data, document.title, "pdf")


def triggers(scene: Scene) -> dict[str, str]:
    return {term.key: term.label for term in scene.pack.vocabulary("explanation_trigger")}


def addressee(scene: Scene) -> str:
    """Whom the flow presents it to: the first reader of the pack's audience, under its full name."""
    term = next(iter(scene.pack.vocabulary("audience")))
    return (*term.aliases, term.label)[0]
