"""Import in two steps: upload and see what will change, then confirm exactly that."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from hengjian.apps.org import forms
from hengjian.apps.org.access import Actor
from hengjian.apps.org.acts import importing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import ImportFile
from hengjian.apps.org.roles import Right
from hengjian.apps.org.views.units import form_verbs
from hengjian.apps.org.workbook.model import KIND_LABELS, Kind, Plan
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.errors import HengjianError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
@needs(Right.ORG_MANAGE, Right.POST_GRANT)
def export(request: HttpRequest) -> HttpResponse:
    content = importing.export(actor_of(request))
    headers = {"Content-Disposition": content_disposition_header(True, "组织机构.xlsx") or "attachment"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@form_verbs
@needs(Right.ORG_MANAGE, Right.POST_GRANT)
def upload(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = forms.WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with into_form(form):
            data = file.read(importing.MOST_BYTES + 1)
            plan = importing.rehearse(actor, data)
            kept = importing.upload(actor, name=file.name, data=data, plan=plan)
            return redirect("org:import_preview", pk=kept.pk)
    return page(request, "org/import.html", {"form": form}, form=form)


def _own(actor: Actor, pk: int) -> ImportFile:
    return fetch(ImportFile.objects.filter(uploaded_by=actor.person), pk=pk)


@form_verbs
@needs(Right.ORG_MANAGE, Right.POST_GRANT)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the rehearsal of the kept file as the data stand now; POST confirms it."""
    actor = actor_of(request)
    kept = _own(actor, pk)
    if request.method == "POST":
        try:
            plan = importing.confirm(actor, kept)
        except HengjianError as error:
            messages.error(request, error.message)
            return redirect(reverse("org:import"))
        messages.success(request, _done(plan))
        return redirect("org:index")
    plan = importing.rehearse(actor, bytes(kept.content))
    shown = request.GET.get("kind", "")
    changes = [c for c in plan.changes if (c.kind == shown if shown else c.kind != Kind.UNCHANGED)]
    context = {
        "kept": kept,
        "plan": plan,
        "changes": changes,
        "kinds": [(kind, KIND_LABELS[kind], plan.counts[kind]) for kind in Kind],
        "shown": shown,
        "stale": plan.digest != kept.plan_digest,
    }
    return render(request, "org/preview.html", context)


def _done(plan: Plan) -> str:
    parts = [f"{KIND_LABELS[kind]} {plan.counts[kind]} 行" for kind in Kind if plan.counts[kind]]
    return f"已导入：{'，'.join(parts)}。"
