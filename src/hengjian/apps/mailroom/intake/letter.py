"""A message with the documents in it made into the text of an item."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from time import monotonic

from hengjian.base.errors import HengjianError
from hengjian.documents.mail import READABLE, MailFile, Reader, ReadMail
from hengjian.documents.text import clean, one_line

COVER = 200  # characters: a shorter body beside a document is a covering note
PATIENCE = 20.0  # seconds for all documents of one letter
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
    documents = list(_documents(reader, mail, notes))
    body, told = _body(mail, documents)
    heads = tuple(filter(None, (mail.subject, mail.body[:120], body[:120])))
    return Letter(mail, body, heads, (*notes, *told))


def _documents(reader: Reader, mail: ReadMail, notes: list[str]) -> Iterator[tuple[MailFile, str]]:
    """The documents that can be read, one after another; what stands against one is added to ``notes``."""
    until = monotonic() + PATIENCE
    for file in mail.files:
        if file.ending not in READABLE:
            continue
        if monotonic() > until:
            notes.append(f"附件“{file.name}”没有读取：前面的附件已用完读取时间，请打开原件查看。")
            continue
        try:
            found = reader.text_of(file)
        except HengjianError as error:
            notes.append(error.message)
            continue
        if found is not None:
            notes += [f"附件“{file.name}”：{told}" for told in found.warnings]
            yield file, clean("\n".join(found.body) or found.text)


def _body(mail: ReadMail, documents: list[tuple[MailFile, str]]) -> tuple[str, list[str]]:
    """A document is the text when the message is only a covering note; several: the longest.

    A PDF beside a document that can be edited is most often its print: it must be twice as long to be preferred.
    """
    if not documents or len(mail.body) > COVER:
        return mail.body, []
    file, text = max(documents, key=lambda one: len(one[1]) * (1 if one[0].ending == ".pdf" else 2))
    if len(text) <= len(mail.body):
        return mail.body, []
    told = [f"正文取自附件“{file.name}”。"]
    if file.ending == ".pdf":
        told.append("PDF 里没有段落，分段是按行推断的，请核对。")
    if len(documents) > 1:
        told.append("有几个文档，正文取自其中最长的一个，请核对。")
    return text, told


def content_hash(who: str, title: str, letter: Letter) -> str:
    """The same words and files from the same department give the same digest, however the mail was sent."""
    parts = [_bare(who), _bare(title), _bare(letter.body)]
    parts += sorted(sha256(file.content).hexdigest() for file in letter.mail.files)
    return sha256("\0".join(parts).encode()).hexdigest()


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKC", one_line(text)).translate(_DIGITS).lower()
