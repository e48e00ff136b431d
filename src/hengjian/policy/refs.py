"""Find what a clause refers to, by the ``Ref`` marks of its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from hengjian.base.yamlio import YamlPath
from hengjian.policy.clauses.base import Ref

Found = tuple[Ref, YamlPath, Any]


def references(value: BaseModel) -> Iterator[Found]:
    """Every marked field inside ``value``: its mark, its path as the file writes it, what it holds."""
    for name, info in type(value).model_fields.items():
        path = (info.alias or name,)
        inner = getattr(value, name)
        for mark in info.metadata:
            if _applies(mark, inner):
                yield mark, path, inner
        for mark, rest, held in _walk(info.annotation, inner):
            yield mark, (*path, *rest), held


def _applies(mark: object, value: object) -> bool:
    """A name is text; a number in the same place (``int | ParamName``) refers to nothing."""
    return isinstance(mark, Ref) and (mark.to == "when" or isinstance(value, str))


def _walk(annotation: Any, value: Any) -> Iterator[Found]:
    if value is None:
        return
    if isinstance(value, BaseModel):
        yield from references(value)
        return
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        yield from ((mark, (), value) for mark in marks if _applies(mark, value))
        yield from _walk(inner, value)
        return
    arguments = [item for item in get_args(annotation) if item is not Ellipsis]
    if isinstance(value, Mapping):
        yield from _walk_mapping(arguments, value)
    elif isinstance(value, (tuple, list)):
        for index, item in enumerate(value):
            for argument in arguments:
                yield from _prefixed(index, _walk(argument, item))
    elif not isinstance(annotation, type):
        for argument in arguments:
            yield from _walk(argument, value)


def _walk_mapping(arguments: list[Any], value: Mapping[str, Any]) -> Iterator[Found]:
    if len(arguments) != 2 or isinstance(arguments[0], str):
        for argument in arguments:
            yield from _walk(argument, value)
        return
    for key, item in value.items():
        yield from _prefixed(key, _walk(arguments[0], key))
        yield from _prefixed(key, _walk(arguments[1], item))


def _prefixed(step: str | int, found: Iterator[Found]) -> Iterator[Found]:
    for mark, path, value in found:
        yield mark, (step, *path), value
