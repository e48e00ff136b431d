"""Search over everything, the shortcut switch, and the page that shows every part of the interface."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hengjian.apps.org.gates import signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.ui import search, showcase
from hengjian.apps.ui.acts.shortcuts import switch_shortcuts
from hengjian.apps.ui.nav import entries_for


@require_GET
@signed_in
def search_page(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    groups = search.search(actor_of(request), text)
    return render(request, "ui/search.html", {"text": text, "groups": groups, "most": search.MOST})


@require_http_methods(["GET", "POST"])
@signed_in
def keys(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if request.method == "POST":
        on = request.POST.get("on") == "1"
        switch_shortcuts(actor, on=on)
        messages.success(request, "已启用快捷键。" if on else "已关闭快捷键。")
        return redirect("ui:keys")
    places = [entry for entry in entries_for(actor) if entry.key]
    return render(request, "ui/keys.html", {"places": places})


@require_GET
@signed_in
def patterns(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/patterns.html", showcase.context(request))
