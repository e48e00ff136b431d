"""The pack of a notice: everything in one file, the portal version, and the letter of one unit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.points import queries
from hengjian.apps.points.bundle import bundle
from hengjian.apps.points.letters import Letters
from hengjian.apps.points.models import Notice
from hengjian.apps.points.portal import portal_document
from hengjian.apps.points.views.common import download
from hengjian.base.errors import HengjianError
from hengjian.documents import render_docx, render_pdf


@require_GET
@needs(Right.NOTICE_PREPARE)
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: notice, portal version, letters, tables, proof."""
    actor = actor_of(request)
    found = _find(actor, pk)
    actor.require(Right.NOTICE_PREPARE, found.period.installation.unit_id)
    data = note_bundle(actor, found)
    response = HttpResponse(data, content_type="application/zip")
    name = content_disposition_header(True, f"{found.title}（全套）.zip")
    response["Content-Disposition"] = name or "attachment"
    return response


@act("points.notice.bundle", "导出通报全套材料")
def note_bundle(actor: Actor, notice: Notice) -> bytes:
    """The file leaves the house with every unit's figures: who took it is on record."""
    data = bundle(notice, actor.at)
    log(notice, bytes=len(data))
    return data


@require_GET
@needs(Right.NOTICE_PREPARE)
def portal(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    found = _find(actor_of(request), pk)
    document = portal_document(found)
    name = f"{found.title}（门户版）"
    if suffix == "docx":
        return download(render_docx(document), name, "docx")
    return download(render_pdf(document).data, name, "pdf")


@require_GET
@signed_in
def letter(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """The letter of a unit: for its own people and for those who read all points."""
    actor = actor_of(request)
    found = _find(actor, pk)
    own = fetch(Unit.objects.filter(pk__in=queries.visible_units(actor)), pk=unit)
    try:
        document = Letters(found).letter(own)
    except HengjianError as error:
        raise Missing(error.message) from None
    return download(render_pdf(document).data, document.title, "pdf")


def _find(actor: Actor, pk: int) -> Notice:
    found = queries.visible_notices(actor).select_related("period__installation__unit")
    return fetch(found, pk=pk)
