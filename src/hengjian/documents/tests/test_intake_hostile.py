"""The hostile corpus: each file is refused in under two seconds, with a sentence that says what to do."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from hengjian.base.errors import HengjianError
from hengjian.documents import render_docx
from hengjian.documents.intake import in_child, read_csv, read_docx, read_xlsx
from hengjian.documents.intake.child import TOO_MUCH
from hengjian.documents.sheets import SheetColumn, Worksheet, write_xlsx
from hengjian.documents.tests.child_jobs import burn, hoard, scribble, sleep, surroundings
from hengjian.documents.tests.document_samples import notice

DOCX = render_docx(notice(attachments=()))
XLSX = write_xlsx([Worksheet("表", (SheetColumn("甲"),), (("乙",),))])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LOL = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "'
    + b"&a;" * 50
    + b'">]><w:document xmlns:w="x">&b;</w:document>'
)
XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def packed(data: bytes, parts: Mapping[str, bytes | str]) -> bytes:
    """The package with parts replaced or added."""
    result = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, value in parts.items():
            target.writestr(name, value)
    return result.getvalue()


def empty_zip(count: int) -> bytes:
    result = BytesIO()
    with ZipFile(result, "w") as target:
        for n in range(count):
            target.writestr(f"f{n}", b"")
    return result.getvalue()


MAIN = "word/document.xml"
FIRST = "xl/worksheets/sheet1.xml"
FAR = SHEET.format(
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)

DOCX_CORPUS: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "文件是空的"),
    "pdf": (lambda: b"%PDF-1.7 ...", "这是PDF文件，不是Word 文档"),
    "noise": (lambda: bytes(range(256)) * 9, "不是Word 文档"),
    "doc or wps": (lambda: OLE, "另存为 .docx"),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    "xlsx as docx": (lambda: XLSX, "不是Word 文档"),
    "cut off": (lambda: DOCX[: len(DOCX) // 2], "已损坏"),
    "zip slip": (lambda: packed(DOCX, {"../../etc/cron.d/x": "x"}), "指向外部的路径"),
    "absolute name": (lambda: packed(DOCX, {"/etc/x": "x"}), "指向外部的路径"),
    "backslashes": (lambda: packed(DOCX, {"..\\x": "x"}), "指向外部的路径"),
    "macro": (lambda: packed(DOCX, {"word/vbaProject.bin": "x"}), "含有宏"),
    "bomb by ratio": (lambda: packed(DOCX, {"word/media/a.bin": bytes(40_000_000)}), "解压后"),
    "bomb by size": (lambda: packed(DOCX, {MAIN: b"<a>" + b"ab c" * 30_000_000}), "解压后"),
    "many members": (lambda: empty_zip(3000), "内部文件过多"),
    "lol": (lambda: packed(DOCX, {MAIN: LOL}), "不正常的标记"),
    "xxe": (lambda: packed(DOCX, {MAIN: XXE}), "不正常的标记"),
    "xxe in utf-16": (lambda: packed(DOCX, {MAIN: XXE.decode().encode("utf-16")}), "不正常的标记"),
    "xxe in utf-7": (
        lambda: packed(DOCX, {MAIN: b'<?xml version="1.0" encoding="utf-7"?><x/>'}),
        "不正常的标记",
    ),
    "xxe in styles": (lambda: packed(DOCX, {"word/styles.xml": XXE}), "不正常的标记"),
    "no xml": (lambda: packed(DOCX, {MAIN: b"not xml"}), "可能已损坏"),
    "deep nesting": (lambda: packed(DOCX, {MAIN: _deep()}), "损坏|限制"),
    "endless text": (
        lambda: packed(DOCX, {MAIN: b"<a>" + random.Random(1).randbytes(7_000_000).hex().encode() + b"</a>"}),
        "太长",
    ),
}

XLSX_CORPUS: dict[str, tuple[Callable[[], bytes], str]] = {
    "xls": (lambda: OLE, "另存为 .xlsx"),
    "docx as xlsx": (lambda: DOCX, "不是Excel 工作簿"),
    "far cell": (lambda: packed(XLSX, {FIRST: FAR}), "行或 .* 列的上限"),
    "far column": (lambda: packed(XLSX, {FIRST: FAR.replace("1048576", "2")}), "列的上限"),
    "bomb": (lambda: packed(XLSX, {FIRST: SHEET.format("<row/>" * 9_000_000)}), "解压后"),
    "xxe": (lambda: packed(XLSX, {"xl/sharedStrings.xml": XXE}), "不正常的标记"),
    "no xml": (lambda: packed(XLSX, {"xl/workbook.xml": b"nothing"}), "可能已损坏|限制"),
    "cut off": (lambda: XLSX[:900], "已损坏"),
}


def _deep() -> bytes:
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    inner = b"<w:sdt><w:sdtContent>" * 20_000
    return (
        b"<w:document "
        + space
        + b"><w:body>"
        + inner
        + b"</w:sdtContent></w:sdt>" * 20_000
        + b"</w:body></w:document>"
    )


def _endless() -> bytes:
    return b"<a>" + random.Random(1).randbytes(7_000_000).hex().encode() + b"</a>"


def refused(read: Callable[[bytes], object], data: bytes, message: str) -> None:
    start = time.monotonic()
    with pytest.raises(HengjianError, match=message) as caught:
        read(data)
    assert time.monotonic() - start < 4  # two seconds, twice that on a busy machine
    assert caught.value.message.endswith("。")
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("name", DOCX_CORPUS)
def test_hostile_docx_is_refused(name: str) -> None:
    make, message = DOCX_CORPUS[name]
    refused(read_docx, make(), message)


@pytest.mark.parametrize("name", XLSX_CORPUS)
def test_hostile_xlsx_is_refused(name: str) -> None:
    make, message = XLSX_CORPUS[name]
    refused(read_xlsx, make(), message)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "文件是空的"),
        (b"a" * 100_000_000, "超过 20 MB"),
        (b"a," * 3_000_000, "一行过长"),
        (b"\x89PNG\r\n\x1a\n\0\0", "不是文本"),
        (b"\xff\xff\xfe\x81", "UTF-8"),
        (b'"' + b"a\n" * 400_000, "引号不配对"),
        (b"," * 300, "列的上限"),
        (b"a\n" * 100_001, "行或"),
    ],
)
def test_hostile_csv_is_refused(data: bytes, message: str) -> None:
    refused(read_csv, data, message)


@pytest.mark.parametrize("func", [burn, sleep, hoard, scribble])
def test_a_child_cannot_burn_sleep_hoard_or_write(func: Callable[..., None]) -> None:
    start = time.monotonic()
    with pytest.raises(HengjianError) as caught:
        in_child(func, b"", seconds=1)
    assert caught.value.message == TOO_MUCH
    assert time.monotonic() - start < 7


def test_a_child_knows_nothing_of_the_environment() -> None:
    assert set(in_child(surroundings, b"")) <= {"PYTHONPATH", "LANG", "LC_CTYPE"}
