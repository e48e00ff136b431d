"""What the model check found, as one Chinese sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from hengjian.base.yamlio import Tree, YamlPath

_TYPES = {
    "string": "文字（数字请加引号）",
    "int": "整数",
    "decimal": "数",
    "bool": "true 或 false",
    "date": "日期，如 2023-07-01",
    "tuple": "列表",
    "list": "列表",
    "dict": "键与值",
    "model": "键与值",
}


def report(error: ValidationError, model: type[BaseModel], tree: Tree, path: YamlPath) -> None:
    """Add one sentence per problem to ``tree.errors``, each at its line and column."""
    for problem in error.errors(include_url=False):
        where = _locate(problem["loc"], tree, path)
        if where not in tree.unread:
            tree.error(sentence(problem, model), where)


def _locate(loc: tuple[str | int, ...], tree: Tree, path: YamlPath) -> YamlPath:
    """Steps that a union added to the location are no keys of the file; skip them."""
    for step in loc:
        if (*path, step) in tree.marks:
            path = (*path, step)
    return path


def sentence(problem: Mapping[str, Any], model: type[BaseModel]) -> str:
    """One problem of a ValidationError in Chinese."""
    kind, loc, shown = problem["type"], problem["loc"], _shown(problem["input"])
    name = str(loc[-1]) if loc else ""
    context = problem.get("ctx", {})
    if kind == "missing":
        return f"缺少“{name}”，请补上。"
    if kind == "extra_forbidden":
        known = f"；这里可以写：{'、'.join(_keys(model))}" if len(loc) == 1 else ""
        return f"不认识的键“{name}”，请改正或删去{known}。"
    if kind in ("literal_error", "enum"):
        return f"“{name}”不能是{shown}，请写 {context['expected'].replace(' or ', ' 或 ')}。"
    if kind.startswith("union_tag"):
        return f"“{name}”不能是{shown}，请写 {context.get('expected_tags', '规定的种类')} 之一。"
    if kind == "string_pattern_mismatch":
        return f"“{name}”写成了{shown}，只能用小写字母、数字、下划线、连字符（理解的编号用大写字母加数字）。"
    if kind == "too_short":
        return f"“{name}”不能为空，请至少写一项。"
    if kind in ("value_error", "assertion_error"):
        return str(context["error"])
    expected = next((text for key, text in _TYPES.items() if kind.startswith(key)), "")
    if expected:
        return f"“{name}”应是{expected}，现在是{shown}，请改正。"
    return f"“{name}”的值{shown}不对（{problem['msg']}），请改正。"


def _keys(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _shown(value: object) -> str:
    if value is None:
        return "空值"
    if isinstance(value, (dict, list, tuple)):
        return "一组值"
    return f"“{value}”"
