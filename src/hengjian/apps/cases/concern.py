"""What a rule is about, for the person who judges: its items in the order it names them, its condition in their labels."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hengjian.apps.cases.dictionary import CaseItem
from hengjian.base.errors import HengjianError
from hengjian.casedata.rules.model import Rule
from hengjian.casedata.rules.predicate import parse_predicate

_WORD = re.compile(r"'[^']*'|[A-Za-z_][\w.]*")


def concerned(rule: Rule | None, known: Mapping[str, CaseItem]) -> list[str]:
    """Keys of the items the rule looks at; none for a rule out of use."""
    if rule is None:
        return []
    try:
        columns = parse_predicate(rule.fails_when, rule.place).columns
    except HengjianError:
        return []
    words = _WORD.findall(rule.fails_when)
    return sorted({key for key in columns if key in known and key in words}, key=words.index)


def in_words(rule: Rule, known: Mapping[str, CaseItem]) -> str:
    """The condition with labels for keys; texts and columns of other tables stay."""
    return _WORD.sub(lambda m: known[m[0]].label if m[0] in known else m[0], rule.fails_when)
