from __future__ import annotations

import gzip
import re
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static" / "ui"


def packed(*names: str) -> int:
    return len(gzip.compress(b"".join((STATIC / name).read_bytes() for name in names)))


def test_styles_and_scripts_stay_small() -> None:
    assert packed("tokens.css", "hengjian.css") <= 15 * 1024
    assert packed("keyboard.js") <= 20 * 1024  # htmx 2 takes the rest of the 40


def luminance(colour: str) -> float:
    text = colour.lstrip("#")
    text = "".join(c * 2 for c in text) if len(text) == 3 else text
    parts = [int(text[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_pairs_of_text_and_ground_hold_the_contrast_of_wcag_aa() -> None:
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", (STATIC / "tokens.css").read_text()))
    pairs = [("text", "ground"), ("text-soft", "ground"), ("text-faint", "ground"), ("text-faint", "surface-soft"),
             ("brand", "ground"), ("brand-strong", "brand-soft"), ("green", "green-soft"), ("orange", "orange-soft"),
             ("red", "red-soft"), ("red", "ground"), ("purple", "purple-soft"), ("bar-text", "bar"), ("bar-soft", "bar"),
             ("text-soft", "grey-soft"), ("surface", "brand"), ("surface", "seal"), ("line-strong", "surface")]  # fmt: skip
    for text, ground in pairs:
        light, dark = sorted((luminance(tokens[text]), luminance(tokens[ground])), reverse=True)
        needed = 3 if text == "line-strong" else 4.5
        assert (light + 0.05) / (dark + 0.05) >= needed, (text, ground)
