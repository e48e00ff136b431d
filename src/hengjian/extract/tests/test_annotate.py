"""Pieces of a text with the facts they prove."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hengjian.extract import annotate, extract

TEXT = "清岚县人民法院\n民事判决书\n（2024）江0101民初1号\n原告：甲某。\n被告：乙某。\n书记员 魏记"


def test_pieces_name_the_facts_they_prove() -> None:
    pieces = {piece.text: piece.facts for piece in annotate(TEXT, extract(TEXT)["spans"])}
    assert pieces["清岚县人民法院"] == ("/court",)
    assert pieces["甲某"] == ("/parties/0/name",)


def test_a_fact_inside_another_comes_first() -> None:
    pieces = list(annotate("判处有期徒刑一年", {"/a": (0, 8), "/b": (2, 6)}))
    assert [(piece.text, piece.facts) for piece in pieces] == [
        ("判处", ("/a",)),
        ("有期徒刑", ("/b", "/a")),
        ("一年", ("/a",)),
    ]


@given(
    st.text(max_size=40),
    st.dictionaries(st.text("abc", min_size=1), st.tuples(st.integers(-3, 45), st.integers(-3, 45))),
)
def test_the_pieces_together_are_the_text(text: str, spans: dict[str, tuple[int, int]]) -> None:
    pieces = list(annotate(text, spans))
    assert "".join(piece.text for piece in pieces) == text
    for piece in pieces:
        for pointer in piece.facts:
            start, end = spans[pointer]
            assert start <= piece.start and piece.start + len(piece.text) <= end
