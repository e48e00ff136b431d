"""The child's part: one message from bytes to plain values, whatever the bytes are."""

from __future__ import annotations

from collections.abc import Mapping
from email import message_from_bytes
from email.policy import compat32
from typing import Any

from hengjian.base.errors import HengjianError
from hengjian.documents.mail import headers, signs
from hengjian.documents.mail.bodies import part_text, plain_of_html, tidy
from hengjian.documents.mail.bounce import bounce_of
from hengjian.documents.mail.files import MOST, content_of, file_of, name_of
from hengjian.documents.mail.headers import AnyMessage
from hengjian.documents.mail.model import MailFile, ReadMail, to_json

PARTS, DEPTH = 200, 8
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")


def parse_mail(data: bytes, options: Mapping[str, Any]) -> dict[str, Any]:
    """``options``: ``files``, the most bytes of attachments together. HengjianError when nothing can be made of it."""
    if not data.strip():
        raise HengjianError("邮件是空的。")
    message: AnyMessage = message_from_bytes(data, policy=compat32)
    if not message.keys():
        raise HengjianError("这不是一封邮件：没有邮件头。")
    return to_json(_Parser(message, int(options.get("files", 30 * 1024 * 1024))).read())


class _Parser:
    def __init__(self, message: AnyMessage, room: int) -> None:
        self.message = message
        self.room = room
        self.notes: list[str] = []
        self.files: list[MailFile] = []
        self.plain: list[str] = []
        self.html: list[str] = []
        self.parts: list[AnyMessage] = []

    def read(self) -> ReadMail:
        self._collect(self.message, 0)
        subject = headers.text(self.message, "Subject")
        name, sender = headers.address(self.message, "From")
        _, answer = headers.address(self.message, "Reply-To")
        locked = any(signs.locked(part) for part in (self.message, *self.parts[:3]))
        if not locked:
            self._contents()
        body, body_from = self._body()
        return ReadMail(
            subject=subject,
            from_name=name,
            from_address=sender,
            reply_to=answer or sender,
            message_id=headers.message_id(self.message),
            sent_at=headers.sent_at(self.message),
            body=body,
            body_from=body_from,
            recipients=headers.many(self.message, "To") + headers.many(self.message, "Cc"),
            files=tuple(self.files),
            notes=tuple(dict.fromkeys(self.notes)),
            automatic=signs.automatic(self.message, sender, subject),
            locked=locked,
            bounce=bounce_of(self.message, self.parts),
        )

    def _collect(self, part: AnyMessage, depth: int) -> None:
        """All parts, depth first; a mail inside the mail is looked into, but not without end."""
        if len(self.parts) >= PARTS or depth > DEPTH:
            self._note("邮件的层次或者部分太多，只读了前面的。")
            return
        self.parts.append(part)
        if part.get_content_type() != "message/delivery-status":
            for one in headers.inner(part):
                self._collect(one, depth + 1)

    def _contents(self) -> None:
        for part in self.parts:
            if part.is_multipart():
                continue
            kind = part.get_content_type()
            name, warning = name_of(part)
            attached = part.get_content_disposition() == "attachment" or bool(name)
            if warning:
                self._note(warning)
            if kind in _TNEF or name.lower() == "winmail.dat":
                self._note(
                    "附件是 winmail.dat（Outlook 的专用格式），打不开，请对方改用 HTML 或者纯文本格式重发。"
                )
            elif kind in ("text/plain", "text/html") and not attached:
                self._words(part, kind)
            elif attached or kind.startswith(("application/", "image/")):
                self._file(part, name)

    def _words(self, part: AnyMessage, kind: str) -> None:
        text, guessed = part_text(part)
        if guessed:
            self._note("正文声明的编码不对，已按内容辨认，请核对有没有乱码。")
        if kind == "text/plain":
            self.plain.append(text)
        else:
            self.html.append(plain_of_html(text))

    def _file(self, part: AnyMessage, name: str) -> None:
        if part.get("Content-ID") and part.get_content_type().startswith("image/") and not name:
            self._note("正文里的图片没有收取。")
            return
        content = content_of(part)
        shown = name or "未命名附件"
        if not content:
            self._note(f"附件“{shown}”是空的或者已经损坏，没有收取。")
        elif len(self.files) >= MOST:
            self._note(f"附件超过 {MOST} 个，后面的没有收取，请查看原件。")
        elif len(content) > self.room:
            self._note(f"附件“{shown}”太大，没有收取，请查看原件。")
        else:
            self.room -= len(content)
            self.files.append(file_of(part, shown))

    def _body(self) -> tuple[str, str]:
        plain = tidy("\n".join(self.plain))
        if plain:
            return plain, "text"
        html = tidy("\n".join(self.html))
        return (html, "html") if html else ("", "")

    def _note(self, sentence: str) -> None:
        self.notes.append(sentence)
