"""Fonts by role, coverage, substitution."""

from __future__ import annotations

from pathlib import Path

from hengjian.documents import FontShelf, font_status
from hengjian.documents.fonts import FontRole, FontSetter, report_of
from hengjian.documents.fonts.coverage import coverage
from hengjian.documents.fonts.roles import WISHES
from hengjian.documents.fonts.shelf import Face
from hengjian.documents.fonts.widths import is_wide


class TwoFonts(FontShelf):
    """A shelf where 仿宋 lacks rare characters and one font fills in."""

    def __init__(self) -> None:
        self.latin = Face("Latin", 400, None, 0)

    def choose(self, role: FontRole) -> Face | None:
        return Narrow("仿宋", 400, "a", 0)

    def substitutes(self, role: FontRole) -> list[Face]:
        return [Filler("LXGW WenKai", 300, "b", 0)]


class Narrow(Face):
    def draws(self, character: str) -> bool:
        return character in "王平的〓"


class Filler(Face):
    def draws(self, character: str) -> bool:
        return character in "镕喆"


def test_rare_characters_are_set_from_another_font_and_told() -> None:
    setter = FontSetter(TwoFonts())
    pieces = [
        (face.family if face else "own", text) for face, text in setter.pieces(FontRole.FANGSONG, "王镕喆平")
    ]
    assert pieces == [("own", "王"), ("LXGW WenKai", "镕喆"), ("own", "平")]
    assert "生僻字：喆、镕（已用霞鹜文楷补字），请核对字形。" in report_of(setter).sentences()


def test_characters_of_no_font_are_never_silent() -> None:
    setter = FontSetter(TwoFonts())
    assert [text for _, text in setter.pieces(FontRole.FANGSONG, "王𰻝")] == ["王〓"]
    report = report_of(setter)
    assert not report.complete
    assert "缺字：𰻝（U+30EDD）" in report.sentences()[-1]
    assert "fonts-noto-cjk" in report.sentences()[-1]


def test_status_without_fonts_says_what_to_install() -> None:
    status = font_status(FontShelf(system=False))
    assert not status.usable
    assert "fonts-noto-cjk" in status.advice


def test_every_role_has_true_fonts_and_stand_ins() -> None:
    for role in FontRole:
        assert {wish.true for wish in WISHES[role]} == {True, False}


def test_status_names_a_font_for_every_role(shelf: FontShelf) -> None:
    assert {font.role for font in font_status(shelf).roles} == set(FontRole)


def test_coverage_agrees_with_everyday_chinese(shelf: FontShelf) -> None:
    face = shelf.demand(FontRole.SONG)
    covered = coverage(face.path, face.index)
    assert {ord(c) for c in "中华人民共和国法院，。“”〔〕①"} <= covered
    assert 0x10FFFF not in covered


def test_a_file_that_is_no_font_covers_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "x.ttf"
    for data in (b"", b"\x00\x01\x00\x00\x00\xff", b"ttcf" + b"\xff" * 40):
        broken.write_bytes(data)
        coverage.cache_clear()
        assert coverage(str(broken), 0) == frozenset()
    assert coverage(str(tmp_path / "absent"), 0) == frozenset()


def test_quotation_marks_stand_on_a_full_square(shelf: FontShelf) -> None:
    setter = FontSetter(shelf)
    for role in FontRole:
        for face, text in setter.pieces(role, "“”"):
            used = face or setter.face(role)
            assert all(is_wide(used.path, used.index, c) for c in text)
    assert not setter.rare
