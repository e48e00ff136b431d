"""Documents handed in, one beside its record, a batch with its progress."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.cases.acts.look import look
from hengjian.apps.cases.dictionary import items
from hengjian.apps.cases.views.common import place_of
from hengjian.apps.org.access import Actor, Denied, Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.papers import beside
from hengjian.apps.papers.access import in_state, places, unmasked, veiled, visible_batches, visible_papers
from hengjian.apps.papers.acts import decide as acts
from hengjian.apps.papers.acts.hand_in import again, hand_in
from hengjian.apps.papers.forms import DecideForm, EnterForm, HandInForm, RecordForm, TakeForm
from hengjian.apps.papers.models import Paper
from hengjian.apps.ui.pages import into_form, page
from hengjian.extract.reference import rows as table

GATE = needs(Right.CASE_CORRECT)
PER_PAGE = 50


@GATE
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest) -> HttpResponse:
    """Hand in; what has been handed in, most differences first."""
    actor, dataset, _ = place_of(request)
    form = HandInForm(
        request.POST or None,
        request.FILES or None,
        places=places(actor, dataset),
        initial={"client_key": uuid4().hex},
    )
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            wanted = form.cleaned_data
            batch = hand_in(
                actor,
                dataset,
                wanted["place"],
                files=[(file.name or "", file.read()) for file in wanted["documents"]],
                pasted=wanted["pasted"],
                client_key=wanted["client_key"],
            )
            read = list(batch.papers.all()[:2])
            if len(read) == 1:
                return redirect("papers:paper", read[0].pk)
            return redirect("papers:batch", batch.pk)
    rows = visible_papers(actor).filter(dataset=dataset).order_by("-made_at", "-differences", "pk")
    state = request.GET.get("state", "")
    if state in Paper.State.values:
        rows = in_state(rows, state)
    context = {
        "form": form,
        "installation": dataset.installation,
        "states": [("", "全部"), *Paper.State.choices],
        "state": state,
        "page": _page(request, actor, rows),
        "batches": visible_batches(actor)
        .filter(dataset=dataset)
        .annotate(n=Count("papers"))
        .filter(n__gt=1)[:8],
    }
    return page(request, "papers/papers.html", context, form=form)


@GATE
@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Progress and the documents with the number of their differences."""
    actor = actor_of(request)
    row = fetch(visible_batches(actor), pk=pk)
    S = Paper.State
    told = row.papers.aggregate(
        all=Count("pk"),
        waiting=Count("pk", filter=Q(state=S.WAITING)),
        failed=Count("pk", filter=Q(state=S.FAILED)),
        differing=Count("pk", filter=Q(differences__gt=0)),
        unknown=Count("pk", filter=Q(state=S.OPEN, case_id="")),
    )
    context = {
        "batch": row,
        "told": told | {"read": told["all"] - told["waiting"]},
        "installation": row.dataset.installation,
        "page": _page(request, actor, row.papers.all()),
    }
    return page(request, "papers/batch.html", context)


@GATE
@require_POST
def batch_again(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    number = again(actor, fetch(visible_batches(actor), pk=pk))
    messages.success(request, f"{number} 份将重新读取。")
    return redirect("papers:batch", pk)


@GATE
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    return _shown(request, actor, veiled(actor, fetch(visible_papers(actor), pk=pk)))


def _page(request: HttpRequest, actor: Actor, rows: QuerySet[Paper]) -> Page[Paper]:
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    found.object_list = [veiled(actor, row) for row in found.object_list]
    return found


def _shown(request: HttpRequest, actor: Actor, row: Paper, **forms: Any) -> HttpResponse:
    open_text = unmasked(actor, row)
    case = beside.case_of(row) if row.facts else None
    rows = beside.compared(row, case) if row.facts else []
    told = beside.told(row) if open_text else {}
    looked = str(case["case_id"]) if case else f"文书 {row.pk}"
    look(actor, row.dataset, looked, court=row.court_id, unmasked=open_text, why=f"文书核对 {row.pk}")
    version = {"version": row.version}
    open_for_me = row.decidable and open_text
    may = open_for_me and actor.has(Right.CASE_CORRECT, row.department_id or row.court_id)
    taken = beside.accepted(rows)
    context = {
        "paper": row,
        "installation": row.dataset.installation,
        "case": case,
        "rows": [_cells(row, one, open_text) for one in sorted(rows, key=lambda one: not one.decidable)],
        "pieces": beside.marked(row, rows, told) if open_text else [],
        "open_text": open_text,
        "told": told,
        "doubts": row.facts.get("doubts", []) if open_text else [],
        "decidable": any(one.decidable for one in rows),
        "lacking": sum(1 for one in rows if one.missing and one.decision is None),
        "left": sum(1 for one in rows if one.decidable and one.decision is None),
        "taken": len(taken),
        "may": may,
        "may_enter": may and case is None and bool(taken) and actor.has(Right.CASE_UPLOAD, row.court_id),
        "decide_form": forms.get("decide") or DecideForm(initial=version),
        "record_form": forms.get("record") or _record_form(row),
        "take_form": forms.get("correct") or TakeForm(initial=version),
        "enter_form": forms.get("enter") or EnterForm(initial=version),
    }
    bound = next((form for form in forms.values() if form is not None), None)
    return page(request, "papers/paper.html", context, form=bound)


def _cells(paper: Paper, row: beside.Row, open_text: bool) -> dict[str, Any]:
    return {
        "row": row,
        "key": row.item.key,
        "label": row.item.label,
        "value": row.item.shown(row.entry.value, unmasked=open_text) if row.entry.value else "",
        "recorded": row.item.shown(row.entry.recorded, unmasked=open_text) if row.entry.recorded else "",
        "sent": paper.correction if paper.correction and row.item.key in paper.correction.changes else None,
    }


def _record_form(row: Paper, data: Any = None) -> RecordForm:
    known = items(row.dataset)
    offered = [(one["item"], known[one["item"]].label) for one in table("entries") if one["item"] in known]
    return RecordForm(data, offered=offered, typed=row.typed, initial={"version": row.version})


@GATE
@require_POST
def paper_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Decide, type the record, propose the correction, enter as a new case."""
    actor = actor_of(request)
    row = fetch(visible_papers(actor), pk=pk)
    makers = {"decide": DecideForm, "correct": TakeForm, "enter": EnterForm}
    if verb != "record" and verb not in makers:
        raise Missing("没有这个办理环节。")
    form: Any = _record_form(row, request.POST) if verb == "record" else makers[verb](request.POST)
    if form.is_valid():
        with into_form(form):
            return _done(request, actor, row, verb, form)
    return _shown(request, actor, row, **{verb: form})


def _done(request: HttpRequest, actor: Actor, row: Paper, verb: str, form: Any) -> HttpResponse:
    version = form.cleaned_data["version"]
    if verb == "decide":
        made = acts.decide(actor, row, verdicts=form.verdicts(beside.lacking(row)), version=version)
        messages.success(request, f"已记下 {len(made)} 项决定。")
    elif verb == "record":
        acts.type_record(actor, row, values=form.values(), version=version)
        messages.success(request, "已与填写的记录对照。")
    elif verb == "correct":
        correction = acts.correct(actor, row, version=version)
        messages.success(request, "已提出纠正，等待确认。")
        return redirect("cases:correction", correction.pk)
    else:
        upload = acts.enter(actor, row, case_id=form.cleaned_data["case_id"], version=version)
        messages.success(request, "已做成一行数据，请核对各列后入库。")
        return redirect("cases:upload", upload.pk)
    return redirect("papers:paper", row.pk)


@GATE
@require_GET
def row_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The items taken from the document as a file of one row in the upload format."""
    actor = actor_of(request)
    row = fetch(visible_papers(actor), pk=pk)
    if not unmasked(actor, row):
        raise Denied("您无权查看个人信息，不能下载。")
    case = beside.case_of(row) if row.facts else None
    rows = beside.compared(row, case) if row.facts else []
    look(
        actor, row.dataset, row.case_id or f"文书 {row.pk}", court=row.court_id, unmasked=True, why="下载一行"
    )
    data = beside.as_file(row, beside.accepted(rows), row.case_id)
    answer = HttpResponse(data, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="paper-{row.pk}.csv"'
    return answer
