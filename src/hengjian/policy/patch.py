"""A reading's option as a patch over clause fields: ``clause-id.field[.subfield]`` → value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hengjian.base.errors import HengjianError
from hengjian.policy.clauses.base import ClauseBase

_FIXED = ("id", "kind")


def split_path(path: str) -> tuple[str, list[str]]:
    """Clause id and field steps.

    >>> split_path("points/pub.once_per")
    ('points/pub', ['once_per'])
    """
    clause, *steps = path.split(".")
    return clause, steps


def overlap(one: str, other: str) -> bool:
    """Whether two patches touch the same field, or one a part of what the other replaces.

    >>> overlap("points/a.key", "points/a.key"), overlap("points/a.key", "points/a.key.x"), overlap("a.key", "a.keys")
    (True, True, False)
    """
    a, b = one.split("."), other.split(".")
    shorter = min(len(a), len(b))
    return a[:shorter] == b[:shorter]


def patched(clause: ClauseBase, changes: Mapping[str, Any]) -> ClauseBase:
    """A copy of ``clause`` with ``changes`` (field path → value); ValidationError if it is then wrong."""
    data = clause.model_dump(by_alias=True)
    for path, value in changes.items():
        steps = path.split(".")
        if steps[0] in _FIXED:
            raise HengjianError(f"理解不能改条款规则的“{steps[0]}”，请改为启用另一条规则（active）。")
        data = _replace(data, steps, value, path)
    return type(clause).model_validate(data)


def _replace(data: Any, steps: Sequence[str], value: Any, path: str) -> Any:
    step, *rest = steps
    if isinstance(data, dict):
        if rest and step not in data:
            raise _dangling(path, step, data)
        return {**data, step: _replace(data[step], rest, value, path) if rest else value}
    if isinstance(data, (list, tuple)):
        index = _index(data, step)
        if index is None:
            raise _dangling(path, step, {str(_name(item, i)): 0 for i, item in enumerate(data)})
        changed = _replace(data[index], rest, value, path) if rest else value
        return [*data[:index], changed, *data[index + 1 :]]
    raise HengjianError(f"“{path}”指到了一个单独的值里面，请改正路径。")


def _index(items: Sequence[Any], step: str) -> int | None:
    for index, item in enumerate(items):
        if str(_name(item, index)) == step:
            return index
    return None


def _name(item: Any, index: int) -> Any:
    """A list element is addressed by its own key where it has one, else by its place from 0."""
    return item.get("key", index) if isinstance(item, dict) else index


def _dangling(path: str, step: str, data: Mapping[str, Any]) -> HengjianError:
    return HengjianError(f"“{path}”里没有“{step}”，请改正路径；可用：{'、'.join(data)}。")
