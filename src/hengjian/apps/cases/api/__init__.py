"""Operations on case data; the same acts, rights and errors as the pages."""

from __future__ import annotations

from ninja import Router

from hengjian.apps.cases.api import findings, handling, rules, sendings, uploads

router = Router(tags=["cases"])
for part in (uploads, sendings, findings, handling, rules):
    router.add_router("", part.router)
