"""Can every character of a document be drawn here? Asked before it is issued, without setting it."""

from __future__ import annotations

from hengjian.base.errors import HengjianError
from hengjian.documents.fonts import FontReport, FontSetter, FontShelf, open_shelf, report_of
from hengjian.documents.model import OfficialDocument
from hengjian.documents.pdf.data import template_data


def check_fonts(doc: OfficialDocument, *, fonts: FontShelf | None = None) -> FontReport:
    """The font report the PDF of ``doc`` would have; HengjianError when there is no Chinese font at all."""
    setter = FontSetter(fonts or open_shelf())
    template_data(doc, setter)
    return report_of(setter)


def demand_all_glyphs(doc: OfficialDocument, *, fonts: FontShelf | None = None) -> FontReport:
    """The report, or one sentence why ``doc`` must not be issued: characters no font here can draw."""
    report = check_fonts(doc, fonts=fonts)
    if not report.complete:
        shown = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in report.missing)
        raise HengjianError(
            f"文中的{shown}没有字体能显示，印出来会缺字，不能印发；"
            "请改用通行的字，或者请管理员装上有这个字的字体后再印发。"
        )
    return report
