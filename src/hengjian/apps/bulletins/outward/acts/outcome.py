"""What the signatures led to; runs inside the act of the last signature or of the return."""

from __future__ import annotations

from hengjian.apps.audit.acting import log
from hengjian.apps.bulletins.models import Dispatch
from hengjian.apps.bulletins.outward.naming import name


def take_outcome(actor: object, row: Dispatch, state: Dispatch.State) -> None:
    row.state = state
    row.version += 1
    row.save(update_fields=["state", "version"])
    log(row, label=name(row), state=state)
