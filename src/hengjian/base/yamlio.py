"""YAML with positions: plain data beside a map from path to line and column.

Only a small, unsurprising part of YAML is accepted: mappings with text keys, lists, text, whole and
decimal numbers, ``true``/``false``, ``null`` and ISO dates. ``yes`` and ``on`` are text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from hengjian.base.errors import HengjianError, Place

_TAG_REFUSED = "这一处用了 YAML 的特殊标记，制度包里不允许；请删去以“!”开头的标记。"
YamlPath = tuple[str | int, ...]
_BASE: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEFAULT_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}
_INT = re.compile(r"[-+]?(?:0|[1-9]\d*)")
_DECIMAL = re.compile(r"[-+]?\d+\.\d+")
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?")
_WORDS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(slots=True)
class Tree:
    """A file read: ``data`` and, for every path inside it, where it stands (lines and columns from 1)."""

    file: str
    data: Any = None
    marks: dict[YamlPath, tuple[int, int]] = field(default_factory=dict)
    errors: list[HengjianError] = field(default_factory=list)
    # values that could not be read: already an error, so no model need complain again
    unread: set[YamlPath] = field(default_factory=set)

    def place(self, path: YamlPath = ()) -> Place:
        """The position of ``path``, or of the nearest thing around it."""
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        return Place(self.file, line, column)

    def error(self, message: str, path: YamlPath = ()) -> None:
        self.errors.append(HengjianError(message, where=self.place(path)))


def read_yaml(path: Path, shown: str | None = None) -> Tree:
    """Read a file; whatever is wrong with it is collected in ``errors``, never raised."""
    tree = Tree(shown or str(path))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        tree.errors.append(HengjianError("没有这个文件，请补上。", where=Place(tree.file)))
        return tree
    except UnicodeDecodeError:
        tree.errors.append(HengjianError("文件不是 UTF-8 编码，请另存为 UTF-8。", where=Place(tree.file)))
        return tree
    return parse_yaml(text, tree)


def parse_yaml(text: str, tree: Tree) -> Tree:
    """Fill ``tree`` from text.

    >>> tree = parse_yaml("a: 1.50\\nb: [2023-07-01, yes]", Tree("x.yaml"))
    >>> tree.data, str(tree.place(("b", 1)))
    ({'a': Decimal('1.50'), 'b': [datetime.date(2023, 7, 1), 'yes']}, 'x.yaml:2:17')
    """
    try:
        node = yaml.compose(text, Loader=_BASE)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Place(tree.file, mark.line + 1, mark.column + 1) if mark else Place(tree.file)
        message = "从这里起不是合法的 YAML，请检查这一行和上一行的缩进、冒号、括号和引号。"
        tree.errors.append(HengjianError(message, where=where))
        return tree
    except yaml.YAMLError:
        tree.errors.append(
            HengjianError("文件里有 YAML 不允许的字符，请删去控制字符。", where=Place(tree.file))
        )
        return tree
    tree.data = None if node is None else _build(node, (), tree)
    return tree


def _build(node: Any, path: YamlPath, tree: Tree) -> Any:
    tree.marks[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if node.tag not in _DEFAULT_TAGS:
        tree.error(_TAG_REFUSED, path)
        tree.unread.add(path)
        return None
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, path, tree)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*path, index), tree) for index, child in enumerate(node.value)]
    return _mapping(node, path, tree)


def _mapping(node: Any, path: YamlPath, tree: Tree) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
        if not isinstance(key_node, yaml.ScalarNode):
            where = Place(tree.file, line, column)
            tree.errors.append(HengjianError("键必须是一个词，请改写。", where=where))
            continue
        key = str(key_node.value)
        if key in found:
            where = Place(tree.file, line, column)
            first = tree.place((*path, key)).line
            tree.errors.append(
                HengjianError(f"键“{key}”重复（第 {first} 行已有），请删去其中一个。", where=where)
            )
            continue
        found[key] = _build(value_node, (*path, key), tree)
        tree.marks[(*path, key)] = (line, column)
    return found


def _scalar(node: Any, path: YamlPath, tree: Tree) -> Any:
    text = str(node.value)
    if node.style:  # quoted or block text stays text
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            tree.error(f"“{text}”不是存在的日期，请写成 2023-07-01 这样的形式。", path)
            tree.unread.add(path)
            return None
    return text
