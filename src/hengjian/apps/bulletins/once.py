"""The same form sent twice, or by two processes at the same moment, creates once. The key's unique column decides."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from hengjian.base.errors import HengjianError

M = TypeVar("M", bound=Model)


def once(rows: QuerySet[M], client_key: str, values: dict[str, Any], *same: str) -> tuple[M, bool]:
    """The row of ``client_key`` and whether it is new. ``same``: fields in which an older row must agree, else
    the key belongs to another form."""
    row, new = rows.get_or_create(client_key=client_key, defaults=values)
    if not new:
        must_agree(row, values, *same)
    return row, new


def known(rows: QuerySet[M], client_key: str, **same: Any) -> M | None:
    """The row already made from this form, if any; to look before the work is done."""
    row = rows.filter(client_key=client_key).first() if client_key else None
    if row is not None:
        must_agree(row, same, *same)
    return row


def must_agree(row: Model, values: dict[str, Any], *same: str) -> None:
    if any(getattr(row, name) != values.get(name) for name in same):
        raise HengjianError("这张表单的编号已经用在别处，请刷新页面，重新填写后再提交。")
