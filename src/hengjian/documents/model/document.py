"""The official document: one content model for PDF, docx and HTML (elements of GB/T 9704-2012)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from hengjian.documents.model.blocks import Block


class Kind(StrEnum):
    """The kinds of official document; the kind decides the layout of the first page."""

    DOCUMENT = "文件"
    NOTICE = "通报"
    BULLETIN = "简报"
    LETTER = "信函"
    MINUTES = "纪要"
    INQUIRY = "检查查询书"
    REPORT = "报表"


@dataclass(frozen=True, slots=True)
class Signature:
    """Issuer and date at the end. ``sealed`` leaves the place a seal needs (成文日期右空四字)."""

    issuer: str
    signed_on: date | None = None
    sealed: bool = True


@dataclass(frozen=True, slots=True)
class Attachment:
    """A named attachment; with ``blocks`` it is set on its own pages after the document."""

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: who gets copies, who printed it and when; ``copies`` is the number printed.

    ``distribution`` holds labelled lines, in order: ``(("报", "…"), ("送", "…"), ("抄送", "…"))``.
    """

    distribution: tuple[tuple[str, str], ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    copies: int | None = None
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """报头 of a bulletin: series and number of the issue (0: none yet), who compiles it, its day, the editor's remark."""

    issue: int
    compiled_by: str
    issued_on: date
    total_issue: int | None = None
    year: int | None = None
    remark: str = ""
    contents: bool = True
    series: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialDocument:
    """One document. Text fields are plain text and are never read as markup.

    ``masthead`` is the red 发文机关标志: one name, or several for a joint document. ``issued_on`` is the
    only date the writers use for metadata, so that equal input gives equal files. ``watermark`` stands lightly
    across every page (PDF, docx).
    """

    kind: Kind
    title: str
    masthead: tuple[str, ...] = ()
    number: str = ""
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    signers: tuple[str, ...] = ()
    addressee: str = ""
    attendance: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    signatures: tuple[Signature, ...] = ()
    disclosure: str = ""
    edition: Edition | None = None
    imprint: Imprint | None = None
    issued_on: date | None = None
    author: str = ""
    keywords: tuple[str, ...] = field(default=())
    watermark: str = ""

    def __post_init__(self) -> None:
        if self.kind is Kind.BULLETIN and self.edition is None:
            raise ValueError("a bulletin needs its edition")
