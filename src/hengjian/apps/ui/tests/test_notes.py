"""A note is one sentence beside one sign: loose words in it would stand in columns on a narrow screen."""

from __future__ import annotations

import re
from pathlib import Path

APPS = Path(__file__).parents[2]
LOOSE = re.compile(
    r'<div class="note[^>]*>(?!\s*\{% svg [^%]*%\}\s*<div|\s*<details|\s*<progress)[^\n]{0,80}'
)


def test_the_words_of_a_note_stand_together() -> None:
    pages = sorted(APPS.glob("*/templates/**/*.html"))
    found = [f"{page.name}: {hit[0]}" for page in pages for hit in LOOSE.finditer(page.read_text("utf-8"))]
    assert len(pages) > 100 and found == []


def test_a_paragraph_is_laid_out_as_a_sentence() -> None:
    sheet = (APPS / "ui/static/ui/hengjian.css").read_text("utf-8")
    assert "p.note { display: block; }" in sheet
