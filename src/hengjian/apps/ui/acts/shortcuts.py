from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor
from hengjian.base.errors import HengjianError


@act("ui.shortcuts.switch", "启用或关闭快捷键")
def switch_shortcuts(actor: Actor, *, on: bool) -> None:
    if actor.user is None:
        raise HengjianError("没有登录，不能更改快捷键设置，请先登录。")
    before = actor.user.shortcuts_on
    actor.user.shortcuts_on = on
    actor.user.save(update_fields=["shortcuts_on"])
    log(actor.user, before=before, after=on)
