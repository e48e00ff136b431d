"""PDF files made by hand, a few lines each: with Chinese text and no font file, locked, broken, and built to do harm."""

from __future__ import annotations

import zlib

Objects = dict[int, bytes]
WIDTH = 30  # characters of a line
_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>",
)


def pdf(*pages: str) -> bytes:
    """One string a page; lines are broken where the paper ends."""
    objects: Objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 3: _FONT[0], 4: _FONT[1]}
    for n, text in enumerate(pages):
        lines = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td\n" for line in _lines(text))
        objects |= _page(5 + 2 * n, f"BT /F 14 Tf 60 780 Td\n{lines}ET".encode())
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects[2] = f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()
    return written(objects)


def _lines(text: str) -> list[str]:
    return [line[at : at + WIDTH] for line in text.split("\n") for at in range(0, len(line), WIDTH)]


def _page(number: int, drawn: bytes, filters: bytes = b"") -> Objects:
    return {
        number: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {number + 1} 0 R"
        "/Resources<</Font<</F 3 0 R>>>>>>".encode(),
        number + 1: b"<</Length %d%s>>stream\n%s\nendstream" % (len(drawn), filters, drawn),
    }


def written(objects: Objects, trailer: bytes = b"") -> bytes:
    """Objects, cross-references, trailer."""
    made, places = b"%PDF-1.7\n", {}
    for number, body in sorted(objects.items()):
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size, at = max(objects) + 1, len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        made += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    return made + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, at)


def locked() -> bytes:
    """Encrypted, and no empty password opens it."""
    marks = b"/O<%s>/U<%s>" % (b"5a" * 32, b"a5" * 32)
    return written(
        {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 0/Kids[]>>",
         3: b"<</Filter/Standard/V 2/R 3/Length 128/P -3904%s>>" % marks},
        b"/Encrypt 3 0 R/ID[<00><00>]",
    )  # fmt: skip


def scanned() -> bytes:
    """A page on which something is drawn, but no letter."""
    return _drawn(b"0 0 500 700 re f")


def bomb(megabytes: int = 1200) -> bytes:
    """A page whose drawing unpacks to more than the memory a reader may have: packed twice over."""
    squeeze = zlib.compressobj(9)
    start = squeeze.compress(b"<4e00> Tj " * 1_000_000) + squeeze.flush(zlib.Z_FULL_FLUSH)
    inner = start + start[2:] * (megabytes // 10) + b"\x03\x00"  # the same ten megabytes over and over
    return _drawn(zlib.compress(inner, 9), b"/Filter[/FlateDecode/FlateDecode]")


def endless() -> bytes:
    """A form that draws itself twice, and so on: unbounded work for a reader that believes it."""
    form = b"/X Do /Y Do " * 50
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    body = head + b"/Resources<</XObject<</X %d 0 R/Y %d 0 R>>>>/Length %d>>stream\n%s\nendstream"
    objects = _one_page(b"/X Do")
    objects[5] = objects[5].replace(b"/Resources<<", b"/Resources<</XObject<</X 7 0 R>>")
    for n in range(7, 60):
        objects[n] = body % (n + 1, n + 1, len(form), form)
    objects[60] = head + b"/Length 0>>stream\n\nendstream"
    return written(objects)


def circle() -> bytes:
    """A tree of pages that is its own child."""
    return written({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"})


def cut(data: bytes) -> bytes:
    """As a broken line leaves it."""
    return data[: len(data) // 3]


def _drawn(drawing: bytes, filters: bytes = b"") -> bytes:
    return written(_one_page(drawing, filters))


def _one_page(drawing: bytes, filters: bytes = b"") -> Objects:
    head = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[5 0 R]>>",
        3: _FONT[0],
        4: _FONT[1],
    }
    return {**head, **_page(5, drawing, filters)}
