"""Letters that came in: list, message, decision. Works without script; with it the list looks again by itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.mailroom.acts import place as acts
from hengjian.apps.mailroom.desk import queries
from hengjian.apps.mailroom.desk.forms import PlaceForm, ReasonForm, RefuseForm, UploadForm
from hengjian.apps.mailroom.intake import store
from hengjian.apps.mailroom.intake.importing import take_and_settle
from hengjian.apps.mailroom.intake.processing import letter_of
from hengjian.apps.mailroom.models import IncomingMail
from hengjian.apps.mailroom.queries import incoming_mails
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.errors import HengjianError
from hengjian.documents.mail import Reader

UPLOAD_MOST = 200 * 1024 * 1024
OPEN = (IncomingMail.State.WAITING, IncomingMail.State.HELD, IncomingMail.State.DUPLICATE)


@require_GET
@needs(Right.MAIL_MANAGE)
def queue(request: HttpRequest) -> HttpResponse:
    return _show(request)


def _show(request: HttpRequest, pk: int | None = None, **forms: Any) -> HttpResponse:
    actor = actor_of(request)
    scope = request.GET.get("scope", "")
    scope = scope if scope in queries.SCOPES else "todo"
    tabs, mark = queries.tabs(actor)
    part = request.GET.get("part") == "list"
    if part and request.GET.get("mark") == mark:
        return HttpResponse(status=204)
    rows = list(queries.in_scope(actor, scope).defer("body")[: queries.MOST])
    wanted = str(pk or request.GET.get("mail", ""))
    chosen = next((row for row in rows if str(row.pk) == wanted), None)
    if chosen is None and wanted.isdecimal():
        chosen = incoming_mails(actor).filter(pk=wanted).first()
    chosen = chosen or (rows[0] if rows else None)
    context: dict[str, Any] = {"rows": rows, "tabs": tabs, "mark": mark, "scope": scope, "chosen": chosen}
    if part:
        return render(request, "mailroom/incoming_list.html", context)
    context |= {"connection": queries.connection(actor)}
    if chosen is not None:
        context |= _pane(chosen, forms)
    bound = next((form for form in forms.values() if form.is_bound), None)
    return page(request, "mailroom/incoming.html", context, form=bound)


def _pane(mail: IncomingMail, forms: dict[str, Any]) -> dict[str, Any]:
    context: dict[str, Any] = {"mail": mail, "open": mail.state in OPEN}
    if mail.state in OPEN:
        context |= {"place_form": _place_form(mail), "refuse_form": RefuseForm(auto_id="refuse_%s")}
        context["refuse_form"].initial = {"tell": bool(mail.reply_to)}
    context["reopen_form"] = ReasonForm(auto_id="reopen_%s")
    context["destroy_form"] = ReasonForm(auto_id="destroy_%s")
    return context | forms


def _place_form(mail: IncomingMail, data: Any = None) -> PlaceForm:
    units, suggested = queries.departments(mail)
    first = mail.unit or (suggested[0] if len(suggested) == 1 else None)
    initial = {
        "near": str(first.pk) if first else None,
        "title": mail.title or mail.subject,
        "learn": bool(mail.unit_text),
    }
    near = suggested or ([mail.unit] if mail.unit else [])
    return PlaceForm(data, units=units, suggested=near, initial=initial, auto_id="place_%s")


def _mail(request: HttpRequest, pk: int) -> IncomingMail:
    return fetch(incoming_mails(actor_of(request)), pk=pk)


def _back(request: HttpRequest) -> HttpResponse:
    return redirect("mailroom:incoming")


@require_POST
@needs(Right.MAIL_MANAGE)
def place(request: HttpRequest, pk: int) -> HttpResponse:
    mail = _mail(request, pk)
    form = _place_form(mail, request.POST)
    if form.is_valid():
        with into_form(form), Reader() as reader:
            done = acts.place(
                actor_of(request),
                mail,
                unit=form.cleaned_data["unit"],
                letter=letter_of(reader, mail),
                title=form.cleaned_data["title"],
                learn=form.cleaned_data["learn"],
            )
            messages.success(request, f"已登记为 {done.item.number if done.item else ''}《{done.title}》。")
            return _back(request)
    return _show(request, pk, place_form=form)


@require_POST
@needs(Right.MAIL_MANAGE)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    mail = _mail(request, pk)
    form = RefuseForm(request.POST, auto_id="refuse_%s")
    if form.is_valid():
        with into_form(form):
            acts.refuse(
                actor_of(request), mail, reason=form.cleaned_data["reason"], tell=form.cleaned_data["tell"]
            )
            messages.success(request, "已记为不予登记，可以在“不需处理”里重新处理。")
            return _back(request)
    return _show(request, pk, refuse_form=form)


@require_POST
@needs(Right.MAIL_MANAGE)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    mail = _mail(request, pk)
    acts.reopen(actor_of(request), mail, reason=request.POST.get("reason", ""))
    messages.success(request, "已退回待处理。")
    return redirect(f"{reverse('mailroom:incoming')}?mail={pk}")


@require_POST
@needs(Right.MAIL_MANAGE)
def destroy(request: HttpRequest, pk: int) -> HttpResponse:
    mail = _mail(request, pk)
    form = ReasonForm(request.POST, auto_id="destroy_%s")
    if form.is_valid():
        with into_form(form):
            acts.destroy(actor_of(request), mail, reason=form.cleaned_data["reason"])
            messages.success(request, "原件和内容已销毁，只留摘要和记录。")
            return _back(request)
    return _show(request, pk, destroy_form=form)


@require_GET
@needs(Right.MAIL_MANAGE)
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The raw message, as a download only: nothing in it is ever shown as a page."""
    mail = _mail(request, pk)
    data = store.bytes_of(mail.raw.name or "")
    if data is None:
        raise Missing("邮件原件已经不在。")
    acts.hand_out(actor_of(request), mail)
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="mail-{mail.pk}.eml"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "POST"])
@needs(Right.MAIL_MANAGE)
def upload(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    known = {str(one.pk): one for one in queries.houses(actor)}
    names = [(pk, str(one.unit)) for pk, one in known.items()]
    if request.method == "GET":
        return page(request, "mailroom/upload.html", {"form": UploadForm(houses=names), "houses": known})
    form = UploadForm(request.POST, request.FILES, houses=names)
    results: list[tuple[str, IncomingMail, bool]] = []
    if form.is_valid():
        house = known[form.cleaned_data["house"]]
        with into_form(form):
            for file in form.cleaned_data["file"]:
                if (file.size or 0) > UPLOAD_MOST:
                    raise HengjianError(f"“{file.name}”超过 200 MB，请放进收件文件夹由后台收取。")
                found = take_and_settle(actor, house, file.read(), IncomingMail.Source.UPLOAD)
                results += [(file.name or "", mail, new) for mail, new in found]
    return page(
        request, "mailroom/upload.html", {"form": form, "results": results, "houses": known}, form=form
    )
