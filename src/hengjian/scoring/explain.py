"""Explanation rows in plain Chinese: the reason a row counts, or why it does not."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum

from hengjian.base.points import plain


class Code(IntEnum):
    """How a row came to be. The SQL templates write these numbers."""

    COUNTS = 0
    NO_PRICE = 1
    REQUIRED = 2
    DUPLICATE = 3
    NOT_HIGHER = 4
    NO_QUOTA = 5
    SHORT = 6
    TAKEN_BACK = 7
    FLAGGED = 8
    NO_RECIPIENT = 9
    NOT_APPRAISED = 10
    FLOOR = 11


NOTES = {
    Code.COUNTS: "",
    Code.NO_PRICE: "当日没有施行的分值，计 0。",
    Code.REQUIRED: "缺少计分所需的前提事实，计 0。",
    Code.DUPLICATE: "同一事项已计过一次，不重复计。",
    Code.NOT_HIGHER: "不高于已计的结果，不重复计。",
    Code.NO_QUOTA: "没有规定定额，不计基础分。",
    Code.SHORT: "未达到定额。",
    Code.TAKEN_BACK: "已得的分值追回。",
    Code.FLAGGED: "只影响评比资格，不改变得分。",
    Code.NO_RECIPIENT: "没有牵头部门，条文没有规定由谁取得，未分配。",
    Code.NOT_APPRAISED: "期末不在考评名单，本期不考评。",
    Code.FLOOR: "本期合计为负，按零计。",
}


def note(code: int, have: Decimal | None, need: Decimal | None, rival: str) -> str:
    """The sentence of a code, with its numbers.

    >>> note(Code.SHORT, Decimal(3), Decimal(4), "")
    '应达 4，实有 3，未达到定额。'
    """
    if need is not None:
        if code == Code.SHORT:
            return f"应达 {plain(need)}，实有 {plain(have or Decimal(0))}，未达到定额。"
        return (
            f"应达 {plain(need)}，实有 {plain(have or Decimal(0))}。"
            if code == Code.COUNTS
            else NOTES[Code(code)]
        )
    if code == Code.DUPLICATE and rival:
        return f"同一事项已按 {rival} 计过一次，不重复计。"
    if code == Code.NOT_HIGHER and have is not None:
        return f"此前已计到 {plain(have)}，不高于它的不重复计。"
    if code == Code.COUNTS and have:
        return f"此前已计到 {plain(have)}，只计差额。"
    return NOTES[Code(code)]
