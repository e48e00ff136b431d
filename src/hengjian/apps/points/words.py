"""The pack's words for keys, so that pages and notices say 《法院简报》 and not ``bulletin``."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hengjian.apps.bulletins.models import Fact, Item
from hengjian.apps.bulletins.queries import is_restricted
from hengjian.apps.points.engine import keeps_points
from hengjian.apps.points.labels import VOCABULARY as VOCABULARY
from hengjian.apps.points.labels import label as label
from hengjian.base.articles import ArticleRef
from hengjian.base.errors import HengjianError
from hengjian.base.points import plain
from hengjian.policy import Pack

_KINDS = {"submit": "报送", "adopt": "采用", "instruct": "批示"}
MASKED = "（不公开刊发的稿件，题名从略）"


def terms(pack: Pack, vocabulary: str) -> list[tuple[str, str]]:
    """Key and label of a vocabulary's terms, none where the pack lacks it."""
    if vocabulary not in pack.vocabularies:
        return []
    return [(term.key, term.label) for term in pack.vocabulary(vocabulary)]


def unit_word(pack: Pack) -> str:
    """What points are called (衡, 分): the unit most parameters carry."""
    found = Counter(param.unit for param in pack.params.values() if param.unit)
    return found.most_common(1)[0][0] if found else "分"


def points_word(pack: Pack) -> str:
    """As ``unit_word``; empty where the regulation gives no points."""
    return unit_word(pack) if keeps_points(pack) else ""


def fact_sentence(pack: Pack, fact: Fact) -> str:
    """One fact in words: 被《法院简报》采用; 省级领导批示（党委）; 文字、数据错误（一般）2处。"""
    detail = f"（{fact.publication}）" if fact.publication else ""
    if fact.kind == "submit":
        return "报送信息"
    if fact.kind == "adopt":
        return f"被{label(pack, 'tier', fact.value)}采用{detail}"
    if fact.kind == "instruct":
        system = label(pack, "system", fact.system)
        return (
            f"{label(pack, 'instruction_level', fact.value)}批示"
            + (f"（{system}）" if system else "")
            + detail
        )
    name = label(pack, "fault", fact.kind)
    degree = f"（{label(pack, 'severity', fact.value)}）" if fact.value else ""
    return name + degree + (f"，{fact.n}处（次）" if fact.n > 1 else "")


def kind_label(pack: Pack, kind: str) -> str:
    return _KINDS.get(kind) or label(pack, "fault", kind)


def article_gist(pack: Pack, article: str) -> str:
    try:
        return pack.article(article).gist
    except HengjianError:
        return ""


def article_label(article: str) -> str:
    try:
        return ArticleRef.parse(article).label
    except HengjianError:
        return article


def clause_title(pack: Pack, full_id: str) -> str:
    try:
        return pack.clause(full_id).title
    except HengjianError:
        return full_id


def public_title(pack: Pack, item: Item) -> str:
    """The title as it may stand in a document for all departments; restricted items are not named."""
    return MASKED if is_restricted(item, pack) else item.title


def signed(points: Decimal) -> str:
    """+5, −2, 0: as printed, with a real minus sign."""
    text = plain(points).replace("-", "−")
    return f"+{text}" if points > 0 else text


def reading_notes(pack: Pack, text: str) -> list[dict[str, str]]:
    """The readings a row names (``R07、R12=first_only``) with question and the option taken."""
    found = []
    for part in text.split("、"):
        reading_id, _, option = part.partition("=")
        reading = pack.readings.get(reading_id)
        if reading is None:
            continue
        chosen = option or reading.default
        taken = reading.options.get(chosen)
        found.append(
            {
                "id": reading_id,
                "question": reading.question,
                "option": chosen,
                "taken": taken.title if taken else chosen,
                "default": str(chosen == reading.default),
            }
        )
    return found
