"""What an act noted, in words: names of fields, and values that are keys inside the product."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Field

from hengjian.apps.audit.models import Entry
from hengjian.apps.org.roles import ROLES
from hengjian.base.times import to_local

# entry → (name of a field or "", key) → its word; apps that know words register here when they are ready
Words = Mapping[tuple[str, str], str]
SOURCES: list[Callable[[Entry], Words]] = []
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)")

NAMES = {
    "accepted": "接受", "accepts": "认可", "added": "新增", "again": "再次整改", "aliases": "别称",
    "arrived": "到场", "arrived_at": "收到时间", "article": "依据条款", "bad": "不符的", "cells": "数据格",
    "change": "变更", "changed": "变化", "channel": "来路", "characters": "字数", "checked": "已核对",
    "cited": "引用的数据", "claimed_from": "自称的发件人", "classes": "分类", "clock": "时限",
    "confirmed": "成立", "conflict": "利害关系", "copies": "复制件", "corrected": "有更正", "counts": "各类行数",
    "courts": "法院", "decisions": "决定事项", "digest": "摘要", "drawn": "抽中", "explanations": "说明数",
    "fields": "内容", "figures": "数据", "filter": "条件", "findings": "问题数", "flow": "流程",
    "forced": "首次或过期强制", "format": "格式", "found": "找到", "frozen": "已锁定", "happened_on": "日期",
    "head": "检查内容", "held": "搁置原因", "how": "方式", "inputs": "数据摘要", "inserted": "新增行",
    "intact": "完好", "item": "信息", "items": "信息", "keys": "编号", "kind": "种类", "late": "迟报",
    "lead": "组长", "lines": "行数", "logins": "账号", "made": "新建", "marks": "标注", "message": "原因",
    "n": "次序", "net": "净增减", "note": "说明", "number": "编号", "office": "科室", "open": "未了",
    "opinion": "意见", "option": "选项", "origin": "原属期间", "parts": "份数", "people": "人员",
    "person": "人员", "phone_changed": "电话有更改", "post": "岗位", "reason": "理由", "reasons": "理由",
    "recorded": "补记", "reminded": "催办", "repeated": "重复提交", "replaced": "替换", "results": "结果",
    "result": "结果", "reversed": "冲销", "revision": "修订稿", "revoked": "撤销", "role": "角色", "rows": "行数",
    "rules": "规则数", "second_factor": "用第二重验证", "section": "栏目", "sessions_ended": "结束的登录数",
    "settled": "已了", "severity": "后果", "sha256": "文件摘要", "signed_as": "签署身份", "stage": "阶段",
    "state": "状态", "step": "步骤", "steps": "步骤", "submissions": "报送", "text": "内容", "title": "名称",
    "to": "移交给", "to_version": "改为版本", "totals": "合计", "unanswered": "未答复", "unit": "单位",
    "unit_name": "单位", "units": "单位", "unmasked": "显示全名", "unmatched": "没有对上的单位", "until": "止",
    "updated": "更改行", "username": "用户名", "value": "数值", "version": "版本", "views": "意见",
    "way": "方式", "way_out": "例外途径", "what": "办理", "why": "理由", "withdrawn": "撤销的记录",
    "wrong": "有误的项目", "adopted": "采用", "instructed": "批示", "points": "分值", "submitted": "报送",
    "unallocated": "未分配", "minimum": "年度篇数", "quarterly": "每季篇数", "net_points": "净增减",
}  # fmt: skip


class Wording:
    """The words for one entry: those of its object's fields, then what the apps know, else what was stored."""

    def __init__(self, entry: Entry) -> None:
        self.fields = _fields(entry.object_type)
        self.sources = [source(entry) for source in SOURCES]

    def name(self, name: str) -> str:
        if name in self.fields:
            return str(self.fields[name].verbose_name)
        return NAMES.get(name, name)

    def text(self, name: str, value: object) -> str:
        """A value as a person reads it; lists and nested facts stand in one line."""
        match value:
            case None:
                return ""
            case bool():
                return "是" if value else "否"
            case str():
                return self._word(name, value)
            case list():
                return "、".join(self.text(name, part) for part in value)
            case dict():
                return "；".join(f"{self.name(key)}：{self.text(key, part)}" for key, part in value.items())
            case _:
                return str(value)

    def _word(self, name: str, value: str) -> str:
        if INSTANT.fullmatch(value):
            return f"{to_local(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
        field = self.fields.get(name or "state")
        if field is not None and (label := dict(field.flatchoices).get(value)):
            return str(label)
        if name in {"role", "角色"} and value in ROLES:
            return ROLES[value].label
        for words in self.sources:
            if label := words.get((name, value)) or words.get(("", value)):
                return label
        return value


def _fields(object_type: str) -> dict[str, Field[Any, Any]]:
    try:
        found = apps.get_model(object_type)._meta.get_fields() if object_type else []
    except LookupError:
        return {}
    named: dict[str, Field[Any, Any]] = {}
    for field in found:
        if isinstance(field, Field):
            named[field.name] = named[field.attname] = field
    return named
