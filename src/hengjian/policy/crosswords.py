"""Checks inside and between vocabularies."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hengjian.base.articles import ArticleRef
from hengjian.base.yamlio import YamlPath
from hengjian.policy.clauses.definition import Definition, Term
from hengjian.policy.draft import Draft

# A field of facts shares the table of words under its name with this mark before it.
FIELD = "="
Words = Mapping[str, frozenset[str]]
_TYPES: dict[str, tuple[tuple[type, ...], str]] = {
    "bool": ((bool,), "true 或 false"),
    "number": ((int, Decimal), "数"),
    "text": ((str,), "文字"),
}


def check_terms(draft: Draft, definition: Definition, words: Words) -> None:
    """Doubled keys, missing parents and articles, attributes of the wrong name, type or vocabulary."""
    key = f"clause:{definition.id}"
    for name, wanted in definition.attrs.items():
        if wanted and wanted not in _TYPES and wanted not in words:
            message = f"属性“{name}”取自的定义“{wanted}”不存在，请改正，或写 bool、number、text。"
            draft.error(key, message, ("attrs", name))
    seen: set[str] = set()
    names = {term.key for term in definition.terms}
    for index, term in enumerate(definition.terms):
        path: YamlPath = ("terms", index)
        if term.key in seen:
            draft.error(key, f"词“{term.key}”重复，请删去一处。", (*path, "key"))
        seen.add(term.key)
        if term.parent and term.parent not in names:
            draft.error(key, f"上级词“{term.parent}”不存在，请改正。", (*path, "parent"))
        _check_article(draft, key, term, path)
        _check_attrs(draft, definition, term, path, words)


def _check_article(draft: Draft, key: str, term: Term, path: YamlPath) -> None:
    known = {article.article for article in draft.articles}
    if term.article and ArticleRef.parse(term.article).article not in known:
        draft.error(key, f"articles.yaml 里没有第 {term.article} 条，请改正。", (*path, "article"))


def _check_attrs(draft: Draft, definition: Definition, term: Term, path: YamlPath, words: Words) -> None:
    key = f"clause:{definition.id}"
    for name, value in term.attrs.items():
        where = (*path, "attrs", name)
        if name not in definition.attrs:
            known = "、".join(definition.attrs) or "（无）"
            draft.error(key, f"属性“{name}”没有在这条定义的 attrs 里列出；已列：{known}。", where)
            continue
        wanted = definition.attrs[name] or name
        if wanted in _TYPES:
            types, noun = _TYPES[wanted]
            if not isinstance(value, types) or (wanted == "number" and isinstance(value, bool)):
                draft.error(key, f"属性“{name}”应是{noun}，请改正。", where)
        elif wanted in words:
            for unknown in _strangers(value, words[wanted]):
                draft.error(key, f"定义“{wanted}”里没有“{unknown}”，请改正属性“{name}”。", where)


def _strangers(value: Any, keys: frozenset[str]) -> list[Any]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if item not in keys]
