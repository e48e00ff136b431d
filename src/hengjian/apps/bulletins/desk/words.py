"""The pack's words for keys stored in rows, looked up once a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from hengjian.apps.bulletins.models import Edition, Fact, FaultCase
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.policy import Pack

T = TypeVar("T", Edition, Fact, FaultCase)

KINDS = {
    "submit": "报送", "receive": "签收", "return": "退回", "report": "报告", "adopt": "采用", "instruct": "批示",
}  # fmt: skip


def worded(rows: Iterable[T], at: datetime) -> list[T]:
    """Give every row ``words``: what it is, in the pack's own terms."""
    packs: dict[int, dict[str, dict[str, str]]] = {}
    found = list(rows)
    for row in found:
        if row.installation_id not in packs:
            packs[row.installation_id] = _labels(pack_for(_installation(row), at))
        vars(row)["words"] = _words(row, packs[row.installation_id])
    return found


def _installation(row: Edition | Fact | FaultCase) -> Installation:
    return row.installation


def _labels(pack: Pack) -> dict[str, dict[str, str]]:
    return {name: {t.key: t.label for t in pack.vocabulary(name)} for name in pack.vocabularies}


def _words(row: Edition | Fact | FaultCase, labels: dict[str, dict[str, str]]) -> str:
    def label(vocabulary: str, key: str) -> str:
        return labels.get(vocabulary, {}).get(key, key)

    if isinstance(row, Edition):
        return labels.get("series", {}).get(row.series, "")
    if row.kind == "adopt":
        return f"{label('tier', row.value)}采用"
    if isinstance(row, Fact) and row.kind == "instruct":
        return f"{label('instruction_level', row.value)}批示（{label('system', row.system)}）"
    if row.kind in KINDS:
        extra = label("stage", row.value) if row.value else ""
        return KINDS[row.kind] + (f"（{extra}）" if extra else "")
    severity = f"（{label('severity', row.value)}）" if row.value else ""
    return (
        label("fault", row.kind) + severity
        if row.kind in labels.get("fault", {})
        else label("event", row.kind)
    )
