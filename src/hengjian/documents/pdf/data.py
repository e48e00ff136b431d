"""A whole document as data for the PDF template."""

from __future__ import annotations

from hengjian.documents.fonts import FontRole, FontSetter
from hengjian.documents.lines import (
    ATTACHMENT_LABEL,
    CONTENTS_TITLE,
    LAYOUT,
    MASTHEAD_SUFFIX,
    REMARK_LABEL,
    SIGNER_LABEL,
    addressee_line,
    attachment_mark,
    attendance_lines,
    disclosure_line,
    distribution_lines,
    issue_line,
    laid_out,
    last_lines,
    total_line,
)
from hengjian.documents.model import ArticleTitle, Edition, Imprint, OfficialDocument
from hengjian.documents.pdf.nodes import KEYS, Node, NodeMaker
from hengjian.documents.text import chinese_date, display_width, one_line
from hengjian.documents.titles import break_title

FANG, HEI, KAI, BIAO = FontRole.FANGSONG, FontRole.HEI, FontRole.KAI, FontRole.BIAOSONG


def template_data(doc: OfficialDocument, setter: FontSetter) -> Node:
    """Everything the template needs, text already split by face. Notes are numbered in reading order."""
    make = NodeMaker(setter)
    several = sum(isinstance(block, ArticleTitle) for block in doc.blocks) > 1
    data = {
        "layout": LAYOUT[doc.kind],
        "meta": _meta(doc),
        **_head(doc, make),
        "edition": _edition(doc, doc.edition, make) if doc.edition else None,
        "blocks": make.blocks(doc.blocks, article_size=18 if several else 22),
        **_tail(doc, make),
        "watermark": make.text(KAI, one_line(doc.watermark)) if doc.watermark else [],
    }
    setter.face(FontRole.SONG)  # page numbers
    data["note-marks"] = make.note_marks()
    data["fonts"] = _fonts(setter)
    return data


def _meta(doc: OfficialDocument) -> Node:
    return {
        "title": one_line(doc.title),
        "author": [one_line(doc.author)] if doc.author else [],
        "dated": doc.issued_on is not None,
        "keywords": [one_line(word) for word in doc.keywords],
    }


def _head(doc: OfficialDocument, make: NodeMaker) -> Node:
    copy = "" if doc.edition else doc.copy_number
    marks = [(FANG, copy), (HEI, doc.secrecy), (HEI, doc.urgency)]
    lines = break_title(doc.title, 13 if LAYOUT[doc.kind] == "form" else 18)
    return {
        "marks": [{"role": KEYS[role], "text": make.text(role, one_line(t))} for role, t in marks if t],
        "masthead": [make.text(BIAO, one_line(name)) for name in doc.masthead],
        "masthead-suffix": make.text(BIAO, MASTHEAD_SUFFIX) if len(doc.masthead) > 1 else [],
        "number": make.text(FANG, one_line(doc.number)),
        "signer-label": make.text(FANG, SIGNER_LABEL) if doc.signers else [],
        "signers": [make.text(KAI, one_line(name)) for name in doc.signers],
        "title": [make.text(BIAO, line) for line in lines],
        "addressee": make.text(FANG, addressee_line(doc)),
    }


def _edition(doc: OfficialDocument, edition: Edition, make: NodeMaker) -> Node:
    titles = [block.text for block in doc.blocks if isinstance(block, ArticleTitle)]
    contents = titles if edition.contents and len(titles) > 1 else []
    return {
        "copy": make.text(FANG, one_line(doc.copy_number)),
        "issue": make.text(FANG, issue_line(edition)),
        "total": make.text(KAI, total_line(edition)),
        "compiled-by": make.text(FANG, one_line(edition.compiled_by)),
        "day": make.text(FANG, chinese_date(edition.issued_on)),
        "contents-title": make.text(HEI, CONTENTS_TITLE) if contents else [],
        "contents": [
            {"text": make.text(FANG, one_line(title)), "label": f"article-{n}"}
            for n, title in enumerate(contents, 1)
        ],
        "remark-label": make.text(HEI, REMARK_LABEL) if edition.remark else [],
        "remark": make.text(KAI, edition.remark),
    }


def _tail(doc: OfficialDocument, make: NodeMaker) -> Node:
    count = len(doc.attachments)
    return {
        "attachment-label": make.text(FANG, ATTACHMENT_LABEL) if count else [],
        "attachment-names": [
            {"mark": make.text(FANG, attachment_mark(n, count)), "text": make.text(FANG, one_line(a.title))}
            for n, a in enumerate(doc.attachments, 1)
        ],
        "attendance": [
            {
                "label": make.text(HEI, label),
                "width": display_width(label),
                "names": make.text(FANG, names),
            }
            for label, names in attendance_lines(doc)
        ],
        "signatures": [
            {
                "issuer": make.text(FANG, one_line(s.issuer)),
                "date": make.text(FANG, chinese_date(s.signed_on)) if s.signed_on else [],
                "sealed": s.sealed,
            }
            for s in doc.signatures
        ],
        "disclosure": make.text(FANG, disclosure_line(doc)),
        "attachments": [
            {
                "label": make.text(HEI, label),
                "title": [make.text(BIAO, line) for line in break_title(a.title)],
                "blocks": make.blocks(a.blocks),
            }
            for label, a in laid_out(doc.attachments)
        ],
        "imprint": _imprint(doc.imprint, make) if doc.imprint else None,
    }


def _imprint(imprint: Imprint, make: NodeMaker) -> Node:
    return {
        "distribution": [
            {"label": make.text(FANG, label), "width": display_width(label), "names": make.text(FANG, names)}
            for label, names in distribution_lines(imprint)
        ],
        "last": [
            {"left": make.text(FANG, left), "right": make.text(FANG, right)}
            for left, right in last_lines(imprint)
        ],
    }


def _fonts(setter: FontSetter) -> Node:
    """Families by role; Western letters of 仿宋 and 楷体 come from the Latin face."""
    latin = {"name": setter.shelf.latin.family, "latin": True}
    fonts: Node = {}
    for role, key in KEYS.items():
        face = setter.used.get(role) or setter.shelf.demand(role)
        own = {"name": face.family, "latin": False}
        families = [latin, own] if role in (FANG, KAI) else [own]
        fonts[key] = {"families": families, "weight": face.weight}
    return fonts
