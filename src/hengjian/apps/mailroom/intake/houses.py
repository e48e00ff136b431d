"""For which installation mail is taken in."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.mailroom.intake.rules import rules_of
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError


def mail_installations(at: datetime) -> list[Installation]:
    """Those whose regulation knows a mail channel."""
    found = Installation.objects.select_related("unit", "competent_unit").order_by("pk")
    return [one for one in found if rules_of(pack_for(one, at)) is not None]


def mail_installation(at: datetime, code: str = "") -> Installation:
    """The one of the unit ``code``; without a code the only one there is. HengjianError says what to set."""
    found = mail_installations(at)
    if code:
        found = [one for one in found if one.unit.code == code]
    if len(found) == 1:
        return found[0]
    if not found:
        what = f"编码为“{code}”的单位" if code else "本系统"
        raise HengjianError(f"{what}没有启用规定了邮件报送的制度，不能收信。")
    codes = "、".join(f"{one.unit.code}（{one.unit}）" for one in found)
    raise HengjianError(f"有几个单位可以收信，请写明单位编码：{codes}。")
