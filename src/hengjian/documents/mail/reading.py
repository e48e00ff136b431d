"""Reads messages and the documents in them, each in a bounded child; a bad file never spoils the letter around it."""

from __future__ import annotations

from types import TracebackType

from hengjian.base.errors import HengjianError
from hengjian.documents.intake.guard import WORD, check_package
from hengjian.documents.intake.nursery import Nursery
from hengjian.documents.intake.word import ImportedText, parse_docx
from hengjian.documents.mail.bodies import LONGEST, tidy
from hengjian.documents.mail.charsets import decode
from hengjian.documents.mail.model import MailFile, ReadMail, from_json
from hengjian.documents.mail.parse import parse_mail
from hengjian.documents.text import clean

_READERS = ("hengjian.documents.mail.parse", "hengjian.documents.intake.word", "nh3", "mammoth")


class Reader:
    """Use as a context manager around a batch of messages.

    >>> with Reader() as reader:
    ...     reader.mail("Subject: 甲\\n\\n乙\\n".encode()).body
    '乙'
    """

    def __init__(self) -> None:
        self._nursery = Nursery(_READERS)

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._nursery.close()

    def mail(self, data: bytes) -> ReadMail:
        """Raises HengjianError when the message cannot be read or asks for too much time or memory."""
        return from_json(self._nursery.run(parse_mail, data, seconds=10, memory=1024 * 1024 * 1024))

    def text_of(self, file: MailFile) -> ImportedText | None:
        """Title and paragraphs of a docx or text file; None for other kinds, HengjianError when it cannot be read."""
        if file.ending == ".txt":
            lines = tidy(clean(decode(file.content[: LONGEST * 4])[0])).split("\n")
            return ImportedText("", tuple(filter(None, lines)), "")
        if file.ending != ".docx":
            return None
        try:
            check_package(file.content, WORD)
            found = self._nursery.run(parse_docx, file.content, seconds=5)
        except HengjianError as error:
            raise HengjianError(f"附件“{file.name}”没有读取：{error.message}") from None
        return ImportedText(found["title"], tuple(found["paragraphs"]), "", (), tuple(found["warnings"]))
