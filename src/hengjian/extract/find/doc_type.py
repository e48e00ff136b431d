"""Type of the document (判决书, 裁定书 …) and kind of the case as the title says it."""

from __future__ import annotations

import re

from hengjian.extract.model import Document, Found

_TITLE = re.compile(
    r"(?P<kind>刑事附带民事|刑事|民事|行政赔偿|行政|执行|国家赔偿|司法赔偿|赔偿|知识产权|海事|商事|强制医疗|驳回申诉|司法救助)?"
    r"(?:附带民事|公益诉讼|再审|复议)?"
    r"(?P<type>判决书|裁定书|调解书|决定书|通知书|支付令|保护令|建议书|意见书)"
)
_KINDS = {
    "刑事附带民事": "刑事",
    "行政赔偿": "行政",
    "国家赔偿": "赔偿",
    "司法赔偿": "赔偿",
    "知识产权": "民事",
    "海事": "民事",
    "商事": "民事",
    "强制医疗": "刑事",
    "驳回申诉": "",
    "司法救助": "赔偿",
}
_BY_ORDER = {"判决": "判决书", "裁定": "裁定书", "决定": "决定书"}


def find_doc_type(doc: Document) -> tuple[Found | None, str, list[str]]:
    """(type, kind of case by the title, doubts)."""
    start, end = doc.parts.title
    found = None
    for found in _TITLE.finditer(doc.text, start, end):  # noqa: B007 - the last one is wanted
        pass
    if found:
        kind = found["kind"] or ""
        return Found(found["type"], found.start("type"), found.end("type")), _KINDS.get(kind, kind), []
    order = doc.text[doc.parts.order[0] - 8 : doc.parts.order[0]] if doc.parts.order[0] else ""
    for word, value in _BY_ORDER.items():
        if f"{word}如下" in order:
            at = doc.parts.order[0] - 8 + order.index(word)
            return Found(value, at, at + 4), "", [f"doc_type: 标题没有印文书名称，按“{word}如下”认定"]
    return None, "", ["doc_type: 标题没有印文书名称"]
