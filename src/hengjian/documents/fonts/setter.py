"""Choose the face for every single character of a document, and remember what was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from hengjian.documents.fonts.roles import FontRole
from hengjian.documents.fonts.shelf import Face, FontShelf
from hengjian.documents.fonts.widths import is_wide
from hengjian.documents.text import clean

GETA = "〓"  # what printers set for a sort that is missing
QUOTES = frozenset("“”‘’")  # some faces draw them narrow, as Western text wants them
_WITH_LATIN = frozenset({FontRole.FANGSONG, FontRole.KAI})


@dataclass
class FontSetter:
    """Splits text into pieces of one face each; ``used``, ``rare`` and ``missing`` feed the font report."""

    shelf: FontShelf
    used: dict[FontRole, Face] = field(default_factory=dict)
    rare: dict[str, Face] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    _substitutes: dict[tuple[FontRole, str], Face | None] = field(default_factory=dict)

    def face(self, role: FontRole) -> Face:
        """The face of a role; asking for it counts as use."""
        if role not in self.used:
            self.used[role] = self.shelf.demand(role)
        return self.used[role]

    def pieces(self, role: FontRole, text: str) -> Iterator[tuple[Face | None, str]]:
        """Pairs of (face, text): None stands for the role's own face."""
        own = self.face(role)
        chosen = ((self._pick(role, own, c), c) for c in clean(text))
        for face, group in groupby(chosen, key=lambda pair: pair[0][0]):
            yield face, "".join(drawn for (_, drawn), _ in group)

    def _pick(self, role: FontRole, own: Face, character: str) -> tuple[Face | None, str]:
        if character in QUOTES:
            return self._quote(role, own, character)
        if character in "\n\t " or own.draws(character):
            return None, character
        if role in _WITH_LATIN and self.shelf.latin.draws(character):
            return None, character
        substitute = self._substitute(role, character)
        if substitute is None:
            self.missing[character] = None
            return self._pick(role, own, GETA) if character != GETA else (None, "?")
        self.rare[character] = substitute
        return substitute, character

    def _quote(self, role: FontRole, own: Face, character: str) -> tuple[Face | None, str]:
        """Quotation marks a full square wide, from another face when need be (no rare characters, these)."""
        for face in (own, *self.shelf.substitutes(role)):
            if face.draws(character) and is_wide(face.path, face.index, character):
                return (None if face == own else face), character
        return None, character

    def _substitute(self, role: FontRole, character: str) -> Face | None:
        key = (role, character)
        if key not in self._substitutes:
            found = (f for f in self.shelf.substitutes(role) if f.draws(character))
            self._substitutes[key] = next(found, None)
        return self._substitutes[key]
