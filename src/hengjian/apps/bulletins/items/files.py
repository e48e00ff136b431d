"""Attachments: upload, hand out, remove. Every hand-out asks again whether the item may be read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from hengjian.apps.bulletins.acts import attach as acts
from hengjian.apps.bulletins.items.context import open_item
from hengjian.apps.bulletins.models import Attachment
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.ui.files import hand_out as hand_out_file
from hengjian.base.errors import HengjianError


@signed_in
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    opened = open_item(request, pk)
    files = request.FILES.getlist("file")
    if not files:
        raise HengjianError("请选择要上传的文件。")
    for file in files:
        acts.attach(opened.actor, opened.item, name=file.name or "", content=file)
    messages.success(request, f"已添加 {len(files)} 个附件。")
    return redirect("bulletins:item", pk=pk)


def _visible(request: HttpRequest, pk: int) -> Attachment:
    readable = visible_items(actor_of(request))
    return fetch(Attachment.objects.filter(item__in=readable).select_related("item__unit"), pk=pk)


@signed_in  # type: ignore[arg-type]
@require_GET
def hand_out(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _visible(request, pk)
    acts.download(actor_of(request), found)
    return hand_out_file(
        found.file, name=found.name, media_type=found.media_type, lost="附件的文件已经不在，请与管理员联系。"
    )


@signed_in
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    acts.remove(actor_of(request), found)
    messages.success(request, f"已删除附件“{found.name}”。")
    return redirect("bulletins:item", pk=found.item_id)
