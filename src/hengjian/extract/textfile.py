"""The text of a file whose encoding nobody wrote down."""

from __future__ import annotations

from hengjian.base.errors import HengjianError

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes) -> str:
    """Text from bytes: by byte order mark, else UTF-8, else GB18030 (which holds GBK and GB2312).

    >>> decode("清岚县".encode("gbk")) == decode("清岚县".encode()) == decode("清岚县".encode("utf-16"))
    True
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, "gb18030")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise HengjianError("文件的文字编码无法识别，请另存为 UTF-8 文本。") from None
