"""Delivery reports (RFC 3464): which of our mails, to whom, and why it did not arrive."""

from __future__ import annotations

import re

from hengjian.documents.mail.headers import AnyMessage, given, inner, message_id, references
from hengjian.documents.mail.model import Bounce
from hengjian.documents.text import one_line

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_REASONS = {
    "5.1.1": "对方服务器说没有这个邮箱",
    "5.1.2": "收件地址的域名不存在",
    "5.1.10": "对方服务器说没有这个邮箱",
    "5.2.1": "对方的邮箱已停用",
    "5.2.2": "对方的邮箱已满",
    "4.2.2": "对方的邮箱已满",
    "5.2.3": "邮件太大，对方不收",
    "5.3.4": "邮件太大，对方不收",
    "5.7.1": "对方服务器拒收",
    "4.4.1": "对方服务器连不上",
    "4.4.7": "对方服务器一直没有接收，已放弃",
}
_MOST_PARTS = 40


def bounce_of(message: AnyMessage, parts: list[AnyMessage]) -> Bounce | None:
    """The report in a message; None when it is none or does not say which mail it is about."""
    status = next((p for p in parts[:_MOST_PARTS] if p.get_content_type() == "message/delivery-status"), None)
    if status is None:
        return None
    fields = _fields(status)
    original = _original(message, parts)
    code = _STATUS.search(fields.get("status", "")) or _STATUS.search(fields.get("diagnostic-code", ""))
    shown = code.group(1) if code else ""
    action = fields.get("action", "").lower()
    told = (
        _REASONS.get(shown) or one_line(fields.get("diagnostic-code", ""))[:120] or "对方服务器没有说明原因"
    )
    return Bounce(
        original=original,
        recipient=fields.get("final-recipient", "").rpartition(";")[2].strip().lower()[:254],
        status=shown,
        reason=told,
        final=action == "failed" or (not action and shown.startswith("5")),
    )


def _fields(status: AnyMessage) -> dict[str, str]:
    """The blocks of the report as one mapping; later blocks speak of the recipient."""
    found: dict[str, str] = {}
    for block in inner(status):
        for key, value in list(block.raw_items())[:50]:
            found[key.lower()] = str(value)[:500]
    return found


def _original(message: AnyMessage, parts: list[AnyMessage]) -> str:
    for part in parts[:_MOST_PARTS]:
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind == "message/rfc822" and (messages := inner(part)):
            return message_id(messages[0])
        if kind == "text/rfc822-headers" and isinstance(payload, str):
            found = re.search(r"^Message-ID:\s*<([^<>\s]{1,240})>", payload, re.I | re.M)
            if found:
                return found.group(1)
    answered = references(message)
    return answered[0] if answered else given(message, "X-Original-Message-ID").strip("<> ")[:240]
