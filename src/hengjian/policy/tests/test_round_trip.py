"""Load after dump gives the same pack."""

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.policy import load_pack, pack_ids
from hengjian.policy.clauses.definition import Definition
from hengjian.policy.dump import dump_pack
from hengjian.policy.model import Article, PackInfo, Param, Reading
from hengjian.policy.pack import Pack

PARTS = ("info", "articles", "written", "params", "readings", "findings", "tables")
TRICKY = [
    "yes",
    "null",
    "~",
    "2024-01-01",
    "1.50",
    "0x10",
    "1_000",
    "- a",
    "a: b",
    "#",
    "‘引’",
    "一\n二",
    " 空 ",
]
TEXT = st.sampled_from(TRICKY) | st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=12
)
DAY = st.dates(date(1990, 1, 1), date(2100, 1, 1))
AMOUNT = st.decimals(-1000, 1000, places=2) | st.integers(-1000, 1000).map(Decimal)


def same(left: Pack, right: Pack) -> None:
    for part in PARTS:
        assert getattr(left, part) == getattr(right, part), part


@pytest.mark.parametrize("name", pack_ids())
def test_an_installed_pack_survives(name, tmp_path):
    pack = load_pack(name)
    dump_pack(pack, tmp_path / name)
    same(load_pack(tmp_path / name), pack)


@st.composite
def packs(draw):
    numbers = draw(st.lists(st.integers(1, 99).map(str), min_size=1, max_size=4, unique=True))
    articles = [Article(article=n, gist=draw(TEXT)) for n in numbers]
    keys = draw(st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), min_size=1, max_size=3, unique=True))
    terms = [
        {"key": key, "label": draw(TEXT), "attrs": {"a": draw(AMOUNT | TEXT | st.booleans())}} for key in keys
    ]
    clause = Definition.model_validate(
        {
            "id": "words/w",
            "kind": "definition",
            "title": draw(TEXT),
            "articles": [numbers[0]],
            "since": draw(st.none() | DAY),
            "vocabulary": "w",
            "attrs": ["a"],
            "terms": terms,
        }
    )
    days = sorted(draw(st.sets(DAY, min_size=1, max_size=3)))
    values = [{"from": day, "value": draw(st.none() | AMOUNT)} for day in days]
    param = Param.model_validate({"title": draw(TEXT), "article": numbers[0], "values": values})
    reading = Reading.model_validate(
        {
            "id": "R01",
            "articles": [numbers[0]],
            "question": draw(TEXT),
            "options": {
                "default": {"title": draw(TEXT)},
                "other": {"title": draw(TEXT), "set": {"words/w.title": draw(TEXT)}},
            },
        }
    )
    return Pack(
        info=PackInfo(id="p", title=draw(TEXT), issuer=draw(TEXT), since=draw(DAY)),
        folder=Path(),
        articles=tuple(articles),
        written=(clause,),
        params={"x.y": param},
        readings={"R01": reading},
        findings=(),
        tables={},
        digest="",
    )


@given(packs())
def test_any_pack_survives(pack):
    with tempfile.TemporaryDirectory() as folder:
        dump_pack(pack, Path(folder) / "p")
        same(load_pack(Path(folder) / "p"), pack)
