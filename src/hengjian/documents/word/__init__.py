"""docx writer."""

from hengjian.documents.word.writer import render_docx

__all__ = ["render_docx"]
