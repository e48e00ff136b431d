"""Read rule files and folders; a bad rule is an error of its own and hides no other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from hengjian.base.errors import HengjianError, Place
from hengjian.base.messages import report
from hengjian.base.yamlio import Tree, parse_yaml, read_yaml
from hengjian.casedata.rules.model import Rule, WrittenRule

Errors = list[HengjianError]


@dataclass(slots=True)
class Loaded:
    """The rules that can be read, in order, and an error for each that cannot."""

    rules: list[Rule] = field(default_factory=list)
    errors: Errors = field(default_factory=list)


def load_rules(paths: Iterable[Path]) -> Loaded:
    """Rules of files and (sorted) folders. Of two rules with one id the second is refused.

    HengjianError when a path does not exist.
    """
    loaded = Loaded()
    for path in paths:
        if not path.exists():
            raise HengjianError("没有这个规则文件或文件夹，请检查路径。", where=Place(str(path)))
        files = sorted({*path.rglob("*.yaml"), *path.rglob("*.yml")}) if path.is_dir() else [path]
        if not files:
            loaded.errors.append(HengjianError("这个文件夹里没有 .yaml 规则文件。", where=Place(str(path))))
        for file in files:
            _add(read_yaml(file), loaded)
    return loaded


def read_rules(text: str, shown: str) -> Loaded:
    """Rules of a text, such as one typed into a page."""
    loaded = Loaded()
    _add(parse_yaml(text, Tree(shown)), loaded)
    return loaded


def _add(tree: Tree, loaded: Loaded) -> None:
    items = tree.data if isinstance(tree.data, list) else [] if tree.data is None else [tree.data]
    taken = {rule.id: rule.place for rule in loaded.rules}
    for index, item in enumerate(items):
        path = (index,) if isinstance(tree.data, list) else ()
        written = _written(tree, path, item)
        if written is None:
            continue
        place = tree.place((*path, "fails_when"))
        if written.id in taken:
            tree.error(
                f"规则编号“{written.id}”重复，已在 {taken[written.id]} 用过，请改一个。", (*path, "id")
            )
            continue
        taken[written.id] = place
        loaded.rules.append(_rule(written, place))
    loaded.errors += tree.errors


def _written(tree: Tree, path: tuple[int, ...], item: object) -> WrittenRule | None:
    if not isinstance(item, dict):
        tree.error("每条规则应写成“键: 值”的形式，请改正。", path)
        return None
    if any(mark[: len(path)] == path for mark in tree.unread):
        return None
    try:
        return WrittenRule.model_validate(item)
    except ValidationError as error:
        report(error, WrittenRule, tree, path)
        return None


def _rule(written: WrittenRule, place: Place) -> Rule:
    return Rule(
        id=written.id,
        title=written.title,
        fails_when=written.fails_when,
        severity=written.severity,
        owner=written.owner,
        place=place,
        basis=written.basis,
        message=written.message,
        family=written.family,
        since=written.since,
        until=written.until,
    )
