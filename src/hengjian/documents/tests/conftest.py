"""Fixtures: text of a rendered PDF, fonts of the machine."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable

import pytest

from hengjian.documents import FontShelf, font_status, open_shelf


@pytest.fixture(scope="session")
def shelf() -> FontShelf:
    found = open_shelf()
    if not font_status(found).usable:
        pytest.skip("no Chinese font on this machine")
    return found


@pytest.fixture(scope="session")
def pdf_text() -> Callable[..., str]:
    """Text of a PDF in reading order, page ends as form feeds."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed")

    def read(data: bytes) -> str:
        done = subprocess.run([tool, "-layout", "-", "-"], input=data, capture_output=True, check=True)
        return done.stdout.decode()

    return read


@pytest.fixture(scope="session")
def pdf_words() -> Callable[[bytes], list[list[tuple[float, float, str]]]]:
    """Words of every page as (left, top, text), in points."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed")

    def read(data: bytes) -> list[list[tuple[float, float, str]]]:
        done = subprocess.run([tool, "-bbox", "-", "-"], input=data, capture_output=True, check=True)
        pattern = r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>'
        pages = done.stdout.decode().split("<page ")[1:]
        return [[(float(x), float(y), text) for x, y, text in re.findall(pattern, page)] for page in pages]

    return read
