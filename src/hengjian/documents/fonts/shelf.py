"""The fonts a machine has, and the choice of a face for each role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from hengjian.base.errors import HengjianError
from hengjian.documents.fonts.coverage import coverage
from hengjian.documents.fonts.roles import LATIN, RARE, RARE_ANY, WISHES, FontRole, Wish

if TYPE_CHECKING:
    from typst import Fonts

HOW_TO_GET = (
    "请安装中文字体：Debian/Ubuntu 用 apt-get install fonts-noto-cjk fonts-noto-cjk-extra fonts-lxgw-wenkai，"
    "Windows、macOS、麒麟把仿宋、黑体、楷体、小标宋装入系统，或把字体文件放进设置的字体目录"
)


@dataclass(frozen=True, slots=True)
class Face:
    """One face of one font file. ``path`` is None for faces built into the PDF compiler."""

    family: str
    weight: int
    path: str | None
    index: int
    true: bool = True

    def draws(self, character: str) -> bool:
        return ord(character) in coverage(self.path, self.index)


class FontShelf:
    """All faces found in ``paths`` and, unless ``system`` is off, in the system's font folders."""

    def __init__(self, paths: tuple[Path, ...] = (), *, system: bool = True) -> None:
        from typst import Fonts

        self.fonts: Fonts = Fonts(system, True, [str(path) for path in paths])
        self._families: dict[str, list[Face]] = {}
        for font in self.fonts.fonts():
            if font.style == "normal" and 0.9 < font.stretch < 1.1:
                face = Face(font.family, font.weight, font.path, font.index)
                self._families.setdefault(font.family.lower(), []).append(face)

    def find(self, wish: Wish) -> Face | None:
        """The face of the wished family whose weight is nearest, or None."""
        faces = self._families.get(wish.family.lower())
        if not faces:
            return None
        best = min(faces, key=lambda face: (abs(face.weight - wish.weight), face.weight, face.path or ""))
        return Face(best.family, best.weight, best.path, best.index, wish.true)

    def first(self, wishes: Iterable[Wish]) -> Face | None:
        return next((face for face in map(self.find, wishes) if face), None)

    @cached_property
    def latin(self) -> Face:
        face = self.first(LATIN)
        if face is None:  # the compiler carries one
            raise HengjianError("排版组件里没有西文字体，请重新安装 typst。")
        return face

    @cached_property
    def _any_chinese(self) -> Face | None:
        """Whatever draws everyday Chinese, when no known family is there."""
        everyday = "的一是不了人在有我他这中国法院信息"
        for _, faces in sorted(self._families.items()):
            for face in faces:
                if face.path and all(face.draws(c) for c in everyday):
                    return Face(face.family, face.weight, face.path, face.index, true=False)
        return None

    def choose(self, role: FontRole) -> Face | None:
        """The face that draws a role here; None when the machine has no Chinese font at all."""
        return self.first(WISHES[role]) or self._any_chinese

    def demand(self, role: FontRole) -> Face:
        face = self.choose(role)
        if face is None:
            raise HengjianError(f"这台机器没有可用的中文字体，不能生成 PDF；{HOW_TO_GET}。")
        return face

    def substitutes(self, role: FontRole) -> list[Face]:
        """Where characters come from that the role's own face lacks, best first."""
        found = [self.find(wish) for wish in (*RARE[role], *WISHES[role], *RARE_ANY)]
        return list(dict.fromkeys(face for face in found if face))


def installed_folder() -> tuple[Path, ...]:
    """The folder of the free fonts installed with the product; every family of the system goes before them."""
    found = find_spec("pylopdf_fonts_zh_cn")
    return (Path(found.origin).parent,) if found and found.origin else ()


@lru_cache(maxsize=8)
def open_shelf(paths: tuple[Path, ...] = (), system: bool = True) -> FontShelf:
    """The shelf for these folders, read once per process."""
    return FontShelf((*paths, *installed_folder()), system=system)
