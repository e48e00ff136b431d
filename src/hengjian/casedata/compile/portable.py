"""One expression tree as text of an engine, with the known differences of the engines mended."""

from __future__ import annotations

from datetime import date

from sqlglot import ErrorLevel, exp
from sqlglot.errors import SqlglotError

from hengjian.base.errors import HengjianError
from hengjian.casedata.compile.dialects import Dialect


def generate(tree: exp.Expression, dialect: Dialect, as_of: date | None) -> str:
    """SQL of ``tree``; HengjianError when the engine has no such expression or no day was given."""
    tree = tree.transform(lambda node: _mend(node, dialect, as_of), copy=True)
    try:
        return str(tree.sql(dialect=dialect.sqlglot, unsupported_level=_strict(dialect)))
    except SqlglotError as error:
        raise HengjianError(f"{dialect.name} 写不出这个条件（{error}），请改写。") from None


def _strict(dialect: Dialect) -> ErrorLevel:
    return ErrorLevel.IGNORE if dialect.name == "duckdb" else ErrorLevel.RAISE


def _mend(node: exp.Expression, dialect: Dialect, as_of: date | None) -> exp.Expression:
    if isinstance(node, exp.CurrentDate):
        if as_of is None:
            raise HengjianError("条件用到 current_date，请给出检查日期（--as-of）。")
        return exp.cast(exp.Literal.string(as_of.isoformat()), "date")
    if dialect.name == "duckdb":
        return node

    def text(part: exp.Expression) -> str:
        return generate(part, dialect, as_of)

    if isinstance(node, exp.RegexpFullMatch):
        return raw(dialect.full_match(text(node.this), _pattern(node)))
    if isinstance(node, exp.RegexpLike) and dialect.name == "spark":
        return raw(f"{text(node.this)} RLIKE {dialect.literal(_java(_pattern(node)))}")
    if dialect.name == "clickhouse" and type(node) in _UTF8:
        parts = [node.args.get(name) for name in ("this", "start", "length", "expression", "substr")]
        return raw(f"{_UTF8[type(node)]}({', '.join(text(part) for part in parts if part is not None)})")
    return node


# ClickHouse counts bytes in the plain forms
_UTF8: dict[type[exp.Expression], str] = {
    exp.Length: "lengthUTF8",
    exp.Substring: "substringUTF8",
    exp.Left: "leftUTF8",
    exp.Right: "rightUTF8",
    exp.Upper: "upperUTF8",
    exp.Lower: "lowerUTF8",
    exp.StrPosition: "positionUTF8",
}


def _java(pattern: str) -> str:
    """Java's ``$`` also matches before a trailing newline; RE2's does not."""
    return pattern[:-1] + r"\z" if pattern.endswith("$") and not pattern.endswith(r"\$") else pattern


def _pattern(node: exp.Expression) -> str:
    pattern = node.args["expression"]
    if not isinstance(pattern, exp.Literal) or not pattern.is_string:
        raise HengjianError("正则表达式应写成文字，请改正。")
    return str(pattern.this)


def raw(sql: str) -> exp.Expression:
    """A piece of SQL that is already in the engine's dialect; brackets keep it whole."""
    return exp.Paren(this=exp.Var(this=sql))
