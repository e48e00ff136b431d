"""One finding."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """``code`` is stable; ``where`` names an article (第二十六条) or a part of the pack; ``message`` is a sentence."""

    code: str
    where: str
    message: str
