"""Is this a message somebody wrote, or one that no answer may go to?"""

from __future__ import annotations

import re

from hengjian.documents.mail.headers import AnyMessage, given

_ROBOTS = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|listserv|majordomo|mdaemon|autoreply)\b",
    re.I,
)
_ANSWERS = re.compile(
    r"^\s*(自动回复|自动答复|系统退信|退信|out of office|automatic reply|auto(matic)?[ -]?re(ply|sponse)|"
    r"undeliver(ed|able)|delivery (status|failure)|returned mail|mail delivery)", re.I,
)  # fmt: skip
_LISTS = ("List-Id", "List-Unsubscribe", "List-Post", "Mailing-List", "X-Mailing-List")
_LOOPS = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "X-Loop")
_LOCKED = ("multipart/encrypted", "application/pgp-encrypted")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime")


def automatic(message: AnyMessage, sender: str, subject: str) -> str:
    """Why no answer may be sent, as a short word; empty when one may (RFC 3834, RFC 2919)."""
    auto = given(message, "Auto-Submitted").lower()
    if (
        message.get_content_type() == "multipart/report"
        or given(message, "Return-Path").replace(" ", "") == "<>"
    ):
        return "退信或者投递报告"
    if auto and not auto.startswith("no"):
        return "自动生成的邮件"
    if given(message, "Precedence").lower().strip() in ("bulk", "list", "junk", "auto_reply"):
        return "群发邮件"
    if any(given(message, name) for name in _LISTS):
        return "邮件列表"
    if any(given(message, name) for name in _LOOPS) or _ANSWERS.match(subject):
        return "自动回复"
    if _ROBOTS.match(sender.partition("@")[0]):
        return "系统邮箱发来的邮件"
    return ""


def locked(message: AnyMessage) -> bool:
    """Whether the whole message is encrypted (a signature alone is no lock)."""
    kind = message.get_content_type()
    if kind in _LOCKED:
        return True
    sealed = str(message.get_param("smime-type") or "enveloped-data").lower()
    return kind in _SEALED and sealed != "signed-data"
