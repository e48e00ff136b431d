"""What a document says, free of how it is set."""

from hengjian.documents.model.blocks import (
    ArticleTitle,
    Block,
    Figure,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Role,
)
from hengjian.documents.model.document import (
    Attachment,
    Edition,
    Imprint,
    Kind,
    OfficialDocument,
    Signature,
)
from hengjian.documents.model.runs import Run, Style, Text, plain, runs_of
from hengjian.documents.model.table import Align, Column, Format, Table, Value, write_value

__all__ = [
    "Align",
    "ArticleTitle",
    "Attachment",
    "Block",
    "Column",
    "Edition",
    "Figure",
    "Format",
    "Heading",
    "Imprint",
    "Kind",
    "ListBlock",
    "OfficialDocument",
    "PageBreak",
    "Paragraph",
    "Role",
    "Run",
    "Signature",
    "Style",
    "Table",
    "Text",
    "Value",
    "plain",
    "runs_of",
    "write_value",
]
