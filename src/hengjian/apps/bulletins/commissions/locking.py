"""One commission, two people: the later one is told."""

from __future__ import annotations

from hengjian.apps.bulletins.models import Commission
from hengjian.base.errors import HengjianError


def take(commission: Commission, version: int | None) -> Commission:
    locked = Commission.objects.select_for_update().get(pk=commission.pk)
    if version is not None and locked.version != version:
        raise HengjianError(
            f"这件约稿在您打开之后已有变动（现为“{locked.get_state_display()}”），请刷新页面核对。"
        )
    return locked


def put(row: Commission) -> None:
    row.version += 1
    row.save()
