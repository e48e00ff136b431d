"""How wide a face draws a character, for the marks that Chinese text wants a full square wide."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from struct import error as StructError
from struct import iter_unpack, unpack_from

from hengjian.documents.fonts.coverage import maps_of, tables_of


@lru_cache(maxsize=64)
def is_wide(path: str | None, index: int, character: str) -> bool:
    """Does the face draw this character over a full square, as Chinese marks want? (sfnt ``hmtx``)

    Several faces draw “ ” ‘ ’ narrow, which looks wrong in Chinese text.
    """
    if path is None:
        return False
    try:
        return _advance(Path(path).read_bytes(), index, ord(character)) > 0.8
    except (OSError, StructError, ValueError, IndexError, KeyError):
        return True


def _advance(data: bytes, index: int, code: int) -> float:
    tables = tables_of(data, index)
    glyph = _glyph(data, tables[b"cmap"], code)
    units = unpack_from(">H", data, tables[b"head"] + 18)[0]
    measured = unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    advance = unpack_from(">H", data, tables[b"hmtx"] + 4 * min(glyph, measured - 1))[0]
    return float(advance / units)


def _glyph(data: bytes, cmap: int, code: int) -> int:
    at = maps_of(data, cmap)
    if 12 in at:
        groups = unpack_from(">I", data, at[12] + 12)[0]
        for first, last, glyph in iter_unpack(">III", data[at[12] + 16 : at[12] + 16 + 12 * groups]):
            if first <= code <= last:
                return int(glyph + code - first)
        return 0
    return _glyph_4(data, at[4], code)


def _glyph_4(data: bytes, at: int, code: int) -> int:
    segments = unpack_from(">H", data, at + 6)[0] // 2
    for n in range(segments):
        if unpack_from(">H", data, at + 14 + 2 * n)[0] < code:
            continue
        first, delta, offset = (
            unpack_from(">H", data, at + 16 + 2 * n + 2 * k * segments)[0] for k in (1, 2, 3)
        )
        if code < first:
            return 0
        if offset == 0:
            return int((code + delta) & 0xFFFF)
        base = at + 16 + 6 * segments + 2 * n + offset
        return int(unpack_from(">H", data, base + 2 * (code - first))[0])
    return 0
