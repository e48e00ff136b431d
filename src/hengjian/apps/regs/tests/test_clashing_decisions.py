"""Two decisions that would change the same field of a rule: the second is refused, on its day and on later days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hengjian.apps.conftest import Story
from hengjian.apps.regs.acts.readings import decide
from hengjian.apps.regs.models import Installation, ReadingDecision
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db
FILES = {
    "pack.yaml": "id: pair\ntitle: 小办法\nissuer: 清岚县人民法院\nsince: 2020-01-01\n",
    "articles.yaml": '- article: "1"\n  gist: 一事一分\n  clauses: [words/kind]\n',
    "clauses/words.yaml": """
- id: words/kind
  kind: definition
  title: 种类
  articles: ["1"]
  vocabulary: kind
  terms:
    - {key: a, label: 甲}
""",
    "readings.yaml": """
- id: R01
  articles: ["1"]
  question: 甲叫什么？
  options:
    default: {title: 甲。}
    one: {title: 甲一。, set: {words/kind.terms.a.label: 甲一}}
- id: R02
  articles: ["1"]
  question: 甲又叫什么？
  options:
    default: {title: 甲。}
    two: {title: 甲二。, set: {words/kind.terms.a.label: 甲二}}
""",
}


@pytest.fixture
def pair(story: Story, tmp_path: Path, settings: object) -> Installation:
    for name, text in FILES.items():
        path = tmp_path / "pair" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings.PACKS_DIR = tmp_path  # type: ignore[attr-defined]
    return story.installed("pair")


def decided(story: Story, pair: Installation, reading: str, option: str, day: date) -> ReadingDecision:
    return decide(
        story.actor("office_head"), pair, reading=reading, option=option, decided_by="院党组",
        document="纪要", effective_from=day,
    )  # fmt: skip


@pytest.mark.parametrize("day", [date(2024, 6, 1), date(2024, 5, 1), date(2024, 7, 1)])
def test_the_second_is_refused(story: Story, pair: Installation, day: date) -> None:
    decided(story, pair, "R01", "one", date(2024, 6, 1))
    with pytest.raises(HengjianError, match=r"R01=one 和 R02=two"):
        decided(story, pair, "R02", "two", day)


def test_it_is_possible_once_the_first_is_taken_back(story: Story, pair: Installation) -> None:
    decided(story, pair, "R01", "one", date(2024, 6, 1))
    decided(story, pair, "R01", "default", date(2024, 7, 1))
    decided(story, pair, "R02", "two", date(2024, 7, 1))
    with pytest.raises(HengjianError, match="R02=two"):
        decided(story, pair, "R01", "one", date(2024, 7, 15))


def test_old_decisions_that_no_longer_go_together_do_not_stop_the_house(
    story: Story, pair: Installation
) -> None:
    for reading, option in (("R01", "one"), ("R02", "two")):
        ReadingDecision.objects.create(
            installation=pair, reading=reading, option=option, decided_by="院党组",
            effective_from=date(2024, 6, 1), decided_at=story.at,
        )  # fmt: skip
    assert pack_for(pair, story.at).term("kind", "a").label == "甲一"
