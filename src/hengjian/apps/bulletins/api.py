"""API operations of this app; each calls an act or a query."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["bulletins"])
