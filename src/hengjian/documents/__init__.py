"""Official layout: one content model, several writers (PDF, docx, HTML), charts, and readers of office files.

Pure: no framework, no clock; reads font files and nothing else. Heavy libraries are loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from hengjian.documents.model import (
    Align,
    ArticleTitle,
    Attachment,
    Block,
    Column,
    Edition,
    Figure,
    Format,
    Heading,
    Imprint,
    Kind,
    ListBlock,
    OfficialDocument,
    PageBreak,
    Paragraph,
    Role,
    Run,
    Signature,
    Style,
    Table,
    Text,
)

if TYPE_CHECKING:
    from hengjian.documents.fonts import FontReport, FontShelf, FontStatus, font_status, open_shelf
    from hengjian.documents.html import render_html
    from hengjian.documents.pdf import Rendered, check_fonts, demand_all_glyphs, render_pdf
    from hengjian.documents.word import render_docx

_LATER = {
    "FontReport": "fonts",
    "FontShelf": "fonts",
    "FontStatus": "fonts",
    "font_status": "fonts",
    "open_shelf": "fonts",
    "Rendered": "pdf",
    "check_fonts": "pdf",
    "demand_all_glyphs": "pdf",
    "render_html": "html",
    "render_pdf": "pdf",
    "render_docx": "word",
}

__all__ = [
    "Align",
    "ArticleTitle",
    "Attachment",
    "Block",
    "Column",
    "Edition",
    "Figure",
    "FontReport",
    "FontShelf",
    "FontStatus",
    "Format",
    "Heading",
    "Imprint",
    "Kind",
    "ListBlock",
    "OfficialDocument",
    "PageBreak",
    "Paragraph",
    "Rendered",
    "Role",
    "Run",
    "Signature",
    "Style",
    "Table",
    "Text",
    "check_fonts",
    "demand_all_glyphs",
    "font_status",
    "open_shelf",
    "render_docx",
    "render_html",
    "render_pdf",
]


def __getattr__(name: str) -> Any:
    """Load a writer when it is first asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
