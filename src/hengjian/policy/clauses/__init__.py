"""The clause kinds. Each module here declares ``MODELS``: its pydantic models, one a kind or a shape.

A model fixes ``kind`` (and, where a kind has several forms, ``shape``) by a ``Literal`` with that one value.
To add a kind: write the module, add its name to ``KINDS``; nothing else changes here.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import get_args

from hengjian.policy.clauses.base import ClauseBase

KINDS = ("definition", "duty", "flow", "check", "points", "measure", "notice")


@cache
def models() -> dict[str, dict[str, type[ClauseBase]]]:
    """Kind → shape (empty text where the kind has one form) → model."""
    found: dict[str, dict[str, type[ClauseBase]]] = {}
    for kind in KINDS:
        name = f"{__name__}.{kind}"
        if find_spec(name) is None:
            continue
        for model in import_module(name).MODELS:
            found.setdefault(kind, {})[_literal(model, "shape")] = model
    return found


def _literal(model: type[ClauseBase], name: str) -> str:
    info = model.model_fields.get(name)
    return str(get_args(info.annotation)[0]) if info else ""
