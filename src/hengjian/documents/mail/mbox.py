"""A mailbox file taken apart into messages."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FROM = re.compile(rb"^From [^\r\n]{1,200}\r?\n(?=[A-Za-z][A-Za-z0-9-]{0,60}:)", re.M)
_QUOTED = re.compile(rb"^>(>*From )", re.M)


def looks_like_mbox(data: bytes) -> bool:
    return _FROM.match(data) is not None


def split_mbox(data: bytes) -> Iterator[bytes]:
    """Each message without its separator line; a single message without one is given as it is.

    >>> [m[:10] for m in split_mbox(b"From a Mon\\nSubject: 1\\n\\nx\\n\\nFrom b Tue\\nSubject: 2\\n\\n>From y\\n")]
    [b'Subject: 1', b'Subject: 2']
    """
    if not looks_like_mbox(data):
        yield data
        return
    starts = list(_FROM.finditer(data))
    ends = [found.start() for found in starts[1:]] + [len(data)]
    for found, end in zip(starts, ends, strict=True):
        yield _QUOTED.sub(rb"\1", data[found.end() : end]).rstrip(b"\r\n") + b"\n"
