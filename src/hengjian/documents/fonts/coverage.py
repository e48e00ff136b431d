"""Which characters a font file can draw: its character map (sfnt ``cmap``), read without other libraries."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from struct import error as StructError
from struct import iter_unpack, unpack_from

_LATIN = frozenset(range(0x20, 0x180)) | frozenset(map(ord, "–—‘’“”…€•"))


@lru_cache(maxsize=64)
def coverage(path: str | None, index: int) -> frozenset[int]:
    """Code points drawn by face ``index`` of the file; a built-in face (no path) counts as Latin.

    A file that cannot be read covers nothing, so its characters are looked for elsewhere.
    """
    if path is None:
        return _LATIN
    try:
        return _characters(Path(path).read_bytes(), index)
    except (OSError, StructError, ValueError, IndexError):
        return frozenset()


def tables_of(data: bytes, index: int) -> dict[bytes, int]:
    """Where each table of a face begins; collections (ttc) hold several faces."""
    start = unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
    count = unpack_from(">H", data, start + 4)[0]
    entries = (unpack_from(">4sIII", data, start + 12 + 16 * n) for n in range(count))
    return {tag: offset for tag, _, offset, _ in entries}


def _characters(data: bytes, index: int) -> frozenset[int]:
    tables = tables_of(data, index)
    return _best_map(data, tables[b"cmap"]) if b"cmap" in tables else frozenset()


def _best_map(data: bytes, cmap: int) -> frozenset[int]:
    found = maps_of(data, cmap)
    if 12 in found:
        return _format_12(data, found[12])
    return _format_4(data, found[4]) if 4 in found else frozenset()


def maps_of(data: bytes, cmap: int) -> dict[int, int]:
    """Unicode tables by format: 12 has the full range, 4 the basic plane."""
    found: dict[int, int] = {}
    for n in range(unpack_from(">H", data, cmap + 2)[0]):
        platform, encoding, offset = unpack_from(">HHI", data, cmap + 4 + 8 * n)
        if platform == 0 or (platform == 3 and encoding in (1, 10)):
            found[unpack_from(">H", data, cmap + offset)[0]] = cmap + offset
    return found


def _format_12(data: bytes, at: int) -> frozenset[int]:
    groups = unpack_from(">I", data, at + 12)[0]
    result: set[int] = set()
    for first, last, _ in iter_unpack(">III", data[at + 16 : at + 16 + 12 * groups]):
        if last - first < 0x20000:
            result.update(range(first, last + 1))
    return frozenset(result)


def _format_4(data: bytes, at: int) -> frozenset[int]:
    segments = unpack_from(">H", data, at + 6)[0] // 2
    ends = unpack_from(f">{segments}H", data, at + 14)
    starts = unpack_from(f">{segments}H", data, at + 16 + 2 * segments)
    deltas = unpack_from(f">{segments}H", data, at + 16 + 4 * segments)
    base = at + 16 + 6 * segments
    offsets = unpack_from(f">{segments}H", data, base)
    result: set[int] = set()
    for n, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        if offset == 0:
            result.update(c for c in range(first, last + 1) if (c + delta) & 0xFFFF)
            continue
        glyphs = unpack_from(f">{last - first + 1}H", data, base + 2 * n + offset)
        result.update(c for c, glyph in zip(range(first, last + 1), glyphs, strict=True) if glyph)
    result.discard(0xFFFF)
    return frozenset(result)
