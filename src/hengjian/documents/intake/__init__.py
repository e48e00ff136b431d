"""Readers of office files that people upload; every parser runs bounded, in a child process."""

from hengjian.documents.intake.child import in_child
from hengjian.documents.intake.excel import ReadSheet, read_xlsx
from hengjian.documents.intake.guard import Limits, check_size
from hengjian.documents.intake.pdf import read_pdf_text
from hengjian.documents.intake.table_text import ReadCsv, read_csv
from hengjian.documents.intake.whole import read_any_text
from hengjian.documents.intake.word import ImportedText, read_docx, read_docx_text

__all__ = [
    "ImportedText",
    "Limits",
    "ReadCsv",
    "ReadSheet",
    "check_size",
    "in_child",
    "read_any_text",
    "read_csv",
    "read_docx",
    "read_docx_text",
    "read_pdf_text",
    "read_xlsx",
]
