from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hengjian.apps.mailroom.acts.outcome import drop, retry, send_test
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.mailroom.queries import managed_mails, numbers_of, own_mails
from hengjian.apps.mailroom.rows import listed, rows
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.paging import CappedPaginator, number_words

PER_PAGE = 50


class MailQuery(forms.Form):
    q = forms.CharField(
        label="关键词", required=False, widget=forms.TextInput(attrs={"placeholder": "收件人、主题"})
    )
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *OutgoingMail.State.choices]
    )


@require_GET
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    page = Paginator(own_mails(actor_of(request)), 20).get_page(request.GET.get("page"))
    return render(request, "mailroom/mine.html", {"page": page})


@require_GET
@needs(Right.MAIL_MANAGE)
def mails(request: HttpRequest) -> HttpResponse:
    found = managed_mails(actor_of(request))
    numbers = numbers_of(found)
    form = MailQuery(request.GET or None)
    if form.is_valid():
        if text := form.cleaned_data["q"]:
            found = found.filter(
                Q(subject__icontains=text) | Q(person__name__icontains=text) | Q(address__icontains=text)
            )
        if state := form.cleaned_data["state"]:
            found = found.filter(state=state)
    pages = CappedPaginator(listed(found), PER_PAGE)
    if not (form.is_valid() and form.cleaned_data["q"]):
        state = form.cleaned_data["state"] if form.is_valid() else ""
        pages.known = numbers[state] if state else sum(numbers.values())
    page = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": rows(page, get_token(request)),
        "cap": pages.cap if pages.capped else 0,
        "numbers": [
            (value, label, number_words(numbers[value])) for value, label in OutgoingMail.State.choices
        ],
        "on": settings.MAIL_OUT,
        "server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "sender": settings.DEFAULT_FROM_EMAIL,
        "quiet": f"{settings.QUIET_FROM}—{settings.QUIET_UNTIL}",
        "digest_at": settings.DIGEST_AT,
    }
    return render(request, "mailroom/mails.html", context)


@require_POST
@needs(Right.MAIL_MANAGE)
def change(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    actor = actor_of(request)
    mail = fetch(managed_mails(actor), pk=pk)
    if verb == "retry":
        retry(actor, mail)
        messages.success(request, f"已排队重发给{mail.recipient}。")
    else:
        drop(actor, mail)
        messages.success(request, "不再发送；收件人仍可在站内查看。")
    return redirect("mailroom:mails")


@require_POST
@needs(Right.MAIL_MANAGE)
def test(request: HttpRequest) -> HttpResponse:
    send_test(actor_of(request))
    messages.success(request, "测试邮件已排队，一分钟内发出。")
    return redirect("mailroom:mails")
