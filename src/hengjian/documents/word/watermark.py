"""A watermark on every page of a docx: slanted text behind the body, and the same words small at the head."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml

from hengjian.documents.text import display_width
from hengjian.documents.word.oxml import CENTER, dress
from hengjian.documents.word.styles import SONG

_SHAPE = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600"'
    ' o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>'
    '<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="mark{n}" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:{width}pt;'
    "height:{height}pt;rotation:325;z-index:-251650048;mso-position-horizontal:center;"
    "mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"
    '" fillcolor="#b8c2cc" stroked="f"><v:fill opacity=".45"/><v:textpath style="font-family:宋体;font-size:1pt"'
    " string={text}/></v:shape></w:pict></w:r>"
)
_WIDTH = 520  # points; the slanted line stays on the page
_GREY = "6B7785"


def put_watermark(doc: Any, text: str) -> None:
    """Into the headers of odd, even and first pages, as far as the document has them."""
    section = doc.sections[0]
    headers = [section.header, section.even_page_header]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    for n, header in enumerate(headers, 1):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.alignment = CENTER
        dress(paragraph.add_run(text), SONG, 8, _GREY)
        height = round(_WIDTH / max(display_width(text), 8), 1)
        paragraph._p.append(parse_xml(_SHAPE.format(n=n, width=_WIDTH, height=height, text=quoteattr(text))))
