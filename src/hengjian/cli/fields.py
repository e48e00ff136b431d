"""Fields written in one cell of a case file: ``category=dynamic; level=high``."""

from __future__ import annotations

from hengjian.base.errors import HengjianError


def fields_of(text: str) -> dict[str, str]:
    """The fields by name.

    >>> fields_of("category=dynamic; grade=public")
    {'category': 'dynamic', 'grade': 'public'}
    """
    found = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, sign, value = part.partition("=")
        if not sign:
            raise HengjianError(f"“{part}”应写成“名称=值”。")
        found[name.strip()] = value.strip()
    return found
