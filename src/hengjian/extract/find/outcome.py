"""What became of the claim, the appeal or the petition, in one word of the contract."""

from __future__ import annotations

import re

from hengjian.extract.find.items import Item, find_items
from hengjian.extract.model import Document

_HEAD = re.compile(r"^(?:\s|[一二三四五六七八九十\d]{1,3}[、.，：]|（[一二三四五六七八九十]{1,3}）)+")
_WITHDRAW = re.compile(
    r"(?:准[予许]|同意)[^。；]{0,60}?撤(?:回|诉)|按(?:自动)?撤(?:诉|回)|按[^。；]{0,30}撤回[^。；]{0,10}处理"
)
_NO_DIVORCE = re.compile(r"不(?:准|予准许|准予|准许)[^。；]{0,60}离婚|驳回[^。；]{0,40}离婚[^。；]{0,10}请求")
_DIVORCE = re.compile(r"(?:准[予许]?|准许|同意|解除)[^。；]{0,60}(?:离婚|婚姻关系)")
_BACK = re.compile(r"发回|指令[^。；]{0,40}(?:审理|立案|受理)|由[^。；]{0,30}法院(?:继续|重新)审理")
_ALL_KEPT = re.compile(r"驳回[^。；]{0,40}(?:上诉|抗诉)|维持(?:原判|一审|原审|原裁定|原判决)")
_PART = re.compile(r"第[一二三四五六七八九十0-9（）、和及]+[项条]|部分|定罪|量刑|[一二三四五六七八九十]项")
_UNLAWFUL = re.compile(r"确认[^。；]{0,300}(?:违法|无效|不合法)")
_DISMISS_SUIT = re.compile(r"驳回[^。；]{0,60}(?:的?起诉|的?反诉(?!请求))")
_REJECT = re.compile(r"驳回[^。；]{0,400}?请求")
_OTHER_CLAIMS = re.compile(r"驳回[^。；]{0,200}?(?:其他|其它|其余|的其|剩余)[^。；]{0,12}请求")
_PETITION = re.compile(r"驳回[^。；]{0,120}(?:再审申请|申诉|再审请求|监督申请)")
_REVIVE = re.compile(r"提审|指令[^。；]{0,40}再审|另行组成合议庭|再审期间")


def find_outcome(doc: Document, kind: str, procedure: str, doc_type: str) -> str | None:
    """One of the words of the contract; None for a criminal trial (its sentences tell)."""
    items = find_items(doc.text, *doc.parts.order)
    words = [_HEAD.sub("", item.text).strip() for item in items]
    words = [one for one in words if one]
    if not words:
        return None
    whole = "；".join(words)
    if doc_type == "调解书":
        return "其他"
    others = [one for one in words if not _WITHDRAW.search(one)]
    if _WITHDRAW.search(whole) and not any(_is_order(one) or _ALL_KEPT.search(one) for one in others):
        return "准予撤诉"
    if procedure == "再审":
        return _retrial(words, whole)
    if procedure == "二审":
        return _appeal(words, whole, kind)
    if kind == "刑事":
        return None
    if kind not in ("民事", "行政", "赔偿", ""):
        return "其他"
    return _trial(words, whole, kind)


def _retrial(words: list[str], whole: str) -> str:
    if _PETITION.search(whole):
        return "驳回再审申请"
    if _BACK.search(whole):
        return "撤销发回重审"
    if _REVIVE.search(whole):
        return "其他"
    if any(one.startswith(("撤销", "变更")) for one in words):
        return "再审改判"
    if any(one.startswith("维持") for one in words) or _ALL_KEPT.search(whole):
        return "维持"
    return "其他"


def _appeal(words: list[str], whole: str, kind: str) -> str:
    revoked = [
        one for one in words if one.startswith(("撤销", "变更", "撤消")) or "，撤销" in one or "；撤销" in one
    ]
    kept = [one for one in words if one.startswith("维持") and not re.match(r"维持原判", one)]
    if _BACK.search(whole):
        return "撤销发回重审"
    if revoked:
        if _DISMISS_SUIT.search(whole) and kind != "刑事":
            return "驳回起诉"
        partly = bool(kept) or any(_PART.search(one[:160]) for one in revoked)
        return "部分改判" if partly else "改判"
    if _ALL_KEPT.search(whole) or kept:
        return "维持"
    return "其他"


def _trial(words: list[str], whole: str, kind: str) -> str:
    if _NO_DIVORCE.search(whole):
        return "不准离婚"
    if _DIVORCE.search(whole):
        return "准予离婚"
    if kind == "行政" and _UNLAWFUL.search(whole):
        return "确认违法"
    positive = [one for one in words if not one.startswith(("驳回", "不予受理", "终结", "中止"))]
    if positive:
        return _granted(positive, whole, kind)
    if _DISMISS_SUIT.search(whole) and not _REJECT.search(whole):
        return "驳回起诉"
    return "驳回诉讼请求" if _REJECT.search(whole) else "其他"


def _granted(positive: list[str], whole: str, kind: str) -> str:
    if kind == "行政" and positive[0].startswith("维持"):
        return "维持"
    ordered = any(_is_order(_NEGATIVE.sub("", one)) for one in positive)
    if _REJECT.search(whole):
        return "部分支持" if ordered else "驳回诉讼请求"
    return "支持" if ordered else "其他"


_NEGATIVE = re.compile(r"驳回[^。；]*|不构成[^，。；]*|无需[^，。；]*|不承担[^，。；]*|不予[^，。；]*")
_ORDERS = re.compile(
    r"赔偿|支付|给付|返还|偿还|退还|归还|解除|确认|责令|撤销|履行|继续|停止|交付|腾退|协助|办理|赔礼|恢复|变更|排除|归[^。；]{0,20}所有|抚养|享有|负责|承担|清偿|补偿|无效|有效"
)


def _is_order(words: str) -> bool:
    return _ORDERS.search(words) is not None


def items_of(doc: Document) -> list[Item]:
    """The items of the order, for counting and for display."""
    return find_items(doc.text, *doc.parts.order)
