"""Where issuer and date stand at the end of a document, in characters from the right edge."""

from __future__ import annotations

from hengjian.documents.text import display_width

LINE = 28  # characters a line


def signature_indents(issuer: str, day: str, *, sealed: bool) -> tuple[float, float]:
    """Right indents of (issuer, date) in characters (GB/T 9704-2012, 7.3.5).

    With a seal the date stands four from the edge and the issuer is centred over it; without one the
    issuer stands two from the edge and the date begins two to the right of it.

    >>> signature_indents("清岚县人民法院", "2024年7月5日", sealed=True)
    (3.5, 4.0)
    >>> signature_indents("清岚县人民法院", "2024年7月5日", sealed=False)
    (3.0, 2.0)
    """
    wide, long = display_width(issuer), display_width(day)
    if not day:
        return (4.0 if sealed else 2.0), 0.0
    if sealed:
        right = max(4 + (long - wide) / 2, 0)
        return right, max(4.0, right + (wide - long) / 2)
    begin = LINE - 2 - wide + 2  # where the date begins
    if begin + long <= LINE - 2:
        return 2.0, LINE - begin - long
    return max(LINE - (LINE - 2 - long - 2) - wide, 0.0), 2.0
