"""Is this a message somebody wrote, or one that no answer may go to?"""

from __future__ import annotations

import re

from hengjian.documents.mail.headers import AnyMessage, given

_ROBOTS = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|listserv|majordomo|mdaemon|autoreply)\b",
    re.I,
)
_DAEMONS = re.compile(r"^(mailer-daemon|mdaemon)\b", re.I)
_ANSWERS = re.compile(
    r"^\s*(自动回复|自动答复|系统退信|退信|out of office|automatic reply|auto(matic)?[ -]?re(ply|sponse)|"
    r"undeliver(ed|able)|delivery (status|failure)|returned mail|mail delivery)", re.I,
)  # fmt: skip
_LISTS = ("List-Id", "List-Unsubscribe", "List-Post", "Mailing-List", "X-Mailing-List")
_REPLIES = ("X-Autoreply", "X-Autorespond")
_NO_ANSWER = ("X-Auto-Response-Suppress", "X-Loop")
BOUNCE, REPLY = "退信或者投递报告", "自动回复"
_LOCKED = ("multipart/encrypted", "application/pgp-encrypted")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime")


def automatic(message: AnyMessage, sender: str, subject: str) -> str:
    """Why no answer may be sent, as a short word; empty when one may (RFC 3834, RFC 2919)."""
    auto = given(message, "Auto-Submitted").lower().strip()
    if _reports(message, sender):
        return BOUNCE
    if auto.startswith("auto-replied") or any(given(message, name) for name in _REPLIES):
        return REPLY
    if _ANSWERS.match(subject):
        return REPLY
    if given(message, "Return-Path").replace(" ", "") == "<>":
        return "不收答复的邮件"
    if auto and not auto.startswith("no"):
        return "自动生成的邮件"
    precedence = given(message, "Precedence").lower().strip()
    if precedence in ("bulk", "list", "junk", "auto_reply"):
        return REPLY if precedence == "auto_reply" else "群发邮件"
    if any(given(message, name) for name in _LISTS):
        return "邮件列表"
    if any(given(message, name) for name in _NO_ANSWER):
        return "声明不要自动答复的邮件"
    if _ROBOTS.match(sender.partition("@")[0]):
        return "系统邮箱发来的邮件"
    return ""


def answers(reason: str) -> bool:
    """Whether the reason ``automatic`` gave means that it answers another mail: then it reports nothing of its own.

    >>> answers(REPLY), answers("邮件列表"), answers("")
    (True, False, False)
    """
    return reason in (BOUNCE, REPLY)


def _reports(message: AnyMessage, sender: str) -> bool:
    """A bounce: by its form, by what mail servers write on it."""
    return (
        message.get_content_type() == "multipart/report"
        or bool(given(message, "X-Failed-Recipients"))
        or bool(_DAEMONS.match(sender.partition("@")[0]))
    )


def locked(message: AnyMessage) -> bool:
    """Whether the whole message is encrypted (a signature alone is no lock)."""
    kind = message.get_content_type()
    if kind in _LOCKED:
        return True
    sealed = str(message.get_param("smime-type") or "enveloped-data").lower()
    return kind in _SEALED and sealed != "signed-data"
