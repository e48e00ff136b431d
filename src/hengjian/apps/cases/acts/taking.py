"""Two people, one finding: the row is locked and the version compared."""

from __future__ import annotations

from hengjian.apps.cases.models import Finding
from hengjian.base.errors import HengjianError


class StaleFinding(HengjianError):
    """Somebody decided meanwhile."""

    code = "stale"


def take(finding: Finding, version: int | None) -> Finding:
    """The finding, locked for this transaction."""
    row = (
        Finding.objects.select_for_update(of=("self",))
        .select_related("dataset__installation__unit", "court", "department", "bundle")
        .get(pk=finding.pk)
    )
    if version is not None and row.version != version:
        raise StaleFinding(
            f"“{row}”在您打开之后已被办理（现为“{row.get_state_display()}”），请看最新的情况再办。"
        )
    return row
