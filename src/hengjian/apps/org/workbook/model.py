"""The sheets with their columns, and the words for what a row will do."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its columns in order, those that must be filled, those that identify a row, and the right it needs."""

    name: str
    columns: tuple[str, ...]
    required: tuple[str, ...]
    key: tuple[str, ...]
    right: Right


UNITS = Sheet(
    "单位",
    ("编码", "名称", "简称", "类别", "上级编码", "排序", "设立日期", "撤销日期", "别称"),
    ("编码", "名称", "类别"),
    ("编码",),
    Right.ORG_MANAGE,
)
PEOPLE = Sheet(
    "人员",
    ("工号", "姓名", "单位编码", "电话", "邮箱", "在职"),
    ("工号", "姓名", "单位编码"),
    ("工号",),
    Right.ORG_MANAGE,
)
POSTS = Sheet(
    "岗位",
    ("单位编码", "角色", "岗位名称", "管到下级", "设立日期", "撤销日期"),
    ("单位编码", "角色", "岗位名称", "设立日期"),
    ("单位编码", "角色", "岗位名称", "设立日期"),
    Right.ORG_MANAGE,
)
SEATS = Sheet(
    "任职",
    ("单位编码", "角色", "岗位名称", "工号", "A/B角", "任职日期", "卸任日期"),
    ("单位编码", "角色", "岗位名称", "工号", "A/B角", "任职日期"),
    ("单位编码", "角色", "岗位名称", "工号", "A/B角", "任职日期"),
    Right.POST_GRANT,
)
SHEETS = (UNITS, PEOPLE, POSTS, SEATS)


class Kind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


KIND_LABELS = {
    Kind.ADDED: "新增",
    Kind.CHANGED: "更改",
    Kind.ENDED: "终止",
    Kind.UNCHANGED: "不变",
    Kind.REJECTED: "不能导入",
}


class BadCell(HengjianError):
    """What is wrong with a row, and in which column."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet as text, with its number in the file."""

    sheet: Sheet
    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(self.get(column) for column in self.sheet.key)


@dataclass(frozen=True, slots=True)
class Change:
    """What one row will do: ``details`` are ``字段：之前 → 之后``; a rejected row has column and reason."""

    sheet: str
    number: int
    kind: Kind
    label: str
    details: tuple[str, ...] = ()
    column: str = ""
    reason: str = ""

    @property
    def kind_label(self) -> str:
        return KIND_LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class Plan:
    """Every row of the file, in order; nothing is left out."""

    changes: tuple[Change, ...]

    @property
    def digest(self) -> str:
        text = "\n".join(repr(change) for change in self.changes)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(change.kind for change in self.changes)
        return {str(kind): counted[kind] for kind in Kind}

    @property
    def effective(self) -> int:
        counts = self.counts
        return counts["added"] + counts["changed"] + counts["ended"]
