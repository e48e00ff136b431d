"""Names of sheets that Excel accepts."""

from __future__ import annotations

import re

from hengjian.documents.text import clean


def sheet_name(name: str, taken: set[str]) -> str:
    """A name of at most 31 characters, none of []:*?/\\', not taken before (case apart).

    >>> taken = set()
    >>> sheet_name("得分[6月]", taken), sheet_name("得分 6月 ", taken)
    ('得分 6月', '得分 6月 2')
    """
    base = re.sub(r"[\[\]:*?/\\']", " ", clean(name)).strip()[:31].strip() or "表"
    found, number = base, 1
    while found.lower() in taken:
        number += 1
        ending = f" {number}"
        found = base[: 31 - len(ending)] + ending
    taken.add(found.lower())
    return found
