"""One item: its text, where it stands, what the reader may do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.ui.pages import page


@signed_in
def item(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(visible_items(actor_of(request)), pk=pk)
    return page(request, "bulletins/items/item.html", {"item": found})
