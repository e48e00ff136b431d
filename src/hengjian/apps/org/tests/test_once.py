"""What is asked once an actor: by argument, never shared between actors."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hengjian.apps.org.access import Actor, once

asked: list[str] = []


@once
def greeting(actor: Actor, word: str = "早") -> str:
    asked.append(word)
    return f"{actor.name}{word}"


def test_the_same_question_is_asked_once_an_actor() -> None:
    asked.clear()
    actor = Actor(None, None, datetime(2024, 6, 5, tzinfo=UTC), system="演示")
    assert [greeting(actor), greeting(actor), greeting(actor, "晚"), greeting(actor, word="晚")] == [
        "演示早", "演示早", "演示晚", "演示晚",
    ]  # fmt: skip
    assert asked == ["早", "晚", "晚"]
    assert greeting(replace(actor, system="另一人")) == "另一人早"
