"""A few line icons drawn on a 24 × 24 grid, inlined so that no request and no font is needed."""

from __future__ import annotations

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SILENT = mark_safe('aria-hidden="true"')
PATHS: dict[str, str] = {
    "menu": "M4 6h16M4 12h16M4 18h16",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20",
    "user": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20c.8-3.6 3.8-5 7.5-5s6.7 1.4 7.5 5",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "shield": "M12 3l7 3v5c0 4.5-3 8-7 10-4-2-7-5.5-7-10V6zM9 12l2 2 4-4",
    "keyboard": "M3 7h18v10H3zM7 10h.01M11 10h.01M15 10h.01M17 10h.01M8 14h8",
    "out": "M14 4H5v16h9M10 12h10M17 8.5 20.5 12 17 15.5",
    "check": "M5 12.5 10 17.5 19 7",
    "cross": "M6 6l12 12M18 6 6 18",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.5h.01",
    "warn": "M12 4 2.5 20h19zM12 10v4.5M12 17.5h.01",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.5l3.5 2",
    "inbox": "M4 13 6.5 5h11L20 13v6H4zM4 13h5l1.5 2.5h3L15 13h5",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "download": "M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14",
    "upload": "M12 16V5M7.5 9 12 4.5 16.5 9M5 20h14",
    "print": "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",
    "phone": "M6 3h3l1.5 5-2 1.5a11 11 0 0 0 6 6l1.5-2 5 1.5v3c0 1-1 2-2 2A16 16 0 0 1 4 5c0-1 1-2 2-2z",
    "mail": "M3 6h18v12H3zM3 7l9 6.5L21 7",
    "plus": "M12 5v14M5 12h14",
    "edit": "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
    "left": "M15 5l-7 7 7 7",
    "right": "M9 5l7 7-7 7",
    "down": "M5 9l7 7 7-7",
    "up": "M5 15l7-7 7 7",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
    "people": "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19c.6-3 3-4.5 6.5-4.5s5.9 1.5 6.5 4.5"
    "M16 5.5a3 3 0 0 1 0 6M18 15c2 .5 3.2 1.8 3.5 4",
    "bell": "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
    "chart": "M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6",
    "scale": "M12 4v16M7 20h10M5 7h14M5 7l-3 7a3 3 0 0 0 6 0zM19 7l-3 7a3 3 0 0 0 6 0z",
    "book": "M5 4h6c1 0 1 .5 1 1v15c0-1-1-1.5-2-1.5H5zM19 4h-6c-1 0-1 .5-1 1v15c0-1 1-1.5 2-1.5h5z",
    "link": "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1",
    "copy": "M9 9h11v11H9zM15 9V4H4v11h5",
    "undo": "M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H9",
    "filter": "M4 5h16l-6 8v6l-4-2v-4z",
}


def svg(name: str, label: str = "") -> SafeString:
    """``{% svg "clock" %}``: decoration; with a label it speaks. An unknown name is a mistake of the template."""
    return _drawn(name) if not label else _svg(name, format_html('role="img" aria-label="{}"', label))


@cache
def _drawn(name: str) -> SafeString:
    return _svg(name, SILENT)


def _svg(name: str, speak: SafeString) -> SafeString:
    return format_html('<svg class="icon" viewBox="0 0 24 24" {}><path d="{}"/></svg>', speak, PATHS[name])
