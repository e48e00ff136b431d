"""One finding."""

from __future__ import annotations

from dataclasses import dataclass

COUNTED = frozenset(
    {
        "total-mismatch",
        "serial-missing",
        "listed-twice",
        "quota-conflict",
        "length-range",
        "no-score",
        "no-quota",
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """``code`` is stable; ``where`` names an article (第二十六条) or a part of the pack; ``message`` is a sentence."""

    code: str
    where: str
    message: str

    @property
    def kind(self) -> str:
        """How a drafter reads it: a slip of the numbers and tables, or words that want saying."""
        return "数字和表对不上" if self.code in COUNTED else "需要写明或者澄清"
