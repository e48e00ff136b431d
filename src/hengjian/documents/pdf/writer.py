"""PDF by typst: one kept compiler per set of fonts; the template is ours, the document comes as data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from hengjian.base.errors import HengjianError
from hengjian.base.times import SHANGHAI
from hengjian.documents.fonts import FontReport, FontSetter, FontShelf, open_shelf, report_of
from hengjian.documents.model import OfficialDocument
from hengjian.documents.pdf.data import template_data

if TYPE_CHECKING:
    from typst import Compiler

_TEMPLATE = Path(__file__).parent / "template"
_EPOCH = datetime(2000, 1, 1, tzinfo=SHANGHAI)
Standard = Literal["1.7", "a-2b", "ua-1"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF and what was drawn with which font."""

    data: bytes
    font_report: FontReport


class _Press:
    """A compiler that keeps its fonts and what it has already worked out; one job at a time."""

    def __init__(self, shelf: FontShelf) -> None:
        from typst import Compiler

        self._lock = Lock()
        self._compiler: Compiler = Compiler(
            _TEMPLATE / "main.typ", root=_TEMPLATE, font_paths=shelf.fonts, ignore_system_fonts=True
        )

    def print(self, data: str, stamp: datetime, standard: Standard) -> bytes:
        with self._lock:
            result, warnings = self._compiler.compile_with_warnings(
                format="pdf", sys_inputs={"document": data}, timestamp=stamp, pdf_standards=[standard]
            )
        if warnings:
            told = "；".join(str(warning.message) for warning in warnings)
            raise HengjianError(f"排版时有警告，没有生成 PDF：{told}。请运行 hengjian doctor 检查字体。")
        if not isinstance(result, bytes):
            raise HengjianError("排版没有产生 PDF，请重试；仍不行请联系维护人员。")
        return result


@lru_cache(maxsize=4)
def _press(shelf: FontShelf) -> _Press:
    return _Press(shelf)


def render_pdf(
    doc: OfficialDocument, *, fonts: FontShelf | None = None, standard: Standard = "1.7"
) -> Rendered:
    """Set ``doc`` as PDF (A4, GB/T 9704-2012). Equal input gives equal bytes: the only date is ``issued_on``.

    ``standard="a-2b"`` gives PDF/A-2b for the archive. Raises HengjianError when the machine has no
    Chinese font, the typesetter complains about anything at all, or PDF/A is asked for without a date.
    """
    from typst import TypstError

    if standard == "a-2b" and doc.issued_on is None:
        raise HengjianError("存档用的 PDF/A 必须有成文日期，请先填写成文日期。")
    shelf = fonts or open_shelf()
    setter = FontSetter(shelf)
    data = json.dumps(template_data(doc, setter), ensure_ascii=False)
    stamp = datetime.combine(doc.issued_on, time(), SHANGHAI) if doc.issued_on else _EPOCH
    try:
        pdf = _press(shelf).print(data, stamp, standard)
    except TypstError as error:
        raise HengjianError(f"排版失败：{error.message}。请把这份文稿交维护人员检查。") from error
    return Rendered(pdf, report_of(setter))
