"""A predicate parsed and looked through: which columns, check functions and tables it needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from hengjian.base.errors import HengjianError, Place
from hengjian.casedata.rules.functions import CHECKS, FUNCTIONS, NAMES, NODES, OWN

LONGEST = 8_000
DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Predicate:
    """``tree`` is never changed; compilers copy it. Names as written; ``refs`` are (table, column)."""

    text: str
    tree: exp.Expression
    columns: tuple[str, ...]
    refs: tuple[tuple[str, str], ...]
    place: Place

    def calls(self, name: str) -> list[exp.Anonymous]:
        """The calls of one of our own functions, in the order of the tree."""
        return [call for call in self.tree.find_all(exp.Anonymous) if call.name.lower() == name]


@lru_cache(maxsize=4096)
def parse_predicate(text: str, place: Place) -> Predicate:
    """Parse in the DuckDB dialect; HengjianError names the character where it goes wrong. The same text is parsed once.

    >>> parse_predicate("unknown(court, courts.code) OR a < b", Place("r.yaml", 1)).columns
    ('a', 'b', 'court')
    """
    if len(text) > LONGEST:
        raise HengjianError(f"条件超过 {LONGEST} 个字，请拆成几条规则。", where=place)
    tree = _parse(text, place)
    for depth, node in _walk(tree):
        _allow(node, text, place)
        if depth > DEEPEST:
            raise HengjianError("条件嵌套太深，请拆成几条规则。", where=place)
    refs = tuple(sorted({_ref(call) for call in _own(tree, "unknown")}))
    outside = {id(call.expressions[1]) for call in _own(tree, "unknown")}
    columns = {column.name for column in tree.find_all(exp.Column) if id(column) not in outside}
    for column in tree.find_all(exp.Column):
        if column.table and id(column) not in outside:
            raise _error(column, f"“{column.sql()}”指向别的表，条件里只能写本表的列", text, place)
    return Predicate(text, tree, tuple(sorted(columns)), refs, place)


def column_at(predicate: Predicate, name: str, message: str) -> HengjianError:
    """An error about a column, at its place in the predicate."""
    for column in predicate.tree.find_all(exp.Column):
        if column.name == name:
            return _error(column, message, predicate.text, predicate.place)
    return HengjianError(message, where=predicate.place)


def table_at(predicate: Predicate, name: str, message: str) -> HengjianError:
    """An error about a reference table, at its place in the predicate."""
    for column in predicate.tree.find_all(exp.Column):
        if column.table == name:
            return _error(column, message, predicate.text, predicate.place)
    return HengjianError(message, where=predicate.place)


def _parse(text: str, place: Place) -> exp.Expression:
    try:
        trees = sqlglot.parse(text, read="duckdb")
    except SqlglotError as error:
        details = getattr(error, "errors", None) or [{}]
        near = str(details[0].get("highlight") or "").strip()
        start = len(str(details[0].get("start_context") or "")) if len(text) < 100 else text.find(near)
        shown = f"第 {start + 1} 个字符“{near}”附近" if near else "条件"
        raise HengjianError(f"{shown}不是合法的 SQL 条件，请检查括号、引号和运算符。", where=place) from None
    except RecursionError:
        raise HengjianError("条件嵌套太深，请拆成几条规则。", where=place) from None
    if len(trees) != 1 or trees[0] is None:
        raise HengjianError("一条规则只能写一个条件，请删去分号。", where=place)
    assert isinstance(trees[0], exp.Expression)
    return trees[0]


def _walk(tree: exp.Expression) -> list[tuple[int, exp.Expression]]:
    found, todo = [], [(0, tree)]
    while todo:
        depth, node = todo.pop()
        found.append((depth, node))
        todo += [(depth + 1, child) for child in node.iter_expressions()]
    return found


def _allow(node: exp.Expression, text: str, place: Place) -> None:
    if isinstance(node, exp.Anonymous):
        _allow_own(node, text, place)
    elif type(node) in FUNCTIONS:
        return
    elif isinstance(node, exp.Func) and type(node) not in NODES:
        name = _written(node, text)
        raise _error(node, f"函数“{name}”不在允许之列，可用的有 {'、'.join(NAMES)}", text, place)
    elif type(node) not in NODES:
        raise _error(node, f"条件里不能用“{_short(node)}”这样的写法", text, place)
    elif isinstance(node, exp.In) and (node.args.get("query") or node.args.get("unnest")):
        raise _error(node, "IN 里只能列出值，对照另一张表请用 unknown(列, 表.列)", text, place)


def _allow_own(call: exp.Anonymous, text: str, place: Place) -> None:
    name = call.name.lower()
    if name not in OWN:
        raise _error(call, f"函数“{name}”不在允许之列，可用的有 {'、'.join(NAMES)}", text, place)
    low, high = OWN[name]
    if not low <= len(call.expressions) <= high:
        count = str(low) if low == high else f"{low} 至 {high}"
        raise _error(call, f"{name} 要 {count} 个参数", text, place)
    if name == "unknown":
        ref = call.expressions[1]
        if not isinstance(ref, exp.Column) or not ref.table or ref.args.get("db"):
            raise _error(call, "unknown 的第二个参数应写成“对照表.列”", text, place)
    inside = chain.from_iterable(argument.find_all(exp.Anonymous) for argument in call.expressions)
    if name not in CHECKS and any(True for _ in inside):
        raise _error(call, f"{name} 的参数里不能再用本系统的函数", text, place)


def _own(tree: exp.Expression, name: str) -> list[exp.Anonymous]:
    return [call for call in tree.find_all(exp.Anonymous) if call.name.lower() == name]


def _ref(call: exp.Anonymous) -> tuple[str, str]:
    column = call.expressions[1]
    return column.table, column.name


def _error(node: exp.Expression, message: str, text: str, place: Place) -> HengjianError:
    at = _start(node)
    where = f"第 {at + 1} 个字符处" if at is not None else ""
    return HengjianError(f"fails_when {where}{message}，请改正。", where=place)


def _start(node: exp.Expression) -> int | None:
    starts = [found.meta["start"] for found in node.walk() if "start" in found.meta]
    return min(starts) if starts else None


def _written(node: exp.Func, text: str) -> str:
    """The name as the author wrote it, where the parser kept its place."""
    if "start" in node.meta:
        return text[node.meta["start"] : node.meta["end"] + 1].lower()
    return node.sql_name().lower()


def _short(node: exp.Expression) -> str:
    text = node.sql("duckdb")
    return text if len(text) <= 40 else text[:39] + "…"
