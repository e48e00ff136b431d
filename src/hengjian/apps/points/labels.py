"""Words of the pack for keys of facts, and the words for one fact as the engine is told it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hengjian.base.errors import HengjianError
from hengjian.policy import Pack

VOCABULARY = {"adopt": "tier", "instruct": "instruction_level"}


def label(pack: Pack, vocabulary: str, key: str) -> str:
    """The label of a term; the key itself where the pack has no such word."""
    try:
        return pack.term(vocabulary, key).label if key else ""
    except HengjianError:
        return key


def told(pack: Pack, event: Mapping[str, str]) -> str:
    """A row of the feed's events as one would say it: 2026年11月24日被《法院简报》采用."""
    day = date.fromisoformat(event["ts"][:10])
    what = label(pack, VOCABULARY.get(event["type"], ""), event["value"])
    done = {"adopt": f"被{what}采用", "instruct": f"获{what}批示", "submit": "报送"}
    return f"{day.year}年{day.month}月{day.day}日{done.get(event['type'], '的记录')}"
