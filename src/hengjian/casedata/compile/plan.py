"""Rules and a schema to a plan: predicates in one dialect over a projection with the shared parts computed once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlglot import exp

from hengjian.base.errors import HengjianError
from hengjian.casedata.compile import portable
from hengjian.casedata.compile.dialects import Dialect
from hengjian.casedata.compile.digits import SQL
from hengjian.casedata.kernels import derived_name
from hengjian.casedata.rules.functions import CHECKS
from hengjian.casedata.rules.model import Rule
from hengjian.casedata.rules.predicate import Predicate, column_at, parse_predicate, table_at

BITS = 62
V = TypeVar("V")
_BITS = '"__bits"'


@dataclass(frozen=True, slots=True)
class Schema:
    """Columns of the data (name → type) and of each reference table; ``own``: those that are the data themselves."""

    columns: Mapping[str, str]
    refs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    def column(self, name: str) -> str | None:
        """The name as the data spells it; an exact match wins over one that differs in case."""
        return name if name in self.columns else _spelled(self.columns).get(name.lower())

    def ref(self, table: str, name: str) -> tuple[str, str] | None:
        spelled = _spelled(self.refs).get(table.lower())
        column = _spelled(self.refs[spelled]).get(name.lower()) if spelled else None
        return (spelled, column) if spelled and column else None


def _spelled(names: Iterable[str]) -> dict[str, str]:
    return {name.lower(): name for name in names}


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule with its predicate, all names resolved against the schema."""

    rule: Rule
    predicate: Predicate


def resolve(rules: Sequence[Rule], schema: Schema) -> tuple[list[Judged], list[HengjianError]]:
    """Rules that can run on ``schema``, and an error with position for each that cannot."""
    judged, errors = [], []
    for rule in rules:
        try:
            judged.append(Judged(rule, _checked(rule, schema)))
        except HengjianError as error:
            where = f"规则 {rule.id}：{error.message}"
            errors.append(HengjianError(where, where=error.where or rule.place))
    return judged, errors


def _checked(rule: Rule, schema: Schema) -> Predicate:
    predicate = parse_predicate(rule.fails_when, rule.place)
    for name in predicate.columns:
        if schema.column(name) is None:
            raise column_at(predicate, name, f"没有列“{name}”，数据里有 {_some(schema.columns)}")
    for table, column in predicate.refs:
        if schema.ref(table, column) is None:
            known = table.lower() in _spelled(schema.refs)
            what = (
                f"对照表 {table} 没有列“{column}”"
                if known
                else f"没有对照表“{table}”，请用 --ref {table}=文件 给出"
            )
            raise table_at(predicate, table, what)
    return predicate


def _some(names: Iterable[str]) -> str:
    shown = list(names)
    return "、".join(shown[:12]) + (f" 等 {len(shown)} 列" if len(shown) > 12 else "")


@dataclass(slots=True)
class Plan:
    """``inner`` is the projection over the data, ``predicates`` are over its columns; specials by name."""

    dialect: Dialect
    schema: Schema
    as_of: date | None = None
    rules: list[Judged] = field(default_factory=list)
    predicates: list[str] = field(default_factory=list)
    asked: list[frozenset[str]] = field(
        default_factory=list
    )  # for each rule the duplicates and unknowns it asks
    specials: dict[str, str] = field(default_factory=dict)  # alias → SQL over the data
    duplicates: dict[str, str] = field(default_factory=dict)  # alias → SQL of what must be unique
    unknowns: dict[str, tuple[str, tuple[str, str]]] = field(default_factory=dict)  # alias → value, reference
    kernels: frozenset[str] = frozenset()  # check functions the engine has as one kernel over whole columns
    calls: list[tuple[str, str]] = field(default_factory=list)  # (check function, value) of that one call
    apart: dict[int, tuple[str, str]] = field(
        default_factory=dict
    )  # rule that is nothing but a kernel over a text column → (check function, column); its predicate is FALSE

    def add(self, judged: Judged) -> None:
        """Translate a rule; HengjianError when the dialect cannot say it."""
        tree = judged.predicate.tree.copy()
        alone = self._alone(tree)
        if alone:
            self.apart[len(self.rules)] = alone
            tree = exp.false()
        tree = tree.transform(self._own_functions, copy=False)
        tree = tree.transform(self._names, copy=False)
        names = {column.name for column in tree.find_all(exp.Column)}
        self.asked.append(frozenset(names & (self.duplicates.keys() | self.unknowns.keys())))
        self.predicates.append(portable.generate(tree, self.dialect, self.as_of))
        self.rules.append(judged)

    def take(self, other: Plan) -> None:
        """The rules of another plan over the same data, which were tried there."""
        for name in ("rules", "predicates", "asked", "specials", "duplicates", "unknowns", "calls", "apart"):
            setattr(self, name, copy(getattr(other, name)))

    def used_columns(self) -> list[str]:
        """Columns of the data that predicates or specials read, as spelled there."""
        names = {self.schema.column(name) for judged in self.rules for name in judged.predicate.columns}
        return sorted(name for name in names if name)

    def read_columns(self) -> list[str]:
        """The same with the facts kept beside columns that are read in their stead."""
        return sorted(
            {*self.used_columns(), *(name for name in self.specials if name in self.schema.columns)}
        )

    def projection(self) -> str:
        """Columns and specials for ``SELECT … FROM data``."""
        dialect = self.dialect
        columns = [dialect.identifier(name) for name in self.used_columns()]
        extra = [f"{sql} AS {dialect.identifier(alias)}" for alias, sql in self.specials.items()]
        if self.calls:
            extra.append(f"{self.kernel_name()}({', '.join(value for _, value in self.calls)}) AS {_BITS}")
        return ", ".join([*columns, *extra])

    def kernel_name(self) -> str:
        """The function that judges all ``calls`` at once: bit k is set where value k is bad."""
        return "hj_" + "_".join(name for name, _ in self.calls)

    def masks(self) -> list[str]:
        """One expression a word of ``BITS`` rules: bit k is set where rule k fails; NULL passes."""
        return [
            " + ".join(
                f"CASE WHEN {text} THEN {_literal(1 << bit, self.dialect)} ELSE {_literal(0, self.dialect)} END"
                for bit, text in enumerate(self.predicates[start : start + BITS])
            )
            for start in range(0, len(self.predicates), BITS)
        ]

    def _own_functions(self, node: exp.Expression) -> exp.Expression:
        if not isinstance(node, exp.Anonymous):
            return node
        name = node.name.lower()
        if name in CHECKS:
            return self._check(name, node.expressions[0])
        if name == "duplicate":
            parts = [self._sql(argument) for argument in node.expressions]
            return self._special(self.duplicates, "__dup", self._together(parts))
        if name == "unknown":
            ref = node.expressions[1]
            found = self.schema.ref(ref.table, ref.name)
            assert found is not None  # resolve() has looked
            value = f"CAST({self._sql(node.expressions[0])} AS {self.dialect.text})"
            return self._special(self.unknowns, "__unk", (value, found))
        return node

    def _alone(self, tree: exp.Expression) -> tuple[str, str] | None:
        """The check function and the column of a rule that asks nothing else, where the engine judges that itself."""
        node = tree.unnest()
        if not isinstance(node, exp.Anonymous) or node.name.lower() not in self.kernels:
            return None
        name, argument = node.name.lower(), node.expressions[0]
        if not isinstance(argument, exp.Column) or argument.table or not self._is_text(argument.name):
            return None
        spelled = self.schema.column(argument.name)
        stored = self.schema.column(derived_name(name, argument.name))
        return (name, spelled) if spelled and not stored else None

    def _check(self, name: str, argument: exp.Expression) -> exp.Expression:
        if isinstance(argument, exp.Column):
            stored = self.schema.column(derived_name(name, argument.name))
            if stored:
                self.specials.setdefault(stored, self.dialect.identifier(stored))
                return exp.column(stored, quoted=True)
        value = f"CAST({self._sql(argument)} AS {self.dialect.text})"
        plain = isinstance(argument, exp.Column) and self._is_text(argument.name)
        value = self._sql(argument) if plain else value
        if name in self.kernels and ((name, value) in self.calls or len(self.calls) < BITS):
            return self._bit(name, value)
        return self._special(self.specials, "__chk", SQL[name](value, self.dialect))

    def _bit(self, name: str, value: str) -> exp.Expression:
        """A bit of the one kernel call: crossing to the kernel costs more than the arithmetic in it."""
        if (name, value) not in self.calls:
            self.calls.append((name, value))
        bit = self.calls.index((name, value))
        return portable.raw(f"CASE WHEN {value} IS NOT NULL THEN ({_BITS} & {1 << bit}) <> 0 END")

    def _is_text(self, name: str) -> bool:
        spelled = self.schema.column(name)
        kind = self.schema.columns[spelled].upper() if spelled else ""
        return kind.startswith(("VARCHAR", "STRING", "TEXT", "NULLABLE(STRING"))

    def _special(self, kept: dict[str, V], prefix: str, value: V) -> exp.Expression:
        for alias, known in kept.items():
            if known == value and alias.startswith("__"):
                return exp.column(alias, quoted=True)
        alias = f"{prefix}{len(kept)}"
        kept[alias] = value
        return exp.column(alias, quoted=True)

    def _together(self, parts: list[str]) -> str:
        """One value of several; NULL when any is NULL."""
        if len(parts) == 1:
            return parts[0]
        texts = [f"CAST({part} AS {self.dialect.text})" for part in parts]
        return "(" + f" || {self.dialect.literal(chr(31))} || ".join(texts) + ")"

    def _sql(self, node: exp.Expression) -> str:
        """An argument over the columns of the data."""
        tree = node.copy().transform(self._own_functions, copy=False)
        return portable.generate(tree.transform(self._names, copy=False), self.dialect, self.as_of)

    def _names(self, node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Column) and not node.table:
            spelled = self.schema.column(node.name) or node.name
            return exp.column(spelled, quoted=True)
        return node


def _literal(value: int, dialect: Dialect) -> str:
    return f"CAST({value} AS {dialect.mask})"
