"""The items of a case as the pack lists them: label, type, stage, who enters them, which document proves them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from hengjian.apps.cases.models import Dataset
from hengjian.apps.regs.queries import loaded
from hengjian.base.errors import HengjianError
from hengjian.policy import Pack

TABLE = "case_items"
KEY = "case_id"
MASKS = {"name": 1, "id": 6, "phone": 3, "birth": 4, "address": 3}
"""How much of a personal item is shown to those who may not see it, by kind."""


@dataclass(frozen=True, slots=True)
class CaseItem:
    key: str
    label: str
    type: str
    stage: str
    owner: str
    codes: str
    document: str
    personal: str
    note: str

    def read(self, text: str) -> Any:
        """The value a person typed, in the item's type; HengjianError when it does not fit. Empty is None."""
        text = text.strip()
        if not text:
            return None
        try:
            return _read(self.type, text)
        except (ValueError, InvalidOperation):
            raise HengjianError(f"“{self.label}”填的“{text}”不是{_expected(self.type)}，请改正。") from None

    def shown(self, value: Any, *, unmasked: bool) -> str:
        """As a page shows it; personal data masked unless ``unmasked``."""
        if value is None:
            return ""
        text = f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)
        if not self.personal or unmasked:
            return text
        keep = MASKS.get(self.personal, 1)
        return text[:keep] + "×" * max(1, min(6, len(text) - keep))


def items(dataset: Dataset) -> dict[str, CaseItem]:
    """Key → item, in the order of the pack's table."""
    return _items(loaded(dataset.installation.pack))


@lru_cache(maxsize=8)
def _items(pack: Pack) -> dict[str, CaseItem]:
    rows = pack.tables.get(TABLE)
    if not rows:
        raise HengjianError(f"制度包 {pack.id} 没有信息项表 tables/{TABLE}.csv，不能管理案件信息。")
    return {row["key"]: CaseItem(**{name: row[name] for name in CaseItem.__slots__}) for row in rows}


def fitting(dataset: Dataset, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Typed values of the items named; an unknown item or a value that does not fit is refused."""
    known = items(dataset)
    strange = [key for key in changes if key not in known]
    if strange:
        raise HengjianError(f"没有信息项“{strange[0]}”，请从所列的里面选。")
    if KEY in changes:
        raise HengjianError("案件标识由系统生成，不能更改。")
    return {
        key: known[key].read(value) if isinstance(value, str) else value for key, value in changes.items()
    }


def _read(kind: str, text: str) -> Any:
    if kind == "DATE":
        return date.fromisoformat(text)
    if kind == "TIMESTAMP":
        return datetime.fromisoformat(text)
    if kind in ("INTEGER", "BIGINT"):
        return int(text)
    if kind.startswith("DECIMAL"):
        return Decimal(text.replace(",", "").replace("，", "")).quantize(Decimal("0.01"))
    return text


def _expected(kind: str) -> str:
    if kind == "DATE":
        return "日期（年-月-日，如 2026-03-02）"
    if kind in ("INTEGER", "BIGINT"):
        return "整数"
    return "数" if kind.startswith("DECIMAL") else "这种内容"
