"""How a predicate uses its columns: those used as text stay text when a CSV file is read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlglot import exp

from hengjian.base.errors import HengjianError
from hengjian.casedata.rules.functions import TEXT
from hengjian.casedata.rules.model import Rule
from hengjian.casedata.rules.predicate import parse_predicate

_TEXT = (*TEXT, exp.Like, exp.ILike, exp.DPipe, exp.Anonymous)
_COMPARED = (exp.EQ, exp.NEQ, exp.In, exp.NullSafeEQ, exp.NullSafeNEQ)
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}.*")


def text_columns(rules: Iterable[Rule]) -> set[str]:
    """Columns that some rule hands to a text function or compares with a text that is no day."""
    found: set[str] = set()
    for rule in rules:
        try:
            tree = parse_predicate(rule.fails_when, rule.place).tree
        except HengjianError:
            continue  # refused later, with its position
        for column in tree.find_all(exp.Column):
            if _as_text(column):
                found.add(column.name)
    return found


def _as_text(column: exp.Column) -> bool:
    node = column.parent
    while isinstance(node, exp.Paren):
        node = node.parent
    if isinstance(node, _TEXT):
        return True
    if not isinstance(node, _COMPARED):
        return False
    literals = [part for part in node.iter_expressions() if isinstance(part, exp.Literal)]
    return any(part.is_string and not _DAY.fullmatch(str(part.this)) for part in literals)


def depends_on_day(rule: Rule) -> bool:
    """Whether the verdict on a row can change although no data change: the rule asks for today's date."""
    try:
        return parse_predicate(rule.fails_when, rule.place).tree.find(exp.CurrentDate) is not None
    except HengjianError:
        return False  # refused where it is run
