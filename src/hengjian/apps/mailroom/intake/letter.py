"""A message with the documents in it made into the text of an item."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from hengjian.base.errors import HengjianError
from hengjian.documents.mail import MailFile, Reader, ReadMail
from hengjian.documents.text import clean, one_line

COVER = 200  # characters: a shorter body beside a document is a covering note
_DIGITS = {ord(c): None for c in " \t\n\u3000"}


@dataclass(frozen=True, slots=True)
class Letter:
    """``body`` is the text to file, ``heads`` the beginnings in which a category may be named."""

    mail: ReadMail
    body: str
    heads: tuple[str, ...]
    notes: tuple[str, ...]


def open_letter(reader: Reader, data: bytes) -> Letter:
    """HengjianError when the message itself cannot be read; a document that cannot be read is a note."""
    mail = reader.mail(data)
    notes = list(mail.notes)
    documents: list[tuple[MailFile, str]] = []
    for file in mail.files:
        try:
            found = reader.text_of(file)
        except HengjianError as error:
            notes.append(error.message)
            continue
        if found is not None:
            notes += [f"附件“{file.name}”：{told}" for told in found.warnings]
            documents.append((file, clean("\n".join(found.paragraphs) or found.text)))
    body, told = _body(mail, documents)
    heads = tuple(filter(None, (mail.subject, mail.body[:120], body[:120])))
    return Letter(mail, body, heads, (*notes, *told))


def _body(mail: ReadMail, documents: list[tuple[MailFile, str]]) -> tuple[str, list[str]]:
    """A document is the text when the message is only a covering note; several: the longest."""
    if not documents or len(mail.body) > COVER:
        return mail.body, []
    file, text = max(documents, key=lambda one: len(one[1]))
    if len(text) <= len(mail.body):
        return mail.body, []
    told = [f"正文取自附件“{file.name}”。"]
    if len(documents) > 1:
        told.append("有几个文档，正文取自最长的一个，请核对。")
    return text, told


def content_hash(who: str, title: str, letter: Letter) -> str:
    """The same words and files from the same department give the same digest, however the mail was sent."""
    parts = [_bare(who), _bare(title), _bare(letter.body)]
    parts += sorted(sha256(file.content).hexdigest() for file in letter.mail.files)
    return sha256("\0".join(parts).encode()).hexdigest()


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKC", one_line(text)).translate(_DIGITS).lower()
