"""One colour for one meaning: blue under way, orange waits for somebody, red wrong or late, green done, grey at rest."""

from __future__ import annotations

COLOURS: dict[str, tuple[str, ...]] = {
    "blue": ("filed", "submitted", "received", "composing", "info", "accepted", "current", "routine",
             "underway", "reported", "read", "routed", "minuted"),
    "orange": (
        "in_review", "open", "waiting", "proposed", "soon", "prepared", "pending", "internal", "held", "planned",
        "appeal", "assigned", "declined", "ordered", "replying", "reporting", "handed", "partly", "answered", "new", "due",
    ),
    "red": (
        "returned", "overdue", "failed", "rejected", "emergency", "confirmed", "late", "false", "vacant", "error", "denied",
        "refused", "unsigned",
    ),
    "green": (
        "approved", "adopted", "issued", "published", "sent", "upheld", "done", "met", "ok", "signed", "on_duty", "public",
        "full", "replied", "decided",
    ),
    "purple": ("restricted", "sensitive", "restatement", "superseded", "special", "instructed"),
}  # fmt: skip
_BY_KEY = {key: colour for colour, keys in COLOURS.items() for key in keys}


def colour_of(key: str) -> str:
    """Grey ("") for what is at rest or unknown: draft, shelved, closed, cancelled."""
    return _BY_KEY.get(key, "")
