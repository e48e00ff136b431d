"""Handing out an emergency report on paper: to leaders, the office and the duty post; every copy is on record."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.emergency_paper import emergency_document
from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.documents import demand_all_glyphs, render_docx, render_pdf

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@act("bulletins.emergency.print", "打印紧急报告")
def print_report(actor: Actor, item: Item, *, form: str) -> tuple[str, str, bytes]:
    """(file name, media type, bytes). Refused where a character cannot be printed, and for ordinary items."""
    actor.require(Right.EMERGENCY_RECEIVE, item.unit)
    if item.lane != Item.Lane.EMERGENCY or item.filed_at is None:
        raise HengjianError("这条信息不在紧急通道，没有紧急报告可以打印。")
    if form not in TYPES:
        raise HengjianError(f"没有“{form}”格式，请选择 pdf 或 docx。")
    document = emergency_document(item, pack_for(item.installation, actor.at), actor.at)
    demand_all_glyphs(document)
    data = render_pdf(document).data if form == "pdf" else render_docx(document)
    log(item, form=form, bytes=len(data))
    return f"紧急报告{item.number}.{form}", TYPES[form], data
