"""Text out of docx files from Word and WPS: cleaned, without links, pictures or macros."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from hengjian.base.errors import HengjianError
from hengjian.documents.intake.child import in_child
from hengjian.documents.intake.guard import WORD, Limits, check_package, check_xml
from hengjian.documents.intake.outline import ROW, Outline
from hengjian.documents.text import clean, display_width

_TAGS = {"p", "h1", "h2", "h3", "h4", "strong", "em", "u", "ol", "ul", "li", "br", "sup", "sub"}
_TABLE_TAGS = {"table", "thead", "tbody", "tr", "td", "th"}
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='标题'] => h1:fresh
p[style-name='公文标题'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='heading 1'] => h2:fresh
p[style-name='Heading 1'] => h2:fresh
p[style-name='标题 1'] => h2:fresh
p[style-name='heading 2'] => h3:fresh
p[style-name='Heading 2'] => h3:fresh
p[style-name='标题 2'] => h3:fresh
p[style-name='heading 3'] => h4:fresh
p[style-name='Heading 3'] => h4:fresh
p[style-name='标题 3'] => h4:fresh
u => u
"""
# what is in the file but not in the import: (pattern in document.xml, sentence)
_LOST = (
    (re.compile(rb"<w:(?:ins|del) "), "文件有修订痕迹，已按接受全部修订导入，请核对。"),
    (re.compile(rb"<w:commentReference "), "文件有批注，批注没有导入。"),
    (re.compile(rb"<m:oMath"), "文件有公式，公式没有导入，请手工补上。"),
    (re.compile(rb"<w:(?:object|control)[ >]"), "文件有嵌入的对象，对象没有导入。"),
)
_TITLE_WITHIN = 8  # a red masthead, number and marks may come first
_LONGEST = 12 * 1024 * 1024  # of the main part, in bytes
_BROKEN = "文件打不开，可能已损坏，请在 WPS 或 Office 中打开并另存后再上传。"


@dataclass(frozen=True, slots=True)
class ImportedText:
    """A text taken from a file. ``paragraphs`` stand outside tables; ``body`` has the rows of tables too, each where
    it stood, cells split by tabs. ``html`` has only plain structure; ``warnings`` are full sentences."""

    title: str
    paragraphs: tuple[str, ...]
    html: str
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    warnings: tuple[str, ...] = ()
    body: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Title and paragraphs, one a line."""
        return "\n".join(filter(None, (self.title, *self.paragraphs)))


def read_docx(data: bytes, *, limits: Limits | None = None, seconds: int = 5) -> ImportedText:
    """Read a docx. Raises HengjianError (one sentence, what to do) for anything but a harmless docx."""
    check_package(data, WORD, limits)
    found = in_child(parse_docx, data, seconds=seconds)
    return ImportedText(
        found["title"],
        tuple(found["paragraphs"]),
        found["html"],
        tuple(tuple(tuple(row) for row in table) for table in found["tables"]),
        tuple(found["warnings"]),
        tuple(found["body"]),
    )


def read_docx_text(data: bytes, *, limits: Limits | None = None, seconds: int = 5) -> str:
    """Title, paragraphs and rows of tables of a docx as plain text, one a line, as they stand; cells split by tabs."""
    found = read_docx(data, limits=limits, seconds=seconds)
    return "\n".join(filter(None, (found.title, *found.body)))


def parse_docx(data: bytes, options: Mapping[str, Any]) -> dict[str, Any]:
    """The child's part: check the markup, convert, clean, take apart."""
    import nh3

    check_xml(data)
    _check_length(data)
    raw, pictures = _convert(data)
    html = clean(nh3.clean(raw, tags=_TAGS | _TABLE_TAGS, attributes={}, link_rel=None))
    outline = Outline.of(html)
    title, rest = _title(outline)
    return {
        "title": title,
        "paragraphs": _flat([text for tag, text in rest if tag != ROW]),
        "body": _flat([text for _, text in rest]),
        "html": html,
        "tables": outline.tables,
        "warnings": _warnings(data, raw, pictures),
    }


def _check_length(data: bytes) -> None:
    with ZipFile(BytesIO(data)) as package:
        if package.getinfo(WORD.part).file_size > _LONGEST:
            raise HengjianError("文稿太长，请拆成几个文件后再上传。")


def _convert(data: bytes) -> tuple[str, int]:
    """HTML as the converter makes it, and how many pictures were left out."""
    from xml.parsers.expat import ExpatError

    import mammoth

    pictures = 0

    def drop(image: Any) -> dict[str, str]:
        nonlocal pictures
        pictures += 1
        return {}

    try:
        made = mammoth.convert_to_html(
            BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(drop)
        )
    except (LookupError, ValueError, AttributeError, TypeError, OSError, ExpatError, BadZipFile, zlib.error):
        raise HengjianError(_BROKEN) from None
    return str(made.value), pictures


def _title(outline: Outline) -> tuple[str, list[tuple[str, str]]]:
    """The paragraph styled as title, else the first one if it reads like a title (short, no full stop); and the rest."""
    styled = next((n for n, (tag, _) in enumerate(outline.blocks[:_TITLE_WITHIN]) if tag == "h1"), None)
    if styled is not None:
        rest = [block for n, block in enumerate(outline.blocks) if n != styled]
        return outline.blocks[styled][1].replace("\n", ""), rest
    lines = [(tag, line) for tag, text in outline.blocks for line in text.split("\n")]
    written = [n for n, (tag, _) in enumerate(lines) if tag != ROW]
    if len(written) < 2:
        return "", lines
    first = lines[written[0]][1]
    if display_width(first) <= 60 and not first.endswith(("。", "；", "！", "：", ":")):
        return first, [line for n, line in enumerate(lines) if n != written[0]]
    return "", lines


def _flat(texts: list[str]) -> list[str]:
    return [line for text in texts for line in text.split("\n")]


def _warnings(data: bytes, html: str, pictures: int) -> list[str]:
    with ZipFile(BytesIO(data)) as package:
        document = package.read(WORD.part)
    told = [sentence for pattern, sentence in _LOST if pattern.search(document)]
    links = len(re.findall(r'<a href="(?!#)', html))
    if pictures:
        told.append(f"文件有 {pictures} 张图片，图片没有导入，请作为附件上传。")
    if links:
        told.append(f"去掉了 {links} 个外部链接，只保留链接的文字。")
    if re.search(r"<ol><li>(?!<a )", html) and "<w:numPr>" in document.decode("utf-8", "replace"):
        told.append("文件用了自动编号，编号没有随文字导入，请核对序号。")
    return told
