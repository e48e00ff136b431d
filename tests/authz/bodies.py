"""Plausible bodies for API operations, made from the published schema, so that a refusal is about rights."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

BY_NAME: dict[str, Any] = {
    "clause": "notices/monthly", "title": "改名", "name": "新名称", "kind": "department", "role": "liaison",
    "seat": "B", "reason": "核对后更正。", "decision": "经核对成立。", "text": "请核对。", "opinion": "同意。",
    "client_key": "matrix-0001", "client_id": "matrix", "code": "matrix", "staff_no": "Q900", "username": "matrix.user",
    "tier": "city", "grade": "internal", "category": "experience", "pack": "longkou", "option": "default",
    "phone": "0000-0000", "password": "Matrix-2026-x",
}  # fmt: skip


@cache
def schema() -> Any:
    from hengjian.web.api import api

    return json.loads(json.dumps(api.get_openapi_schema()))


def operations() -> dict[str, dict[str, Any]]:
    """Address template → method → operation."""
    return schema()["paths"]


def body_of(template: str, method: str, world: Any, pk: int = 0) -> str:
    operation = operations().get(template, {}).get(method.lower(), {})
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    body = _sample(content["schema"], "", world) if content else {}
    if "version" in body:
        body["version"] = _version(template.removeprefix("/api/"), pk)
    return json.dumps(body, ensure_ascii=False)


# what a form of any page might ask for: enough to get past its own checks to those of the act
FORM: dict[str, str] = {
    "opinion": "同意。", "reason": "核对后更正。", "text": "请核对。", "title": "改名", "body": "正文一。\n正文二。",
    "reasons": "viewpoint", "category": "experience", "outlet": "general", "importance": "general", "form": "info",
    "grade": "internal", "joint": "alone", "decision": "经核对成立。", "upheld": "", "confirmed": "1",
    "outcome": "rejected", "client_key": "matrix-0001", "name": "新名称", "short_name": "新", "kind": "department",
    "staff_no": "Q900", "code": "matrix", "role": "liaison", "seat": "B", "on": "1", "day": "2026-01-05",
    "happened_on": "2026-01-05", "happened_at": "2026-01-05T09:00", "valid_from": "2026-01-05",
    "valid_to": "2026-01-05", "since": "2026-01-05", "until": "2026-02-05", "starts_at": "2030-01-05T09:00",
    "ends_at": "2030-01-06T09:00", "tier": "city", "publication": "澜州信息", "level": "county", "system": "party",
    "leader": "县委书记", "description": "经过。", "editor_note": "按语", "remark": "按语", "username": "matrix.user",
    "phone": "0000-0000", "clause": "notices/monthly", "option": "default", "decided_by": "审委会", "document": "纪要",
    "stage": "follow_up", "called_at": "2026-01-05T09:00", "caller": "张三", "receiver": "李四",
    "receiver_office": "值班室", "content": "通话内容", "what": "事项", "where": "地点", "pack": "longkou",
    "evidence": "纪要", "effective_from": "2026-01-05", "place": "三楼", "minutes": "纪要", "aliases": "别称",
}  # fmt: skip


def form_of(world: Any, route: str, pk: int) -> dict[str, str]:
    """The form, with the ids of the story and the version of the object that is knocked at."""
    unit, person = world.story.unit("civil1"), world.story.person("staff")
    return FORM | {
        "unit": str(unit.pk), "parent": str(unit.pk), "person": str(person.pk), "item": str(world.items["received"].pk),
        "notice": str(world.ids["notice"]), "installation": str(world.story.installation.pk), "period": world.month,
        "key": world.month, "version": str(_version(route, pk)),
    }  # fmt: skip


def _version(route: str, pk: int) -> int:
    """The version of the object an address is about, as a page would have sent it along."""
    from hengjian.apps.bulletins.models import Edition, Item
    from hengjian.apps.points.models import Notice

    for prefix, model in (
        ("bulletins/items", Item),
        ("bulletins/.*editions", Edition),
        ("points/notices", Notice),
    ):
        found = model.objects.filter(pk=pk).first() if re.match(prefix, route.replace("^", "")) else None
        if found is not None:
            return int(found.version)
    return 1


def _sample(part: dict[str, Any], name: str, world: Any) -> Any:
    if "$ref" in part:
        return _sample(schema()["components"]["schemas"][part["$ref"].rsplit("/", 1)[-1]], name, world)
    for union in ("anyOf", "oneOf", "allOf"):
        if union in part:
            return _sample(part[union][0], name, world)
    if "enum" in part:
        return part["enum"][0]
    if part.get("type") == "object":
        wanted = part.get("required", [])
        return {
            key: _sample(value, key, world)
            for key, value in part.get("properties", {}).items()
            if key in wanted
        }
    if part.get("type") == "array":
        return []
    return _plain(part, name, world)


def _plain(part: dict[str, Any], name: str, world: Any) -> Any:
    if name == "period" or name == "month":
        return world.month
    ids = {
        "unit": world.story.unit("civil1").pk, "unit_id": world.story.unit("civil1").pk,
        "parent": world.story.unit("court").pk, "person": world.story.person("staff").pk,
        "notice": world.ids["notice"], "installation": world.story.installation.pk,
        "item": world.items["received"].pk, "competent_unit": world.story.unit("management").pk,
    }  # fmt: skip
    if name in ids:
        return ids[name]
    if name == "ends_at":
        return "2030-01-06T09:00:00+08:00"
    if name == "starts_at":
        return "2030-01-05T09:00:00+08:00"
    if name in {"reasons", "checked"}:
        return []
    if name == "stage":
        return "follow_up"
    if part.get("type") in {"integer", "number"}:
        return 1
    if part.get("type") == "boolean":
        return False
    if part.get("format") == "date" or re.search(r"(_on|_from|_to|since|until|day)$", name):
        return "2026-01-05"
    if part.get("format") == "date-time" or name.endswith("_at"):
        return "2026-01-05T09:00:00+08:00"
    return BY_NAME.get(name, "样例")
