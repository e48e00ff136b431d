"""Handing out an edition as a file."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.desk.papers import edition_document
from hengjian.apps.bulletins.models import Edition
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.documents import render_docx, render_pdf

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@act("bulletins.edition.export", "下载刊物")
def export_edition(actor: Actor, edition: Edition, *, form: str) -> tuple[str, str, bytes]:
    """(file name, media type, bytes). A closed outlet is exported by those who print it, and by nobody else."""
    outlet = pack_for(edition.installation, actor.at).term("outlet", edition.outlet)
    free = outlet.attrs.get("exportable", outlet.attrs.get("intranet"))
    if not free and not actor.has(Right.EDITION_MANAGE, edition.installation.unit_id):
        raise HengjianError(f"{outlet.label}不提供下载，请在系统内阅读。", article=outlet.article)
    if form not in {"pdf", "docx"}:
        raise HengjianError(f"没有“{form}”格式，请选择 pdf 或 docx。")
    document = edition_document(edition, at=actor.at)
    data = render_pdf(document).data if form == "pdf" else render_docx(document)
    log(edition, form=form, bytes=len(data))
    return f"{edition}.{form}", PDF if form == "pdf" else DOCX, data
