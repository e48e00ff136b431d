"""API operations of this app; each calls an act or a query."""

from __future__ import annotations

from ninja import Router

from hengjian.apps.bulletins.commissions.api import router as commissions
from hengjian.apps.bulletins.desk.api import router as desk
from hengjian.apps.bulletins.items.api import router as items
from hengjian.apps.bulletins.outward.api import router as outward

router = Router(tags=["bulletins"])
for part in (items, commissions, outward, desk):
    router.add_router("", part)
