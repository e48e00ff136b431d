"""What reached which prescribed box: signed for, sent on, proved by a receipt; and the register of the boxes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.bulletins import boxes, words
from hengjian.apps.bulletins.acts.receipt import send_on, set_box
from hengjian.apps.bulletins.acts.receipt import sign as sign_for
from hengjian.apps.bulletins.items.context import open_item
from hengjian.apps.bulletins.models import Box, Delivery
from hengjian.apps.bulletins.proof import receipt_of
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.errors import HengjianError
from hengjian.documents import render_pdf
from hengjian.policy import Pack


class BoxForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label="收件处室")
    address = forms.EmailField(label="邮箱地址", required=False)
    phone = forms.CharField(label="电话", required=False, max_length=40)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


@signed_in
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    rows = Delivery.objects.filter(item__in=visible_items(actor)).select_related("item__unit")
    found = fetch(rows, pk=pk)
    sign_for(actor, found)
    messages.success(request, "已签收这一份。")
    return redirect("bulletins:item", pk=found.item_id)


@signed_in
@require_POST
def forward(request: HttpRequest, pk: int) -> HttpResponse:
    opened = open_item(request, pk)
    try:
        send_on(opened.actor, opened.item, box=request.POST.get("box", ""))
        messages.success(request, "已补发。")
    except HengjianError as error:
        messages.error(request, error.message)
    return redirect("bulletins:item", pk=pk)


@signed_in
@require_GET
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt as a PDF: which box, when, what (digest), who signed."""
    opened = open_item(request, pk)
    data = render_pdf(receipt_of(opened.item, opened.pack)).data
    response = HttpResponse(data, content_type="application/pdf")
    name = f"报送回执{opened.item.number}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@needs(Right.REGISTER_MANAGE)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, pk: int, key: str = "") -> HttpResponse:
    """Which office reads which box; addresses and telephones live here, never in a pack."""
    actor = actor_of(request)
    managed = Installation.objects.filter(unit__in=actor.units(Right.REGISTER_MANAGE))
    installation = fetch(managed.select_related("unit"), pk=pk)
    pack = pack_for(installation, actor.at)
    units = installation.unit.descendants(include_self=True).order_by("position", "pk")
    found = {box.key: box for box in Box.objects.filter(installation=installation)}
    form = None
    if key and words.find(pack, boxes.VOCABULARY, key):
        form = _form(request, found.get(key), units)
        if form.is_valid():
            with into_form(form):
                set_box(actor, installation, key=key, **form.cleaned_data)
                messages.success(request, "已登记。")
                return redirect("bulletins:boxes", pk)
    rows = [(term, found.get(term.key)) for term in boxes.channels(pack) if term.attrs.get("counts")]
    context: dict[str, object] = {
        "installation": installation,
        "rows": rows,
        "key": key,
        "form": form,
        "label": words.label(pack, boxes.VOCABULARY, key),
    }
    return page(request, "bulletins/items/boxes.html", context, form=form)


def _form(request: HttpRequest, box: Box | None, units: Any) -> BoxForm:
    data = request.POST if request.method == "POST" else None
    known = {"unit": box.unit_id, "address": box.address, "phone": box.phone} if box else {}
    return BoxForm(data, units=units, initial=known)


def shown(actor: Actor, item: Any, pack: Pack) -> list[dict[str, object]]:
    """The copies as the page of an item lists them, with what the actor may do."""
    office = actor.has_any((Right.ITEM_EDIT, Right.EMERGENCY_RECEIVE), item.unit_id)
    sends = actor.has_any((Right.ITEM_FILE, Right.ITEM_EDIT), item.unit_id)
    return [
        {
            "copy": copy,
            "signs": office
            and not copy.missing
            and copy.delivery is not None
            and copy.delivery.signed_at is None,
            "sends": sends and copy.missing,
        }
        for copy in boxes.copies(item, pack)
    ]
