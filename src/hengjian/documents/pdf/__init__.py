"""PDF writer."""

from hengjian.documents.pdf.writer import Rendered, render_pdf

__all__ = ["Rendered", "render_pdf"]
