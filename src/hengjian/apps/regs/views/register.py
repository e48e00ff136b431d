"""The register of ambiguities across all packs, and the request for interpretation as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.register import Entry, entries, filtered, request_document
from hengjian.apps.regs.views.room import opened
from hengjian.documents import render_docx, render_pdf

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
@signed_in
def register(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    everything = "all" in request.GET
    every = entries(actor, everything=everything)
    pack, state, text = (request.GET.get(name, "").strip() for name in ("pack", "state", "q"))
    shown = filtered(every, pack=pack, state=state, text=text)
    tries = actor.units(Right.WHATIF_RUN)
    context = {
        "rows": [(entry, _effect(entry, tries)) for entry in shown],
        "packs": list(
            dict.fromkeys((e.pack.id, e.pack.info.short_title or e.pack.info.title) for e in every)
        ),
        "pack": pack,
        "state": state,
        "q": text,
        "everything": everything,
        "all": len(every),
        "open": sum(1 for e in every if e.open),
        "manages": {
            e.installation.pk
            for e in every
            if e.installation and actor.has(Right.REGS_MANAGE, e.installation.unit_id)
        },
    }
    return render(request, "regs/register.html", context)


def _effect(entry: Entry, tries: frozenset[int]) -> str:
    """Where switching the question shows who gains and loses; nothing for who may not, or where no score hangs on it."""
    if entry.installation is None or not entry.scoring or entry.installation.unit_id not in tries:
        return ""
    try:
        return reverse("points:effect", args=[entry.installation.pk, entry.reading.id])
    except NoReverseMatch:
        return ""


@require_safe
@signed_in
def letter(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    installation, pack = opened(request, pk)
    if suffix not in TYPES:
        raise Missing("没有这种文件。")
    document = request_document(installation, actor_of(request).at)
    data = render_pdf(document).data if suffix == "pdf" else render_docx(document)
    response = HttpResponse(data, content_type=TYPES[suffix])
    name = f"请求解释的函（{pack.info.short_title or pack.info.title}）.{suffix}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
