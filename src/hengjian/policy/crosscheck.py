"""What no single file can tell: references between clauses, articles, values, readings, words and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from hengjian.base.articles import ArticleRef
from hengjian.base.errors import HengjianError
from hengjian.base.messages import sentence
from hengjian.base.yamlio import YamlPath
from hengjian.policy.clashes import clashes, standing
from hengjian.policy.clauses.base import ClauseBase, Ref
from hengjian.policy.clauses.definition import Definition
from hengjian.policy.crosswords import FIELD, Words, check_terms
from hengjian.policy.draft import Draft
from hengjian.policy.model import Param, Reading
from hengjian.policy.patch import patched, split_path
from hengjian.policy.refs import references


def crosscheck(draft: Draft) -> None:
    """Add an error for each dangling reference, overlap of dates and patch that does not fit."""
    if not draft.whole:
        return
    words = _words(draft)
    for clause in draft.clauses:
        _check_articles(draft, f"clause:{clause.id}", clause.articles)
        _check_dates(draft, clause)
        for path, message in _dangling(draft, clause, words):
            draft.error(f"clause:{clause.id}", message, path)
    for definition in draft.clauses:
        if isinstance(definition, Definition):
            check_terms(draft, definition, words)
    _check_listed(draft)
    for name, param in draft.params.items():
        _check_param(draft, name, param)
    for reading in draft.readings.values():
        _check_reading(draft, reading, words)
    _check_defaults(draft)
    for index, finding in enumerate(draft.findings):
        _check_articles(draft, f"finding:{index}", finding.articles)
        for path, message in _dangling(draft, finding, words):
            draft.error(f"finding:{index}", message, path)


def _words(draft: Draft) -> Words:
    found: dict[str, set[str]] = {}
    for clause in draft.clauses:
        if isinstance(clause, Definition):
            keys = {term.key for term in clause.terms}
            for name in (clause.vocabulary, *(f"{FIELD}{field}" for field in clause.fields)):
                found.setdefault(name, set()).update(keys)
    return {name: frozenset(keys) for name, keys in found.items()}


def _check_articles(draft: Draft, key: str, cited: tuple[str, ...]) -> None:
    known = {article.article for article in draft.articles}
    for index, text in enumerate(cited):
        try:
            number = ArticleRef.parse(text).article
        except HengjianError as error:
            draft.error(key, error.message, ("articles", index))
            continue
        if number not in known:
            draft.error(
                key, f"articles.yaml 里没有第 {number} 条，请改正条号或补上该条。", ("articles", index)
            )
    if not cited:
        draft.error(key, "没有写依据的条款，请在 articles 里写上条号。", ("articles",))


def _check_dates(draft: Draft, clause: ClauseBase) -> None:
    since = clause.since or (draft.info.since if draft.info else None)
    if clause.until and since and clause.until <= since:
        draft.error(f"clause:{clause.id}", "until 不晚于 since，这条规则从不生效，请改正日期。", ("until",))


def _check_listed(draft: Draft) -> None:
    known = {clause.id for clause in draft.clauses}
    cited = {ArticleRef.parse(ref).article for clause in draft.clauses for ref in _sound(clause.articles)}
    for article in draft.articles:
        if article.statement and (article.clauses or article.article in cited):
            message = f"第 {article.article} 条既有规则落实，又写了 statement，请只留一样。"
            draft.error(f"article:{article.article}", message, ("statement",))
        for index, clause_id in enumerate(article.clauses):
            if clause_id not in known:
                message = f"没有条款规则“{clause_id}”，请改正编号或补上这条规则。"
                draft.error(f"article:{article.article}", message, ("clauses", index))


def _sound(cited: tuple[str, ...]) -> Iterator[str]:
    for text in cited:
        try:
            ArticleRef.parse(text)
        except HengjianError:
            continue
        yield text


def _check_param(draft: Draft, name: str, param: Param) -> None:
    key = f"param:{name}"
    known = {article.article for article in draft.articles}
    if ArticleRef.parse(param.article).article not in known:
        draft.error(key, f"articles.yaml 里没有第 {param.article} 条，请改正。", ("article",))
    last: tuple[date, date] | None = None
    for index, value in enumerate(param.values):
        now = (value.since, value.known or date.min)
        if last is not None and now == last:
            draft.error(key, f"“{name}”有两个值从同一天起生效，请删去一个或改日期。", ("values", index))
        elif last is not None and now < last:
            draft.error(key, f"“{name}”的值没有按日期先后排列，请调整次序。", ("values", index))
        last = now


def _check_reading(draft: Draft, reading: Reading, words: Words) -> None:
    key = f"reading:{reading.id}"
    _check_articles(draft, key, reading.articles)
    if reading.default not in reading.options:
        draft.error(key, f"默认选项“{reading.default}”不在 options 里，请改正。", ("default",))
    _check_yields(draft, reading)
    clauses = {clause.id: clause for clause in draft.clauses}
    for name, option in reading.options.items():
        groups: dict[str, dict[str, Any]] = {}
        for target, value in option.set.items():
            clause_id, steps = split_path(target)
            path: YamlPath = ("options", name, "set", target)
            if clause_id not in clauses:
                draft.error(key, f"没有条款规则“{clause_id}”，请改正 set 的路径。", path)
            elif not steps:
                draft.error(key, f"“{target}”没有写改哪个字段，请写成 {clause_id}.字段 这样的形式。", path)
            else:
                groups.setdefault(clause_id, {})[".".join(steps)] = value
        for clause_id, changes in groups.items():
            _check_patch(draft, reading, name, clauses[clause_id], changes, words)


def _check_yields(draft: Draft, reading: Reading) -> None:
    for name, option in reading.options.items():
        for other, keys in option.yields_to.items():
            path: YamlPath = ("options", name, "yields_to", other)
            known = draft.readings[other].options if other in draft.readings else None
            if known is None or other == reading.id:
                draft.error(f"reading:{reading.id}", f"没有另一个理解“{other}”，请改正编号。", path)
                continue
            for key in keys:
                if key not in known:
                    message = f"理解 {other} 没有选项“{key}”；可用：{'、'.join(known)}。"
                    draft.error(f"reading:{reading.id}", message, path)


def _check_defaults(draft: Draft) -> None:
    """The answers a pack stands at by itself must go together."""
    readings = {r.id: r for r in draft.readings.values() if r.default in r.options}
    taken = standing(readings, {r.id: r.default for r in readings.values()})
    for clash in clashes(taken):
        key = f"reading:{clash.other.reading}"
        draft.error(key, f"{clash.sentence}，请改默认选项，或者写 yields_to。", ("default",))


def _check_patch(
    draft: Draft, reading: Reading, option: str, clause: ClauseBase, changes: dict[str, Any], words: Words
) -> None:
    key, first = f"reading:{reading.id}", f"{clause.id}.{next(iter(changes))}"
    path: YamlPath = ("options", option, "set", first)
    try:
        result = patched(clause, changes)
    except HengjianError as error:
        draft.error(key, f"理解 {reading.id} 的选项“{option}”：{error.message}", path)
        return
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        draft.error(key, f"理解 {reading.id} 的选项“{option}”：{sentence(problem, type(clause))}", path)
        return
    known = {message for _, message in _dangling(draft, clause, words)}
    for _, message in _dangling(draft, result, words):
        if message not in known:
            draft.error(key, f"理解 {reading.id} 的选项“{option}”：{message}", path)


def _dangling(draft: Draft, clause: BaseModel, words: Words) -> Iterator[tuple[YamlPath, str]]:
    clauses = {item.id for item in draft.clauses}
    for ref, path, value in references(clause):
        if ref.to == "when":
            yield from _dangling_when(path, value, words)
        elif ref.to == "param" and value not in draft.params:
            yield path, f"values.yaml 里没有数值“{value}”，请改正名称或补上数值。"
        elif ref.to == "clause" and value not in clauses:
            yield path, f"没有条款规则“{value}”，请改正编号或补上这条规则。"
        elif ref.to == "table" and value not in draft.tables:
            yield path, f"没有表 tables/{value}.csv，请改正名称或补上这张表。"
        elif ref.to == "vocabulary" and value not in words:
            yield path, f"没有定义“{value}”，请改正名称或补一条 definition。"
        elif ref.to == "term":
            yield from _dangling_term(path, ref, value, words)


def _dangling_term(path: YamlPath, ref: Ref, value: str, words: Words) -> Iterator[tuple[YamlPath, str]]:
    if ref.vocabulary not in words:
        yield path, f"没有定义“{ref.vocabulary}”，请补一条 definition。"
    elif value not in words[ref.vocabulary]:
        known = "、".join(sorted(words[ref.vocabulary]))
        yield path, f"定义“{ref.vocabulary}”里没有“{value}”；可用：{known}。"


def _dangling_when(
    path: YamlPath, when: Mapping[str, tuple[str, ...]], words: Words
) -> Iterator[tuple[YamlPath, str]]:
    for name, values in when.items():
        keys = words.get(name, frozenset()) | words.get(f"{FIELD}{name}", frozenset())
        for index, value in enumerate(values):
            if keys and value not in keys:
                known = "、".join(sorted(keys))
                yield (*path, name, index), f"定义“{name}”里没有“{value}”；可用：{known}。"
