"""One character for one: the same text in half-width digits, letters and signs, so that offsets keep."""

from __future__ import annotations

_FULL = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}  # ０–９
_FULL |= {code: code - 0xFEE0 for code in range(0xFF21, 0xFF3B)}  # Ａ–Ｚ
_FULL |= {code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)}  # ａ–ｚ
_FULL |= {ord(full): ord(half) for full, half in zip("％．＠－：（），", "%.@-:(),", strict=True)}
_FULL |= {ord("　"): ord(" "), ord("\u00a0"): ord(" ")}


def halved(text: str) -> str:
    """Halve full-width forms; the result has the same length.

    >>> halved("２０２４年６月（周一）占８５％")
    '2024年6月(周一)占85%'
    """
    return text.translate(_FULL)
