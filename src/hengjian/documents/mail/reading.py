"""Reads messages and the documents in them, each in a bounded child; a bad file never spoils the letter around it."""

from __future__ import annotations

from types import TracebackType

from hengjian.base.errors import HengjianError
from hengjian.documents.intake.guard import WORD, check_package
from hengjian.documents.intake.nursery import Nursery
from hengjian.documents.intake.pdf import check_pdf, parse_pdf
from hengjian.documents.intake.word import ImportedText, parse_docx
from hengjian.documents.mail.bodies import LONGEST, tidy
from hengjian.documents.mail.charsets import decode
from hengjian.documents.mail.model import MailFile, ReadMail, from_json
from hengjian.documents.mail.parse import parse_mail
from hengjian.documents.text import clean

_READERS = (
    "hengjian.documents.mail.parse",
    "hengjian.documents.intake.word",
    "hengjian.documents.intake.pdf",
    "nh3",
    "mammoth",
    "pypdfium2",
)
READABLE = (".txt", ".docx", ".pdf")


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
        """Title and paragraphs of a docx, pdf or text file; None for other kinds, HengjianError if unreadable."""
        if file.ending not in READABLE:
            return None
        if file.ending == ".txt":
            return _lines(decode(file.content[: LONGEST * 4])[0])
        try:
            return self._pdf(file.content) if file.ending == ".pdf" else self._docx(file.content)
        except HengjianError as error:
            raise HengjianError(f"附件“{file.name}”没有读取：{error.message}") from None

    def _docx(self, content: bytes) -> ImportedText:
        check_package(content, WORD)
        found = self._nursery.run(parse_docx, content, seconds=5)
        return ImportedText(
            found["title"], tuple(found["paragraphs"]), "", (), tuple(found["warnings"]), tuple(found["body"])
        )

    def _pdf(self, content: bytes) -> ImportedText:
        check_pdf(content)
        return _lines(self._nursery.run(parse_pdf, content, {"text": LONGEST}, seconds=5))


def _lines(text: str) -> ImportedText:
    lines = tuple(filter(None, tidy(clean(text)).split("\n")))
    return ImportedText("", lines, "", body=lines)
