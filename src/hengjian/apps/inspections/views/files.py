"""What is handed out: documents in official layout, evidence as it was kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from hengjian.apps.inspections import access
from hengjian.apps.inspections.acts import evidence as evidence_acts
from hengjian.apps.inspections.doings import visible_interviews
from hengjian.apps.inspections.models import Inspection
from hengjian.apps.inspections.paper.letters import interview_document, request_document
from hengjian.apps.inspections.paper.report import report_document
from hengjian.apps.inspections.views.common import pack_of
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.points.views.common import download
from hengjian.apps.ui.files import hand_out as hand_out_file
from hengjian.documents import OfficialDocument, render_docx, render_pdf


def _file(document: OfficialDocument, name: str, suffix: str) -> HttpResponse:
    if suffix not in ("pdf", "docx"):
        raise Missing("没有这个文件。")
    data = render_docx(document) if suffix == "docx" else render_pdf(document).data
    return download(data, name, suffix)


@require_GET
@signed_in
def request(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(access.visible_requests(actor), pk=pk)
    document = request_document(found, pack_of(found.inspection, actor))
    return _file(document, f"{document.title}{document.number}", suffix)


@require_GET
@signed_in
def interview(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(visible_interviews(actor), pk=pk)
    return _file(interview_document(found, pack_of(found.inspection, actor)), f"询问笔录{found.pk}", suffix)


@require_GET
@signed_in
def report(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The team's draft stays with the team; the inspected court gets it once it is signed."""
    actor = actor_of(request)
    found: Inspection = fetch(access.visible_inspections(actor), pk=pk)
    inside = access.inside(actor).filter(pk=found.pk).exists()
    if not inside and found.reported_at is None:
        raise Missing("报告还没有签署。")
    document = report_document(found, pack_of(found, actor))
    return _file(document, document.title, suffix)


@signed_in  # type: ignore[arg-type]
@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Never shown in the browser: handed out as a file, in a sandbox, and written into the chain."""
    actor = actor_of(request)
    found = fetch(access.visible_evidence(actor), pk=pk)
    evidence_acts.view(actor, found)
    answer = hand_out_file(
        found.file,
        name=found.name,
        media_type=found.media_type,
        lost="证据的文件已经不在，请与管理员联系，并核验证据。",
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
