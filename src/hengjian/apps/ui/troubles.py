"""Troubles below the acts that are nobody's programming error: a busy database, a value that does not fit."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import DataError, OperationalError


@dataclass(frozen=True, slots=True)
class Trouble:
    """An HTTP status, what to call it in the API, and a sentence for the person."""

    status: int
    code: str
    message: str
    retry_after: int = 0


BUSY = Trouble(503, "busy", "系统正忙，这一步没有办成，也没有改动任何内容。请稍等几秒再提交一次。", 5)
UNFIT = Trouble(422, "unfit", "有一项内容太长或格式不对，没有保存。请缩短或改正后再提交。")
GARBLED = Trouble(
    400, "garbled", "提交的内容里有不能保存的字符，没有做任何改动。请删去从别处粘贴来的特殊字符再试。"
)


def trouble_of(exception: Exception) -> Trouble | None:
    """The trouble behind an exception, or None: then it is ours and stays a 500 in the log."""
    text = str(exception)
    if isinstance(exception, OperationalError) and any(
        sign in text for sign in ("locked", "busy", "timeout")
    ):
        return BUSY
    if isinstance(exception, DataError):
        return UNFIT
    if isinstance(exception, ValueError) and ("NUL" in text or "null character" in text):
        return GARBLED
    return None
