"""API operations of this app; each calls an act or a query."""

from __future__ import annotations

from ninja import Router

from hengjian.apps.bulletins.items.api import router as items

router = Router(tags=["bulletins"])
router.add_router("", items)
