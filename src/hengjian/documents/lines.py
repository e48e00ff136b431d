"""The fixed lines around a body, as plain text: what every writer says in the same words."""

from __future__ import annotations

from hengjian.documents.model import Attachment, Edition, Imprint, Kind, OfficialDocument
from hengjian.documents.text import chinese_date, one_line

MASTHEAD_SUFFIX = "文件"
SIGNER_LABEL = "签发人："
CONTENTS_TITLE = "本期目录"
REMARK_LABEL = "按语："
ATTACHMENT_LABEL = "附件："

# how the first page is laid out
LAYOUT = {
    Kind.DOCUMENT: "document",
    Kind.NOTICE: "document",
    Kind.MINUTES: "document",
    Kind.BULLETIN: "bulletin",
    Kind.LETTER: "letter",
    Kind.INQUIRY: "form",
    Kind.REPORT: "report",
}


def addressee_line(doc: OfficialDocument) -> str:
    """主送机关 with its colon.

    >>> addressee_line(OfficialDocument(kind=Kind.NOTICE, title="t", addressee="各部门"))
    '各部门：'
    """
    name = one_line(doc.addressee)
    return name if not name or name[-1] in "：:" else f"{name}："


def issue_line(edition: Edition) -> str:
    """Series and number of the issue.

    >>> from datetime import date
    >>> issue_line(Edition(12, "研究室", date(2024, 6, 3), year=2024))
    '2024年第12期'
    >>> issue_line(Edition(0, "研究室", date(2024, 6, 3), year=2024, series="信息专刊"))
    '（信息专刊）2024年（未编期号）'
    """
    series = f"（{edition.series}）" if edition.series else ""
    year = f"{edition.year}年" if edition.year else ""
    return f"{series}{year}" + (f"第{edition.issue}期" if edition.issue else "（未编期号）")


def total_line(edition: Edition) -> str:
    return f"（总第{edition.total_issue}期）" if edition.total_issue else ""


def attachment_mark(number: int, count: int) -> str:
    """The number in front of an attachment's name; a single one has none."""
    return f"{number}. " if count > 1 else ""


def attachment_label(number: int, count: int) -> str:
    """The words at the top of an attachment's own page.

    >>> attachment_label(2, 3), attachment_label(1, 1)
    ('附件2', '附件')
    """
    return f"附件{number}" if count > 1 else "附件"


def laid_out(attachments: tuple[Attachment, ...]) -> list[tuple[str, Attachment]]:
    """Attachments that have pages of their own, with their label."""
    count = len(attachments)
    return [(attachment_label(n, count), a) for n, a in enumerate(attachments, 1) if a.blocks]


def disclosure_line(doc: OfficialDocument) -> str:
    """附注 in brackets.

    >>> disclosure_line(OfficialDocument(kind=Kind.NOTICE, title="t", disclosure="此件公开发布"))
    '（此件公开发布）'
    """
    text = one_line(doc.disclosure)
    return text if not text or text.startswith("（") else f"（{text}）"


def attendance_lines(doc: OfficialDocument) -> list[tuple[str, str]]:
    """Who attended, was excused, sat in: (label with colon, names)."""
    return [(f"{one_line(label)}：", one_line(names)) for label, names in doc.attendance]


def distribution_lines(imprint: Imprint) -> list[tuple[str, str]]:
    """Labelled lines of the imprint, each ending with a full stop."""
    return [
        (f"{one_line(label)}：", one_line(names).rstrip("。") + "。")
        for label, names in imprint.distribution
        if names.strip()
    ]


def last_lines(imprint: Imprint) -> list[tuple[str, str]]:
    """Pairs (left, right) at the foot: printing office and day; people and number of copies."""
    rows = []
    if imprint.printed_by or imprint.printed_on:
        day = f"{chinese_date(imprint.printed_on)}印发" if imprint.printed_on else ""
        rows.append((one_line(imprint.printed_by), day))
    people = "　".join(f"{one_line(duty)}：{one_line(name)}" for duty, name in imprint.people)
    copies = f"（共印{imprint.copies}份）" if imprint.copies else ""
    if people or copies:
        rows.append((people, copies))
    return rows


def note_mark(number: int) -> str:
    """The mark of a source note.

    >>> note_mark(1), note_mark(21)
    ('①', '[21]')
    """
    return chr(0x2460 + number - 1) if number <= 20 else f"[{number}]"
