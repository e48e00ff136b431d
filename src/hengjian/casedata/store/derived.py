"""Facts that depend on one value alone, kept beside the value: computed when a row is written, read by every run.

A column ``party_id__bad_resident_id`` belongs to ``party_id``; whoever writes ``party_id`` need not know of it.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
from duckdb.func import ARROW, SPECIAL
from sqlglot import exp

from hengjian.base.errors import HengjianError
from hengjian.casedata.kernels import KERNELS, derived_name
from hengjian.casedata.rules.functions import CHECKS
from hengjian.casedata.rules.model import Rule
from hengjian.casedata.rules.predicate import parse_predicate
from hengjian.casedata.store.connect import quoted

Fact = tuple[str, str]
"""Column and check function."""


def facts_of(rules: Iterable[Rule]) -> list[Fact]:
    """The facts that rules ask of a column as it is, sorted."""
    found = set()
    for rule in rules:
        try:
            tree = parse_predicate(rule.fails_when, rule.place).tree
        except HengjianError:
            continue  # refused where it is run
        for call in tree.find_all(exp.Anonymous):
            if call.name.lower() in CHECKS and isinstance(call.expressions[0], exp.Column):
                found.add((call.expressions[0].name, call.name.lower()))
    return sorted(found)


def beside(columns: Iterable[str], incoming: Iterable[str]) -> list[Fact]:
    """Facts a table keeps of columns that come in."""
    there, names = set(columns), set(incoming)
    return [
        (column, kernel)
        for column in sorted(names)
        for kernel in KERNELS
        if derived_name(kernel, column) in there and derived_name(kernel, column) not in names
    ]


def expression(con: duckdb.DuckDBPyConnection, fact: Fact) -> str:
    """SQL that computes the fact; makes the kernel known to ``con``."""
    column, kernel = fact
    name = f"hj_one_{kernel}"
    known = con.execute("SELECT count(*) FROM duckdb_functions() WHERE function_name = ?", [name]).fetchone()
    if not known or not known[0]:
        con.create_function(name, KERNELS[kernel], ["VARCHAR"], "BOOLEAN", type=ARROW, null_handling=SPECIAL)
    return f"{name}(CAST({quoted(column)} AS VARCHAR))"
