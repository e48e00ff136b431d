"""What the pages of the reading room show of a pack: clauses with kind, values and readings; values by date."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from hengjian.base.articles import ArticleRef
from hengjian.base.points import plain
from hengjian.policy import Article, ClauseBase, Pack, Param, Reading, Term
from hengjian.policy.lint import Row, lint
from hengjian.policy.model import DatedValue
from hengjian.policy.refs import references
from hengjian.policy.values import value_at

KINDS = {
    "definition": "定义",
    "duty": "义务",
    "flow": "流转",
    "check": "校验",
    "points": "计分",
    "measure": "度量",
    "notice": "通报",
}


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One dated value of a parameter, and whether it holds on the day asked."""

    entry: DatedValue
    now: bool

    @property
    def text(self) -> str:
        return "停用" if self.entry.value is None else plain(self.entry.value)


@dataclass(frozen=True, slots=True)
class ShownParam:
    name: str
    param: Param
    values: tuple[ShownValue, ...]

    @property
    def now(self) -> str:
        """The value that holds, with its unit."""
        held = next((v for v in self.values if v.now), None)
        if held is None or held.entry.value is None:
            return "无"
        return f"{held.text} {self.param.unit}".strip()


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause as people read it."""

    clause: ClauseBase
    full_id: str
    kind: str
    since: date
    until: date | None
    holds: bool
    params: tuple[ShownParam, ...]
    readings: tuple[Reading, ...]
    terms: tuple[Term, ...]
    written: str


def shown_clause(pack: Pack, clause: ClauseBase, on: date, known: date | None = None) -> ShownClause:
    names = dict.fromkeys(value for mark, _, value in references(clause) if mark.to == "param")
    return ShownClause(
        clause=clause,
        full_id=pack.full_id(clause),
        kind=KINDS.get(getattr(clause, "kind", ""), ""),
        since=clause.since or pack.info.since,
        until=clause.until or pack.info.until,
        holds=pack.holds(clause, on, known),
        params=tuple(shown_param(pack, name, on, known) for name in names if name in pack.params),
        readings=tuple(pack.readings_of(clause)),
        terms=tuple(getattr(clause, "terms", ())),
        written=_written(clause),
    )


def shown_param(pack: Pack, name: str, on: date, known: date | None = None) -> ShownParam:
    param = pack.params[name]
    holding = value_at(param.values, on, known)
    return ShownParam(name, param, tuple(ShownValue(v, v is holding) for v in param.values))


def _written(clause: ClauseBase) -> str:
    """The clause without what the page shows anyway, as text for those who want to see exactly what is computed."""
    fields = clause.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    rest = {k: v for k, v in fields.items() if k not in ("id", "title", "kind", "articles", "note", "terms")}
    return json.dumps(rest, ensure_ascii=False, indent=2) if rest else ""


def search(pack: Pack, text: str) -> tuple[Article, ...]:
    """Articles whose number, gist, reason or clause titles contain every word of ``text``."""
    words = text.lower().split()
    return tuple(a for a in pack.articles if all(word in _haystack(pack, a) for word in words))


@lru_cache(maxsize=2048)
def _haystack(pack: Pack, article: Article) -> str:
    titles = " ".join(clause.title for clause in pack.clauses_for(article.article))
    label = ArticleRef.parse(article.article).label
    return f"{article.article} {label} {article.gist} {article.statement} {titles}".lower()


@lru_cache(maxsize=16)
def findings(pack: Pack) -> tuple[Row, ...]:
    return tuple(lint(pack))


def neighbours(pack: Pack, article: str) -> tuple[Article | None, Article | None]:
    """The articles before and after."""
    numbers = [a.article for a in pack.articles]
    at = numbers.index(article)
    before = pack.articles[at - 1] if at else None
    after = pack.articles[at + 1] if at + 1 < len(numbers) else None
    return before, after


def kinds_of(clauses: Iterable[ClauseBase]) -> list[str]:
    """The labels of the kinds at work, each once."""
    return list(dict.fromkeys(KINDS.get(getattr(c, "kind", ""), "") for c in clauses))


ORDER = ("points", "duty", "flow", "check", "measure", "notice", "definition")


def in_order(clauses: Iterable[ClauseBase]) -> list[ClauseBase]:
    """What does something first, the words last."""
    return sorted(clauses, key=lambda clause: ORDER.index(getattr(clause, "kind", ORDER[-1])))


def scoring(reading: Reading) -> bool:
    """Whether another option would change a score, so that its effect can be tried."""
    return any(path.startswith("points/") for option in reading.options.values() for path in option.set)


WHAT = {
    "pack": "概况",
    "article": "条文",
    "value": "数值",
    "reading": "口径",
    "clause": "规则",
    "table": "附表",
}
FIELDS = {
    "title": "名称",
    "short_title": "简称",
    "number": "文号",
    "issuer": "制定机关",
    "since": "起",
    "until": "止",
    "gist": "要点",
    "statement": "宣示的理由",
    "question": "问题",
    "note": "说明",
    "articles": "依据",
    "interpreter": "解释机关",
    "since_assumed": "日期为推定",
    "since_reason": "推定的理由",
    "known_from": "得知日期",
    "value": "值",
    "row": "行",
}


def readings_for(pack: Pack, article: str) -> list[Reading]:
    return [
        r
        for r in pack.readings.values()
        if any(ArticleRef.parse(ref).article == article for ref in r.articles)
    ]
