"""Monthly quality reports: list, one report, its causes, its way to the signature, its files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.cases.access import visible_reports, whole_courts
from hengjian.apps.cases.acts import report as acts
from hengjian.apps.cases.forms import FollowForm, NoteForm, ReportForm, ReportTextForm
from hengjian.apps.cases.models import Report, ReportNote
from hengjian.apps.cases.reports import printing
from hengjian.apps.cases.reports.pictures import KINDS, picture
from hengjian.apps.cases.views.common import download, place_of
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_local
from hengjian.documents import render_docx, render_pdf
from hengjian.documents.charts import chart_svg

READ = needs(Right.CASE_READ)


@READ
@require_http_methods(["GET", "POST"])
def reports(request: HttpRequest) -> HttpResponse:
    """All reports; the office at the top begins one."""
    actor, dataset, _ = place_of(request)
    may = actor.has(Right.CASE_REPORT, dataset.installation.unit)
    last = Period.of(to_local(actor.at).date(), PeriodKind.MONTH).previous()
    form = ReportForm(request.POST or None, initial={"period": str(last)}) if may else None
    if request.method == "POST" and form is not None and form.is_valid():
        with into_form(form):
            made = acts.prepare(actor, dataset, **form.cleaned_data)
            return redirect("cases:report", made.pk)
    context = {"reports": visible_reports(actor).filter(dataset=dataset), "form": form, "dataset": dataset}
    return page(request, "cases/reports.html", context, form=form)


@READ
@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    return _shown(request, actor, fetch(_related(actor), pk=pk))


def _related(actor: Actor) -> Any:
    return visible_reports(actor).select_related("dataset__installation__unit", "prepared_by", "issued_by")


def _shown(request: HttpRequest, actor: Actor, row: Report, **bound: forms.Form) -> HttpResponse:
    top = actor.has(Right.CASE_REPORT, row.dataset.installation.unit)
    own = _own_courts(actor, row)
    picked = request.GET.get("court") or (next(iter(own), "") if not top else "")
    open_to_all = top or row.state in (Report.State.ISSUED, Report.State.SUPERSEDED) or _signs(actor, row)
    if picked and (picked not in row.content["by_court"] or not (open_to_all or picked in own)):
        raise Missing("报告里没有这个法院，或者报告还没有印发。")
    may_note = bool(picked) and row.state == Report.State.DRAFT and actor.has(Right.CASE_REPORT, int(picked))
    part = row.content["by_court"].get(picked)
    notes = row.notes.filter(court=int(picked)) if picked else row.notes.none()
    forms_ = {
        "edit": bound.get("edit")
        or ReportTextForm(initial={"version": row.version, "title": row.title, "remark": row.remark}),
        "note": bound.get("note") or (NoteForm(rules=_rules(part)) if part and part["rules"] else None),
    }
    context = {
        "report": row,
        "content": row.content,
        "installation": row.dataset.installation,
        "period": Period.parse(row.period),
        "lead": printing.at_large(row.content, "" if open_to_all and not picked else picked),
        "sections": [_section(s) for s in printing.sections_of(row)] if open_to_all and not picked else [],
        "parts": [_section(s) for s in _parts(row, picked)] if part else [],
        "part": part,
        "picked": picked,
        "courts": [
            (pk, one["name"]) for pk, one in row.content["by_court"].items() if open_to_all or pk in own
        ],
        "notes": [(note, FollowForm(auto_id=f"note{note.pk}_%s")) for note in notes],
        "forms": forms_,
        "may": {
            "edit": top and row.state == Report.State.DRAFT,
            "submit": top and row.state == Report.State.DRAFT,
            "issue": top and row.state == Report.State.APPROVED,
            "note": may_note,
            "follow": bool(picked) and actor.has(Right.CASE_REPORT, int(picked)),
            "whole": open_to_all,
        },
        "pictures": _pictures(row) if open_to_all and not picked else (),
    }
    return page(request, "cases/report.html", context, form=next(iter(bound.values()), None))


def _pictures(row: Report) -> list[str]:
    """A single month is no line."""
    return [kind for kind in KINDS if kind != "months" or len(row.content["trend"]) > 1]


def _signs(actor: Actor, row: Report) -> bool:
    """Leaders of the issuing court read the whole before they sign."""
    return row.dataset.installation.unit_id in whole_courts(actor)


def _own_courts(actor: Actor, row: Report) -> list[str]:
    """Keys of the courts the actor sees entirely, his own first."""
    seen = whole_courts(actor)
    return [pk for pk in row.content["by_court"] if int(pk) in seen]


def _rules(part: dict[str, Any] | None) -> list[tuple[str, str]]:
    return (
        [(rule["id"], f"{rule['rule']}（新发现 {rule['found']}）") for rule in part["rules"]] if part else []
    )


def _parts(row: Report, picked: str) -> list[dict[str, Any]]:
    part = row.content["by_court"].get(picked, {})
    return [
        {"key": key, "title": title, "columns": columns, "rows": part[key], "note": ""}
        for key, title, columns in printing.COURT_TABLES
        if key in part
    ]


def _section(section: dict[str, Any]) -> dict[str, Any]:
    """Texts of the cells with their headings, as printed."""
    keys = section["columns"]
    heads = [(key, printing.title_of(section["key"], key), key in printing.NUMBERS) for key in keys]
    rows = [[(title, row.get(key), number, key) for key, title, number in heads] for row in section["rows"]]
    return {**section, "heads": heads, "rows": rows}


@needs(Right.CASE_REPORT)
@require_POST
def report_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    actor = actor_of(request)
    row = fetch(_related(actor), pk=pk)
    run = VERBS.get(verb)
    if run is None:
        raise Missing("没有这种办理方式。")
    form = (
        NoteForm(request.POST, rules=_rules(_part(request, row)))
        if verb == "note"
        else FORMS[verb](request.POST)
    )
    if form.is_valid():
        with into_form(form):
            messages.success(request, run(actor, row, form.cleaned_data, request))
            court = request.GET.get("court", "")
            back = redirect("cases:report", pk)
            back["Location"] += f"?court={court}" if court.isdigit() else ""
            return back
    return _shown(request, actor, row, **{verb if verb == "note" else "edit": form})


def _part(request: HttpRequest, row: Report) -> dict[str, Any] | None:
    found: dict[str, Any] | None = row.content["by_court"].get(request.GET.get("court", ""))
    return found


def _court(request: HttpRequest) -> Unit:
    wanted = request.GET.get("court", "")
    return Unit.objects.get(pk=int(wanted)) if wanted.isdigit() else _no_court()


def _no_court() -> Unit:
    raise Missing("请先选法院。")


Run = Callable[[Actor, Report, dict[str, Any], HttpRequest], str]


def _edit(actor: Actor, row: Report, data: dict[str, Any], _: HttpRequest) -> str:
    acts.edit(actor, row, **data)
    return "已保存。"


def _note(actor: Actor, row: Report, data: dict[str, Any], request: HttpRequest) -> str:
    acts.write_note(actor, row, _court(request), **data)
    return "已填写，送审前可以再改。"


def _submit(actor: Actor, row: Report, data: dict[str, Any], _: HttpRequest) -> str:
    acts.submit(actor, row, version=data["version"])
    return "已送审。"


def _issue(actor: Actor, row: Report, data: dict[str, Any], _: HttpRequest) -> str:
    return f"已印发，文号{acts.issue(actor, row, version=data['version']).number}，数字已经固定。"


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


FORMS: dict[str, type[forms.Form]] = {"edit": ReportTextForm, "submit": VersionForm, "issue": VersionForm}
VERBS: dict[str, Run] = {"edit": _edit, "note": _note, "submit": _submit, "issue": _issue}


@needs(Right.CASE_REPORT)
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a measure."""
    actor = actor_of(request)
    note = fetch(
        ReportNote.objects.filter(report__in=visible_reports(actor), court__in=whole_courts(actor)), pk=pk
    )
    form = FollowForm(request.POST)
    if form.is_valid():
        with into_form(form):
            acts.follow(actor, note, **form.cleaned_data)
            messages.success(request, "已填写落实情况，下月报告会列出。")
    if form.errors:
        messages.error(request, "；".join(str(text) for found in form.errors.values() for text in found))
    back = redirect("cases:report", note.report_id)
    back["Location"] += f"?court={note.court_id}"
    return back


@READ
@require_GET
def report_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The report of all courts, or with ``court`` the part of one, as PDF or Word."""
    actor = actor_of(request)
    row = fetch(_related(actor), pk=pk)
    court = request.GET.get("court", "")
    if court and court not in row.content["by_court"]:
        raise Missing("报告里没有这个法院。")
    issued = row.state in (Report.State.ISSUED, Report.State.SUPERSEDED)
    if not issued and not _signs(actor, row) and court not in _own_courts(actor, row):
        raise Missing("报告印发以后才能下载全文；本院的部分现在可以下载。")
    document = printing.court_document(row, court) if court else printing.document_of(row)
    data = render_docx(document) if suffix == "docx" else render_pdf(document).data
    return download(data, document.title, suffix)


@READ
@require_GET
def report_picture(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    actor = actor_of(request)
    row = fetch(_related(actor), pk=pk)
    issued = row.state in (Report.State.ISSUED, Report.State.SUPERSEDED)
    if kind not in KINDS or not (issued or _signs(actor, row)):
        raise Missing("没有这张图。")
    return HttpResponse(chart_svg(picture(kind, row.content)), content_type="image/svg+xml")
