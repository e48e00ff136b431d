"""The editor: new and existing drafts, autosave, what stands beside the form."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.forms import ChoiceField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hengjian.apps.bulletins import clocks, scratch
from hengjian.apps.bulletins.acts.create import create
from hengjian.apps.bulletins.acts.edit import edit
from hengjian.apps.bulletins.checking import counted, fields_of, findings, similar
from hengjian.apps.bulletins.commissions.acts.department import link
from hengjian.apps.bulletins.commissions.queries import visible_commissions
from hengjian.apps.bulletins.compare import compare
from hengjian.apps.bulletins.drafts import PLAIN, missing
from hengjian.apps.bulletins.items.context import (
    Opened,
    no_clock,
    open_item,
    shown_clocks,
    writing_units,
)
from hengjian.apps.bulletins.items.forms import ItemForm, initial_of
from hengjian.apps.bulletins.joining import may_join
from hengjian.apps.bulletins.locking import Stale
from hengjian.apps.bulletins.models import Commission, Item, Scratch
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.bulletins.states import Verb, check
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import installation_of, pack_for
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.documents.intake.word import read_docx
from hengjian.policy import Pack


def place_of(actor: Actor, wanted: str) -> tuple[Unit, Installation]:
    """The department to write for and the regulation that governs it."""
    units = list(writing_units(actor))
    unit = next((u for u in units if str(u.pk) == wanted), units[0] if units and not wanted else None)
    if unit is None:
        raise Missing("没有这个部门，或者您不能为它起草。")
    installation = installation_of(unit)
    if installation is None:
        raise HengjianError(f"{unit}还没有启用任何制度，请管理员先启用。")
    return unit, installation


@needs(Right.ITEM_WRITE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    unit, installation = place_of(actor, request.POST.get("unit") or request.GET.get("unit", ""))
    pack = pack_for(installation, actor.at)
    kept = scratch.find(actor, request.GET.get("draft", ""))
    asked = asked_for(actor, request.GET.get("commission", ""))
    form = _form(
        request, pack, unit, installation, {**_asked(asked), **_completing(request), **_restored(kept)}
    )
    if request.method == "POST" and form.is_valid() and "check" not in request.POST:
        key = form.cleaned_data["client_key"]
        with into_form(form):
            item = create(actor, installation=installation, unit=unit, draft=form.draft(), client_key=key)
            if asked is not None:
                link(actor, asked, item)
            messages.success(request, "草稿已保存。")
            return _after(request, item)
    context = _context(actor, pack, unit, form, None)
    context["asked"] = asked
    context["units"] = writing_units(actor)
    return page(request, "bulletins/items/edit.html", context, form=form)


def asked_for(actor: Actor, wanted: str) -> Commission | None:
    """The commission the new item is written for, if the actor's department has taken it on."""
    if not wanted.isdecimal():
        return None
    row = fetch(visible_commissions(actor), pk=int(wanted))
    return row if row.state == Commission.State.ACCEPTED else None


def _completing(request: HttpRequest) -> dict[str, object]:
    """``?completes=``: the supplement of an item reported before its event."""
    wanted = request.GET.get("completes", "")
    if not wanted.isdecimal():
        return {}
    first = fetch(visible_items(actor_of(request)), pk=int(wanted))
    return {
        "title": f"{first.title[:180]}（成效）",
        "category": first.category,
        "subtype": first.subtype,
        "completes": first.pk,
    }


def _asked(asked: Commission | None) -> dict[str, object]:
    return {} if asked is None else {"title": asked.title, "category": asked.category}


@signed_in
@require_http_methods(["GET", "POST"])
def existing(request: HttpRequest, pk: int) -> HttpResponse:
    opened = open_item(request, pk)
    actor, item = opened.actor, opened.item
    actor.require(Right.ITEM_WRITE, item.unit)
    check(item, Verb.EDIT)
    kept = scratch.find(actor, _key(item))
    restoring = kept if request.GET.get("restore") else None
    initial = {**initial_of(item), **_restored(restoring)}
    form = _form(request, opened.pack, item.unit, item.installation, initial, item)
    context: dict[str, object] = {
        "kept": kept if kept and not restoring and request.method == "GET" else None
    }
    if request.method == "POST" and form.is_valid() and "check" not in request.POST:
        with into_form(form):
            try:
                item = edit(actor, item, draft=form.draft(), version=form.cleaned_data["version"])
                messages.success(request, "已保存。")
                return _after(request, item)
            except Stale as stale:
                context["clash"] = _clash(form, stale.current)
                form.data = _with_version(form, stale.current)
                raise
    context |= _context(actor, opened.pack, item.unit, form, item)
    context["also_writing"] = scratch.also_writing(actor, item)
    return page(request, "bulletins/items/edit.html", context, form=form)


@signed_in
@require_POST
def drop_kept(request: HttpRequest) -> HttpResponse:
    """Throw away what was kept by autosave."""
    scratch.drop(actor_of(request), request.POST.get("key", ""))
    messages.success(request, "已丢弃自动保存的内容。")
    return redirect("bulletins:items")


@needs(Right.ITEM_WRITE)
@require_POST
def read_word(request: HttpRequest) -> HttpResponse:
    """Take title and text out of a Word or WPS file into the form; nothing is saved before the author looks."""
    actor = actor_of(request)
    file = request.FILES.get("file")
    if file is None:
        raise HengjianError("请选择要导入的 Word 文件。")
    if (file.size or 0) > settings.ATTACHMENT_MAX_BYTES:
        raise HengjianError("文件太大，请去掉图片或拆分后再导入。")
    opened = _saved_item(request)
    if opened is not None:
        actor.require(Right.ITEM_WRITE, opened.item.unit)
        check(opened.item, Verb.EDIT)
    read = read_docx(file.read())
    values = {"title": [read.title[:200]], "body": ["\n".join(read.body)]}
    for warning in read.warnings:
        messages.warning(request, warning)
    messages.success(request, "已导入，请核对后保存。")
    if opened is not None:
        scratch.keep(actor, _key(opened.item), values, opened.item, opened.item.version)
        return redirect(reverse("bulletins:edit", args=[opened.item.pk]) + "?restore=1")
    unit, _ = place_of(actor, request.POST.get("unit", ""))
    key = uuid4().hex
    scratch.keep(actor, key, {**values, "unit": [str(unit.pk)]}, None, 0)
    return redirect(f"{reverse('bulletins:new')}?draft={key}&unit={unit.pk}")


@signed_in
@require_POST
def beside(request: HttpRequest) -> HttpResponse:
    """Called while somebody types: keeps the text, answers with counter, checks and clocks."""
    actor = actor_of(request)
    item = _saved_item(request)
    if item is None:
        unit, installation = place_of(actor, request.POST.get("unit", ""))
        pack, key = pack_for(installation, actor.at), request.POST.get("client_key", "")
    else:
        actor.require(Right.ITEM_WRITE, item.item.unit)
        unit, pack, key = item.item.unit, item.pack, _key(item.item)
    values = {name: request.POST.getlist(name) for name in ("unit", *ItemForm.base_fields)}
    version = request.POST.get("version", "")
    kept = None
    if key and request.POST.get("title", "").strip() + request.POST.get("body", "").strip():
        base = int(version) if version.isdecimal() else 0
        kept = scratch.keep(actor, key, values, item.item if item else None, base)
    context = beside_context(actor, pack, unit, request.POST.dict(), item.item if item else None)
    context |= {"kept_at": kept.saved_at if kept else None}
    if item is not None and version.isdecimal() and item.item.version != int(version):
        context["overtaken"] = item.item
    return render(request, "bulletins/items/beside.html", context)


def beside_context(
    actor: Actor, pack: Pack, unit: Unit, data: dict[str, Any], item: Item | None
) -> dict[str, object]:
    """Counter, findings and clocks of what is in the form now, saved or not."""
    typed = Item(unit=unit, title=data.get("title") or "", body=data.get("body") or "")
    typed.completes_id = item.completes_id if item else None
    for name in ("form", "category", "subtype", "importance", "grade", "outlet"):
        setattr(typed, name, data.get(name) or "")
    times = ItemForm.base_fields
    for name in ("occurred_at", "learned_at", "planned_at"):
        setattr(typed, name, _time(times[name], data.get(name)))
    day = to_local(actor.at).date()
    found = findings(pack, typed.title, typed.body, fields_of(typed), day, similar(actor, item, unit.pk))
    results = (
        clocks.clocks_of(_stand_in(item, typed), actor.at, pack)
        if item
        else clocks.preview(typed, actor.at, pack)
    )
    return {
        "counted": counted(pack, typed.body, fields_of(typed), day),
        "findings": found,
        "clocks": shown_clocks(results, actor, typed, pack),
        "both_starts": typed.occurred_at is not None and typed.learned_at is not None,
        "typed": typed,
        "missing": missing(typed, pack),
        "no_clock": no_clock(typed, pack),
    }


def _stand_in(item: Item, typed: Item) -> Item:
    """The saved item with the words and times now in the form: its facts still count."""
    for name in ("category", "subtype", "form", "occurred_at", "learned_at", "planned_at"):
        setattr(item, name, getattr(typed, name))
    return item


def _time(field: Any, value: Any) -> Any:
    try:
        return field.clean(value) if isinstance(value, str) else value
    except Exception:
        return None


def _form(
    request: HttpRequest,
    pack: Pack,
    unit: Unit,
    installation: Installation,
    initial: dict[str, Any],
    item: Item | None = None,
) -> ItemForm:
    data = request.POST if request.method == "POST" else None
    units = may_join(installation, to_local(actor_of(request).at).date(), item)
    return ItemForm(data, initial=initial, pack=pack, unit=unit, departments=units)


def _context(actor: Actor, pack: Pack, unit: Unit, form: ItemForm, item: Item | None) -> dict[str, object]:
    data = form.data.dict() if hasattr(form.data, "dict") else dict(form.data)
    shown = data if form.is_bound else {"category": _first_category(form), **form.initial}
    found = beside_context(actor, pack, unit, shown, item)
    if item is not None:
        item.refresh_from_db()
    return {"form": form, "item": item, "unit": unit, "pack": pack, **found}


def _first_category(form: ItemForm) -> str:
    """What stands chosen in a form nobody has touched."""
    choices = cast(ChoiceField, form.fields["category"]).choices
    return next((str(key) for key, _ in cast("list[tuple[str, str]]", choices) if key), "")


def _after(request: HttpRequest, item: Item) -> HttpResponse:
    if "submit" in request.POST:
        return redirect("bulletins:do", pk=item.pk, verb="submit")
    if "stay" in request.POST:
        return redirect("bulletins:edit", pk=item.pk)
    return redirect("bulletins:item", pk=item.pk)


def _key(item: Item) -> str:
    return f"item-{item.pk}"


def _saved_item(request: HttpRequest) -> Opened | None:
    pk = request.POST.get("item", "")
    return open_item(request, int(pk)) if pk.isdecimal() and len(pk) < 12 else None


def _restored(kept: Scratch | None) -> dict[str, Any]:
    if kept is None:
        return {}
    values = {name: v if name == "partners" else (v[0] if v else "") for name, v in kept.values.items()}
    for name in ("occurred_at", "learned_at", "planned_at"):
        if name in values:
            values[name] = _time(ItemForm.base_fields[name], values[name] or None)
    if "occurred_exact" in values:
        values["occurred_exact"] = bool(values["occurred_exact"])
    if kept.item_id is not None:
        values["version"] = kept.base_version
    else:
        values["client_key"] = kept.key
    return values


def _clash(form: ItemForm, current: Item) -> dict[str, object]:
    """What stands now beside what was typed."""
    draft = form.draft()
    differing = [n for n in PLAIN if n not in ("title", "body") and getattr(draft, n) != getattr(current, n)]
    named = {n: ItemForm.base_fields[n].label for n in differing if n in ItemForm.base_fields}
    return {
        "current": current,
        "title": compare(current.title, draft.title),
        "rows": compare(current.body, draft.body),
        "fields": list(named.values()),
    }


def _with_version(form: ItemForm, current: Item) -> Any:
    """Saving again now overwrites knowingly."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["version"] = str(current.version)
    return data
