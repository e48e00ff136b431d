"""The checker on the corpus of invented texts: nothing wrong passes as authorised, nothing right is called different."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from hengjian.figures.judging import Verdict, check

_MARK = re.compile(r"\[\[(.+?)\|(\w+)\]\]")


def _corpus() -> ModuleType:
    spec = importlib.util.spec_from_file_location("figures_corpus", Path(__file__).parent / "corpus.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CORPUS = _corpus()


def unmarked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without marks, and what each marked stretch must be called."""
    plain, expected, at = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[at : match.start()]
        expected.append((len(plain), len(plain) + len(match[1]), match[2]))
        plain += match[1]
        at = match.end()
    return plain + text[at:], expected


def judged(name: str, *, inside: bool = True) -> list[tuple[str, str, str]]:
    """(written, expected, found) of each number; what only one side knows stands with a dash."""
    text, expected = unmarked(CORPUS.TEXTS[name])
    found = {(f.start, f.end): f for f in check(text, CORPUS.reader(), CORPUS.register(inside=inside))}
    rows = []
    for start, end, verdict in expected:
        finding = found.pop((start, end), None)
        rows.append((text[start:end], verdict, finding.verdict.value if finding else "-"))
    rows += [(text[a:b], "-", f.verdict.value) for (a, b), f in found.items()]
    return rows


@pytest.mark.parametrize("name", CORPUS.TEXTS)
def test_every_number_of_a_text_is_judged_as_marked(name: str) -> None:
    assert [row for row in judged(name) if row[1] != row[2]] == []


def test_precision_and_recall_over_the_whole_corpus() -> None:
    pairs = Counter((row[1], row[2]) for name in CORPUS.TEXTS for row in judged(name))
    for verdict in (Verdict.AUTHORISED, Verdict.DIFFERS, Verdict.NEVER, Verdict.EMBARGOED):
        right = pairs[verdict.value, verdict.value]
        said = sum(n for (_, found), n in pairs.items() if found == verdict.value)
        meant = sum(n for (expected, _), n in pairs.items() if expected == verdict.value)
        assert (right, said) == (meant, meant), (verdict, right, said, meant)
    assert sum(pairs.values()) >= 100


def test_to_outsiders_what_is_embargoed_was_never_released() -> None:
    for row in judged("embargo", inside=False):
        assert row[2] == ("unclear" if row[0] == "3%" else "never")
