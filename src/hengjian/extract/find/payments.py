"""Who must pay whom how much, from the items of the order. Interest stays text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hengjian.extract.find.items import find_items
from hengjian.extract.find.mentions import Mention, Mentions
from hengjian.extract.model import Document, Payment
from hengjian.extract.numbers import AMOUNT, read_amount

_AMOUNT = re.compile(AMOUNT)
_VERB = re.compile(
    r"赔偿(?=[^金费款损])|赔偿(?=损失|金额)|赔付|支付|给付|返还|偿还|退还|归还|偿付|付给|付还|补偿(?=[^金费款])|清偿|退回|补足|补缴|缴付|交付|交还|承担|付款|付清"
)
_CRIMINAL_VERB = re.compile(r"(?<!退)赔偿(?=[^金费款])|赔付")
_SKIP_ITEM = re.compile(
    r"^(?:[一二三四五六七八九十\d（）]{1,4}[、.：]?)?\s*(?:驳回|维持|准予撤|准许|不准|撤销(?![^。；]*(?:改判|改为)))"
)
_KEPT = re.compile(
    r"\s*(?:[一二三四五六七八九十\d（）]{1,4}[、.：]?)?\s*维持[^。；]{0,120}?(?:，即|即：|：即|，即：)[：，“]?"
)
_CHANGED = re.compile(r"变更[^。；]{0,120}?为[：，]?")
_BASE = re.compile(r"^(?:为基数|为本金|为限|范围内|的?标准|为标准|为计算|本金为基数|的\d|/)")
_AS_BASE = re.compile(r"(?:以|按照?|每[月日年天]|尚欠本金|基数为?|本金)[^，。；]{0,14}$")
_DEDUCTED = re.compile(
    r"(?:扣除|扣减|减去|抵扣|已经?[^，。；]{0,4}(?:支付|给付|付|垫付|赔偿|履行|返还|交纳)|垫付|预交|其中|包括|含)[^，。；]{0,12}$"
)
# 返还被告垫付款8000元: what was advanced is itself the payment
_ADVANCED = re.compile(r"(?<!扣除)(?:返还|退还|归还|偿还|支付|给付)[^，。；]{0,20}垫付[^，。；]{0,8}$")
_TOTAL = re.compile(r"(?:合计|共计|总计|总额|共)(?:为|人民币|损失|金额|：)*$")
_REST = re.compile(r"(?:还应|尚应|尚需|还需|实际|下余|余款|仍应|再|剩余)[^，。；]{0,12}$")
_CLAUSE = re.compile(r"[^；。]+")
_REJECTS = re.compile(r"\s*(?:[一二三四五六七八九十\d]{1,3}[、.]?)?驳回")
_LIABLE = re.compile(
    r"[^，]{0,60}?(?:对|就)(?:被告)?[^，；。]{0,30}?(?:上述|前述|前款|第[一二三四五六七八九十]项|债务|义务|款项)[^；。]{0,40}?(?:责任|受偿)"
)
_DUTY = re.compile(r"[^，；。元]{0,10}?责任")
_NOT = ("未", "无需", "无须", "不", "不需", "不用", "毋需", "不予")
_DEFAULT = re.compile(
    r"，?(?:若|如果?)(?:被告|原告|有|任何|到期)?[^，。；]{0,30}?(?:逾期|未能|未按|未足|不按|违约)"
)
_COURT_FEE = re.compile(
    r"\s*(?:[一二三四五六七八九十\d]{1,3}[、.])?(?:本案)?(?:案件)?(?:受理费|诉讼费|保全费)"
)
_EACH = ("各", "各自", "分别", "每人")
_TO = ("向", "给", "对")


def find_payments(doc: Document, mentions: Mentions, *, criminal: bool = False) -> list[Payment]:
    """All payments of the order in print; of a criminal judgment the damages."""
    start, end = doc.parts.order
    if "元" not in doc.text[start:end]:
        return []
    payments: list[Payment] = []
    for item in find_items(doc.text, start, end, mentions.bracketed):
        words = item.text
        changed = _CHANGED.search(words)
        offset = changed.end() if changed else 0
        if not changed and (kept := _KEPT.match(words)):
            offset = kept.end()  # a payment of the judgment below that is left standing
            revoked = words.find("撤销", offset)
            words = words[:revoked] if revoked >= 0 else words
        elif not changed and _SKIP_ITEM.match(words):
            continue
        payments += _of_item(words[offset:], item.start + offset, mentions, criminal=criminal)
    return payments


@dataclass(slots=True)
class _Sides:
    """Who pays whom at this point of an item; carried on while a clause names nobody new."""

    payer: Mention | None = None
    payee: Mention | None = None


def _of_item(words: str, base: int, mentions: Mentions, *, criminal: bool) -> list[Payment]:
    found: list[Payment] = []
    sides = _Sides()
    verbs_of = _CRIMINAL_VERB if criminal else _VERB
    for clause in _CLAUSE.finditer(words):
        text = clause[0]
        default = _DEFAULT.search(text)
        text = text[: default.start()] if default else text
        if _REJECTS.match(text) or _LIABLE.match(text) or _COURT_FEE.match(text):
            continue
        verbs = [verb for verb in verbs_of.finditer(text) if not _is_duty(text, verb)]
        if verbs:
            found += _of_clause(text, base + clause.start(), verbs, mentions, sides)
        elif found:
            found = _added_up(text, base + clause.start(), found)
    return found


def _is_duty(text: str, verb: re.Match[str]) -> bool:
    """未支付, 无需支付, 清偿责任, 承担连带责任 move no money."""
    return (
        text[max(0, verb.start() - 2) : verb.start()].endswith(_NOT)
        or _DUTY.match(text, verb.end()) is not None
    )


def _added_up(text: str, base: int, found: list[Payment]) -> list[Payment]:
    """1、…元；2、…元；共计…元: the total, in a part of its own, stands for the parts before it."""
    totals = [one for one in _amounts(text) if _TOTAL.search(text[max(0, one[1] - 20) : one[1]])]
    if not totals:
        return found
    value, at, over = totals[-1]
    return [Payment(found[0].payer, found[0].payee, value, base + at, base + over)]


def _of_clause(
    text: str, base: int, verbs: list[re.Match[str]], mentions: Mentions, sides: _Sides
) -> Iterator[Payment]:
    said = mentions.find(text)
    amounts = _still_owed(text, _amounts(text))
    starts = [one[1] for one in amounts]
    read = 0
    for index, verb in enumerate(verbs):
        stop = verbs[index + 1].start() if index + 1 < len(verbs) else len(text)
        mine = amounts[bisect_left(starts, verb.end()) : bisect_left(starts, stop)]
        if not mine and len(verbs) == 1:
            mine = amounts
        if not mine:
            read = verb.end() if len(verbs) > 1 and not _owed_later(amounts, stop) else read
            continue
        sides.payer = _payer(text, said, read, verb.start()) or sides.payer
        sides.payee = _payee(text, said, read, verb, stop, sides.payer) or sides.payee
        read = mine[-1][2]
        each = text[max(0, verb.start() - 2) : verb.start()].endswith(_EACH)
        for value, at, over in _total(text, mine):
            to_each = text[max(0, at - 3) : at].removesuffix("人民币").endswith(_EACH)
            for payer, payee in _pairs(sides, mentions, payers=each, payees=each or to_each):
                yield Payment(payer, payee, value, base + at, base + over)


def _owed_later(amounts: list[tuple[Decimal, int, int]], stop: int) -> bool:
    """The only amount follows after more verbs: 赔偿…损失，扣除…，还应赔偿2000元."""
    return len(amounts) == 1 and amounts[0][1] >= stop


def _pairs(sides: _Sides, mentions: Mentions, *, payers: bool, payees: bool) -> list[tuple[str, str]]:
    payer, payee = _name(sides.payer), _name(sides.payee) or _other(sides.payer, mentions)
    if payers and sides.payer and len(sides.payer.names) > 1:
        return [(name, payee) for name in sides.payer.names]
    if payees and sides.payee and len(sides.payee.names) > 1:
        return [(payer, name) for name in sides.payee.names]
    return [(payer, payee)]


def _name(mention: Mention | None) -> str:
    return mention.joined if mention else ""


def _other(payer: Mention | None, mentions: Mentions) -> str:
    """The only party of the other side, when the text leaves the payee to be understood."""
    if payer is None:
        return ""
    side = mentions.sides.get(payer.names[0], "")
    others = [name for name, its in mentions.sides.items() if its != side]
    return others[0] if side and len(others) == 1 else ""


def _amounts(text: str) -> list[tuple[Decimal, int, int]]:
    found = []
    for match in _AMOUNT.finditer(text):
        value = read_amount(match)
        before = text[max(0, match.start() - 24) : match.start()]
        if (
            value is None
            or _BASE.match(text, match.end())
            or _BASE.match(text[match.end() : match.end() + 6])
        ):
            continue
        if _AS_BASE.search(before) and "基数" in text[match.end() : match.end() + 8]:
            continue
        if _DEDUCTED.search(before) and not _ADVANCED.search(text, max(0, match.start() - 40), match.start()):
            continue
        if re.search(r"(?:按照?|每[月日年天])[^，。；]{0,8}$", before):
            continue
        found.append((value, match.start(), match.end()))
    return found


def _still_owed(text: str, amounts: list[tuple[Decimal, int, int]]) -> list[tuple[Decimal, int, int]]:
    """What is still owed stands for the whole less what was paid."""
    owed = [one for one in amounts if _REST.search(text[max(0, one[1] - 20) : one[1]])]
    return owed[-1:] or amounts


def _total(text: str, amounts: list[tuple[Decimal, int, int]]) -> list[tuple[Decimal, int, int]]:
    """A printed total stands for its parts."""
    totals = [one for one in amounts if _TOTAL.search(text[max(0, one[1] - 20) : one[1]])]
    return totals[-1:] or amounts


def _payer(text: str, said: list[Mention], begin: int, verb: int) -> Mention | None:
    """Who stands before the verb: after 由, else the subject of the nearest part between commas."""
    before = [one for one in said if begin <= one.start and one.end <= verb]
    for one in reversed(before):
        if text[max(0, one.start - 8) : one.start].rstrip("原审被告反诉上人三第申请 ").endswith("由"):
            return one
    chosen: Mention | None = None
    for one in reversed(before):
        if _is_addressed(text, one):
            continue
        if chosen is not None and "，" in text[one.end : chosen.start]:
            break
        chosen = one
    return chosen


def _is_addressed(text: str, one: Mention) -> bool:
    lead = text[max(0, one.start - 12) : one.start]
    lead = re.sub(
        r"(?:反诉|原审|附带民事诉讼)*(?:原告人?|被告人?|上诉人|被上诉人|第三人|被?申请人)? *$", "", lead
    )
    return lead.endswith(_TO)


def _payee(
    text: str, said: list[Mention], begin: int, verb: re.Match[str], stop: int, payer: Mention | None
) -> Mention | None:
    for one in said:
        if begin <= one.start < verb.start() and _is_addressed(text, one) and one != payer:
            return one
    for one in said:
        if verb.end() <= one.start < stop and one != payer and (payer is None or one.names != payer.names):
            return one
    for one in said:
        if one.end <= verb.start() and one != payer and (payer is None or one.names != payer.names):
            return one
    return None
