"""What was drawn with which font: shown beside every PDF, and by ``hengjian doctor``."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from hengjian.documents.fonts.roles import FontRole, called
from hengjian.documents.fonts.setter import GETA, FontSetter
from hengjian.documents.fonts.shelf import HOW_TO_GET, FontShelf, open_shelf


@dataclass(frozen=True, slots=True)
class RoleFont:
    """``role`` was drawn with ``family``; ``true`` tells whether that is the typeface asked for."""

    role: FontRole
    family: str
    weight: int
    true: bool

    def __str__(self) -> str:
        return f"{self.role}：{called(self.family)}" + ("" if self.true else "（代用）")


@dataclass(frozen=True, slots=True)
class FontReport:
    """Fonts used, rare characters with the font that filled in, characters no font has.

    ``missing`` characters were set as 〓; a document with any should not be issued.
    """

    roles: tuple[RoleFont, ...]
    rare: tuple[tuple[str, str], ...]
    missing: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.missing

    def sentences(self) -> tuple[str, ...]:
        """The report in full sentences for the page beside the PDF."""
        said = [f"字体：{'，'.join(map(str, self.roles))}。"] if self.roles else []
        return (*said, *self.doubts())

    def doubts(self) -> tuple[str, ...]:
        """What somebody should look at before the document goes out; empty for most."""
        said = []
        for family, pairs in groupby(sorted(self.rare, key=lambda p: (p[1], p[0])), key=lambda p: p[1]):
            said.append(f"生僻字：{'、'.join(c for c, _ in pairs)}（已用{called(family)}补字），请核对字形。")
        if self.missing:
            shown = "、".join(f"{c}（U+{ord(c):04X}）" for c in self.missing)
            said.append(f"缺字：{shown}，没有字体能显示，文中以{GETA}代替；{HOW_TO_GET}。")
        return tuple(said)


def report_of(setter: FontSetter) -> FontReport:
    """The report of everything a setter has set."""
    return FontReport(
        tuple(RoleFont(r, f.family, f.weight, f.true) for r, f in sorted(setter.used.items())),
        tuple(sorted((c, f.family) for c, f in setter.rare.items())),
        tuple(setter.missing),
    )


@dataclass(frozen=True, slots=True)
class FontStatus:
    """Can PDFs be made here, and with which fonts? ``advice`` is empty when all typefaces are true ones."""

    roles: tuple[RoleFont, ...]
    advice: str

    @property
    def usable(self) -> bool:
        return bool(self.roles)


def font_status(shelf: FontShelf | None = None) -> FontStatus:
    """For ``hengjian doctor``: each role's font on this machine and what to install for the rest."""
    shelf = shelf or open_shelf()
    faces = {role: shelf.choose(role) for role in FontRole}
    found = tuple(RoleFont(r, f.family, f.weight, f.true) for r, f in faces.items() if f)
    if not found:
        return FontStatus((), f"没有可用的中文字体，不能生成 PDF；{HOW_TO_GET}。")
    stand_ins = [font.role for font in found if not font.true]
    if not stand_ins:
        return FontStatus(found, "")
    return FontStatus(
        found, f"{'、'.join(stand_ins)}用代用字体；要用正式字体，把相应字体文件放进设置的字体目录。"
    )
