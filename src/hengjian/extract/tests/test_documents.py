"""Invented judgments of all kinds, each with the facts a reader finds in it.

``documents/invented.jsonl``: id, note (what is special), text, facts (those that are checked); ``clean_only``:
so bare of punctuation that dirt leaves nothing to hold on to.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hengjian.extract import extract
from support.judgment_dirt import DIRT, Dirt

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "documents" / "invented.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
IDS = [row["id"] for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_a_reader_finds_the_same_facts(row: dict[str, Any]) -> None:
    facts = extract(row["text"], row["id"])
    assert {field: facts[field] for field in row["facts"]} == row["facts"]


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_every_span_lies_in_the_text_and_names_are_quoted(row: dict[str, Any]) -> None:
    text = row["text"]
    facts = extract(text)
    for pointer, (start, end) in facts["spans"].items():
        assert 0 <= start < end <= len(text), pointer
        if pointer.endswith("/name") or pointer in ("/court", "/clerk"):
            assert "".join(text[start:end].split()) == _at(facts, pointer), pointer


@pytest.mark.parametrize("dirt", DIRT, ids=[one.__name__ for one in DIRT])
def test_dirt_changes_no_fact(dirt: Dirt) -> None:
    for row in ROWS:
        if row.get("clean_only"):
            continue
        before, after = extract(row["text"]), extract(dirt(row["text"]))
        for field in before.keys() - {"spans", "doubts"}:
            assert after[field] == before[field], (row["id"], field)


@pytest.mark.parametrize("dirt", DIRT, ids=[one.__name__ for one in DIRT])
def test_spans_point_into_the_dirty_text(dirt: Dirt) -> None:
    for row in ROWS[::7]:
        text = dirt(row["text"])
        facts = extract(text)
        for pointer, (start, end) in facts["spans"].items():
            assert 0 <= start < end <= len(text), (row["id"], pointer)
        start, end = facts["spans"]["/clerk"]
        assert facts["clerk"] in "".join(text[start:end].replace("\u200b", "").split())


def _at(facts: Any, pointer: str) -> Any:
    for step in pointer.strip("/").split("/"):
        facts = facts[int(step)] if isinstance(facts, list) else facts[step]
    return facts
