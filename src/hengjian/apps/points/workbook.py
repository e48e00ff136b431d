"""Tables as an Excel workbook, by the writer that lets nothing typed become a formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hengjian.apps.points.models import Notice
from hengjian.apps.points.tables import detail_table, section_table
from hengjian.documents import Table
from hengjian.documents.sheets import worksheet_of, write_xlsx


def workbook(sheets: Sequence[tuple[str, Table]]) -> bytes:
    """One sheet a table."""
    return write_xlsx(worksheet_of(name, table) for name, table in sheets)


def notice_workbook(notice: Notice, content: dict[str, Any] | None = None) -> bytes:
    """All tables of a notice, or of what a reader may see of it."""
    content = content or notice.content
    sheets = [(s["title"], section_table(s, content["unit_word"])) for s in content["sections"]]
    return workbook([*sheets, ("采用批示明细", detail_table(content))])
