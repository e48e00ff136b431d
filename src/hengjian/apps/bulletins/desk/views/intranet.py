"""The intranet column."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from hengjian.apps.bulletins.desk import queries
from hengjian.apps.bulletins.desk.acts.intranet import post_to_intranet, take_down
from hengjian.apps.bulletins.desk.post_rows import listed, post_rows
from hengjian.apps.bulletins.models import IntranetPost
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import page
from hengjian.apps.ui.paging import SHORT_CAP, CappedPaginator
from hengjian.base.errors import HengjianError


@signed_in
@require_GET
def column(request: HttpRequest) -> HttpResponse:
    posts = queries.visible_posts(actor_of(request)).order_by("-posted_at", "-id")
    text = request.GET.get("q", "").strip()
    if text:
        posts = posts.filter(revision__title__icontains=text) | posts.filter(revision__body__icontains=text)
    pages = CappedPaginator(posts, 30)
    pages.cap = SHORT_CAP
    shown = pages.get_page(request.GET.get("page"))
    rows = post_rows(listed(cast(QuerySet[IntranetPost], shown.object_list)))
    context = {
        "page": shown,
        "rows": rows,
        "q": text,
        "cap": pages.cap if pages.capped else 0,
    }
    return page(request, "bulletins/desk/column.html", context)


@signed_in
@require_GET
def article(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    post = fetch(queries.visible_posts(actor), pk=pk)
    context = {
        "post": post,
        "paragraphs": [line.strip() for line in post.revision.body.splitlines() if line.strip()],
        "can_take_down": actor.has(Right.ITEM_EDIT, post.item.installation.unit_id),
    }
    return page(request, "bulletins/desk/article.html", context)


@needs(Right.ITEM_EDIT)
@require_POST
def post(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    item = fetch(visible_items(actor), pk=pk)
    try:
        found = post_to_intranet(actor, item)
    except HengjianError as error:
        messages.error(request, error.message)
        return redirect("bulletins:facts_of", pk=pk)
    messages.success(request, f"《{item.title}》已在内网刊发。")
    return redirect("bulletins:article", pk=found.pk)


@needs(Right.ITEM_EDIT)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(queries.visible_posts(actor), pk=pk)
    try:
        take_down(actor, found, reason=request.POST.get("reason", ""))
        messages.success(request, "已从内网撤下，理由已存档。")
    except HengjianError as error:
        messages.error(request, error.message)
        return redirect("bulletins:article", pk=pk)
    return redirect("bulletins:column")
