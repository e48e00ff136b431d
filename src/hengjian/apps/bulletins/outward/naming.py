"""How the log calls a dispatch: by the item's name for the log, which tells no restricted title."""

from __future__ import annotations

from hengjian.apps.audit.acting import called
from hengjian.apps.bulletins.models import Dispatch


def name(dispatch: Dispatch) -> str:
    return f"{called(dispatch.item)} 报{dispatch.recipient}"
