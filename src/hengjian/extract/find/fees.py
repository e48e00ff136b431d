"""The court fee and who bears it."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from hengjian.extract.find.items import without_brackets
from hengjian.extract.find.mentions import Mention, Mentions
from hengjian.extract.model import Document, Fees
from hengjian.extract.numbers import AMOUNT, plain, read_amount

_FEE = re.compile(
    r"反诉费用?|(?:案件)?受理费用?|案件受理(?=减半|[\d人])|诉讼费用?|(?:案件|财产保全|保全|财产|执行)?申请费|(?:财产|诉讼)?保全费用?"
    r"|(?P<other>邮寄费|鉴定费|公告费|评估费|律师费|送达费|差旅费|翻译费|审计费|拍卖费)"
)
_AMOUNT = re.compile(AMOUNT)
_BEARS = re.compile(r"(?P<each>各自?|分别)?(?:共同|平均|连带)?(?P<half>各半|平均|均)?(?:负担|承担|交纳|缴纳)")
_END = re.compile(r"如不服|如果不服|本判决为|本裁定为|不服本|审判[长员]")
_HALF = re.compile(
    r"减半(?:收取|交纳|征收|后)?(?:计|为|即|后)*(?:人民币)?$|(?:应收取?|实收|实际收取|合计|共计)(?:人民币)?$"
)
_NOT_OWN = re.compile(r"(?:预交|预缴|多交|退还|退回|鉴定费|公告费|邮寄费|评估费|退费)[^，。；]{0,10}$")
_BEFORE_FEE = re.compile(r"(?:未按|迟延|递交)[^，。；]{0,20}$")


def find_fees(doc: Document, mentions: Mentions) -> Fees | None:
    """The fees of the order added up, with what each party bears; None when none is printed."""
    start, end = doc.parts.order
    first = next((one for one in _FEE.finditer(doc.text, start, end) if not one["other"]), None)
    if first is None:
        return None
    close = _END.search(doc.text, first.end(), end)
    text = without_brackets(doc.text, first.start(), close.start() if close else end, mentions.bracketed)
    found = list(_FEE.finditer(text))
    marks = [*(one.start() for one in found), len(text)]
    total = waiting = Decimal(0)
    borne: dict[str, Decimal] = {}
    last_end = 0
    for fee, (at, stop) in zip(found, pairwise(marks), strict=True):
        piece = text[at:stop]
        amount, over = _amount(piece)
        if fee["other"]:
            amount = amount if "合计" in piece[:over] or "共计" in piece[:over] else Decimal(0)
        if amount is None or (not amount and not waiting):
            continue
        combined = "合计" in piece[:over] or "共计" in piece[:over]
        total, waiting = (
            (total - waiting + amount, amount) if combined and waiting else (total + amount, waiting + amount)
        )
        shares = _shares(piece, over, waiting, mentions)
        last_end = at + over
        if shares:
            waiting = Decimal(0)
            for name, value in shares:
                borne[name] = plain(borne.get(name, Decimal(0)) + value)
    if not total:
        return None
    return Fees(plain(total), borne, first.start(), first.start() + last_end)


def _amount(piece: str) -> tuple[Decimal | None, int]:
    """The amount charged: the halved one when it is halved. 0 when the piece has none before a bearer."""
    chosen: tuple[Decimal | None, int] = (None, 0)
    bears = _BEARS.search(piece)
    limit = bears.start() if bears else len(piece)
    for match in _AMOUNT.finditer(piece):
        before = piece[: match.start()]
        if chosen[0] is not None and (match.start() > limit or not _HALF.search(before)):
            continue
        if match.start() > limit or _NOT_OWN.search(before):
            continue
        chosen = (read_amount(match), match.end())
    return chosen


def _shares(piece: str, begin: int, whole: Decimal, mentions: Mentions) -> list[tuple[str, Decimal]]:
    said = mentions.find(piece)
    shares: list[tuple[str, Decimal]] = []
    used = begin
    parted = False
    for bears in _BEARS.finditer(piece):
        who = [one for one in said if used <= one.start and one.end <= bears.start()]
        if not who:
            continue
        match = _AMOUNT.match(piece, bears.end())
        value = read_amount(match) if match else None
        if value is None and parted:
            continue
        parted = True
        shares += _share(who, bears, value, whole)
        used = match.end() if match else bears.end()
    return shares


def _share(
    who: list[Mention], bears: re.Match[str], value: Decimal | None, whole: Decimal
) -> list[tuple[str, Decimal]]:
    names = [name for one in who for name in one.names]
    if bears["half"] or (bears["each"] and value is None):
        return [(name, plain(whole / len(names))) for name in names]
    if value is None:
        return [("、".join(names), whole)]
    if bears["each"]:
        return [(name, value) for name in names]
    return [("、".join(names), value)]
