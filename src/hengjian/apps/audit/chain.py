"""The chain itself: canonical text of an entry, its digest, appending under the head's lock."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from functools import cache
from typing import Any

from django.conf import settings

from hengjian.apps.audit.models import Entry, Head
from hengjian.base.errors import HengjianError

# GB/T 32905-2016, example 1: the digest of "abc"
_SM3_OF_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
ALGORITHMS = ("sm3", "sha256")
_FIELDS = (
    "actor_id", "actor_name", "post", "address", "action", "outcome",
    "object_type", "object_id", "object_label", "unit_id", "payload",
)  # fmt: skip


@cache
def usable_algorithm(name: str) -> str:
    """``name`` if this machine computes it rightly; a library without SM3 is said, not worked around."""
    if name not in ALGORITHMS:
        raise HengjianError(f"审计摘要算法“{name}”不在许可之列，请改用 {'、'.join(ALGORITHMS)}。")
    try:
        found = hashlib.new(name, b"abc").hexdigest()
    except ValueError:
        raise HengjianError(
            f"本机的加密库不支持审计摘要算法 {name}，请安装 OpenSSL 3，或把 HENGJIAN_AUDIT_ALGORITHM 设为 sha256。"
        ) from None
    if name == "sm3" and found != _SM3_OF_ABC:
        raise HengjianError("本机加密库算出的 SM3 与国家标准示例不符，请更换 OpenSSL。")
    return name


def canonical(entry: Entry) -> bytes:
    """The bytes that are hashed: a JSON list in fixed order, time in UTC with microseconds."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    values: list[Any] = [entry.n, at, *(getattr(entry, name) for name in _FIELDS), entry.previous]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def digest_of(entry: Entry) -> str:
    return hashlib.new(usable_algorithm(entry.algorithm), canonical(entry)).hexdigest()


def append(entries: list[Entry]) -> None:
    """Chain and insert ``entries``. Must run inside a transaction, as its last statement: it takes the head's lock."""
    head, _ = Head.objects.get_or_create(pk=1)
    head = Head.objects.select_for_update().get(pk=1)
    for entry in entries:
        entry.n = head.n + 1
        entry.previous = head.digest or f"genesis:{settings.AUDIT_ALGORITHM}"
        entry.algorithm = settings.AUDIT_ALGORITHM
        entry.digest = digest_of(entry)
        head.n, head.digest = entry.n, entry.digest
    Entry.objects.bulk_create(entries)
    head.save(update_fields=["n", "digest"])
