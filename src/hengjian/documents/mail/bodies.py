"""The words of a message, from plain text or from HTML that nobody ever gets to see as HTML."""

from __future__ import annotations

import re
from typing import cast

from hengjian.documents.intake.outline import Outline
from hengjian.documents.mail.charsets import decode
from hengjian.documents.mail.headers import AnyMessage
from hengjian.documents.text import clean

LONGEST = 200_000  # characters of a body that are kept
_HTML_MOST = 4_000_000
_TAGS = {"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "table", "tr", "td", "th"}
_SIGNATURE = re.compile(r"\n-- ?\n")
_FORWARDED = re.compile(
    r"^[ >\t]*(-{2,}\s*(原始邮件|转发邮件信息|邮件原件|Original Message|Forwarded message)|"
    r"(发件人|From)[:：].{0,200}\n(.{0,200}\n){0,3}[ >\t]*(发送时间|收件人|日期|Sent|To|Date)[:：])",
    re.M | re.I,
)
_GREETING = re.compile(r"^(局)?(办公室|领导|各位领导|老师|同志)?[们]?[，,]?(您好|你好|你们好)[！!。：:，,]?$")


def part_text(part: AnyMessage) -> tuple[str, bool]:
    """Text of a text part, and whether its charset was wrong."""
    data = cast("bytes | None", part.get_payload(decode=True)) or b""
    declared = part.get_param("charset")
    name = declared if isinstance(declared, str) else (declared[2] if declared else "")
    text, guessed = decode(data[: LONGEST * 8], name)
    return clean(text), guessed


def plain_of_html(html: str) -> str:
    """Paragraphs, one a line. Scripts, styles and everything invisible to the reader's eye is dropped unread.

    >>> plain_of_html("<style>x</style><p>甲<b>乙</b></p><script>1</script><div>丙</div>")
    '甲乙\\n丙'
    """
    import nh3

    safe = nh3.clean(html[:_HTML_MOST], tags=_TAGS, attributes={}, link_rel=None)
    safe = re.sub(r"</?(div|tr)>", "<br>", safe)
    safe = re.sub(r"</?(table|td|th)>", " ", safe)
    outline = Outline.of(safe)
    return "\n".join(text for _, text in outline.paragraphs)


def tidy(text: str) -> str:
    """Without quoted rest, signature, greeting and blank lines; what was forwarded to us stays if it is all there is."""
    shown = _SIGNATURE.split(text[:LONGEST].replace("\u00a0", " "), maxsplit=1)[0]
    cut = _FORWARDED.search(shown)
    if cut and shown[: cut.start()].strip():
        shown = shown[: cut.start()]
    lines = [line.strip(" \t\u3000") for line in shown.split("\n")]
    lines = [line for line in lines if line]
    while lines and _GREETING.match(lines[0]):
        lines.pop(0)
    return "\n".join(lines)
