"""PDF writer."""

from hengjian.documents.pdf.check import check_fonts, demand_all_glyphs
from hengjian.documents.pdf.writer import Rendered, render_pdf

__all__ = ["Rendered", "check_fonts", "demand_all_glyphs", "render_pdf"]
