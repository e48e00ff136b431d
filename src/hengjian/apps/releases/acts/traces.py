"""Looking somebody up is itself written down."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.releases.models import HandOut
from hengjian.apps.releases.tracing import by_file, by_text
from hengjian.base.errors import HengjianError


@act("releases.trace.look_up", "追踪发出的文件")
def look_up(actor: Actor, installation: Installation, *, text: str = "", data: bytes = b"") -> list[HandOut]:
    """Copies that the id or the file names, among those the actor answers for."""
    actor.require(Right.RELEASE_TRACE)
    if not text.strip() and not data:
        raise HengjianError("请填写追踪号，或者选择文件。")
    found = by_file(actor, data) if data else by_text(actor, text)
    log(installation, label="、".join(row.code for row in found) or "没有找到", found=len(found))
    return found
