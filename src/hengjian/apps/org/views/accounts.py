"""Logins, as the security administrator sees them. A one-time password is shown once, on the page that made it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hengjian.apps.org import forms, queries
from hengjian.apps.org.acts import accounts as acts
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.org.views._form import act_page, bound
from hengjian.apps.org.views.units import form_verbs
from hengjian.apps.ui.pages import into_form, page

STATES = {
    "none": ("未开通", Q(user=None, active=True)),
    "one_time": ("一次性口令未改", Q(user__is_active=True, user__must_change_password=True)),
    "disabled": ("已停用", Q(user__is_active=False)),
    "left": ("离职未停用", Q(active=False, user__is_active=True)),
    "normal": ("正常", Q(active=True, user__is_active=True, user__must_change_password=False)),
}

# key: (heading, what follows, the act)
CLICKS: dict[str, tuple[str, str, Callable[..., object]]] = {
    "unlock": ("解除登录锁定", "立即可以再次尝试登录。", acts.unlock),
    "disable": ("停用账号", "立即退出所有登录，不能再登录；人员、任职和历史不受影响。", acts.disable),
    "enable": ("恢复账号", "可以用原来的口令登录。", acts.enable),
    "reset-second-factor": (
        "解除第二重验证",
        "手机遗失时使用；解除后只凭口令登录，请督促本人重新绑定。",
        acts.reset_second_factor,
    ),
}


@require_safe
@needs(Right.ACCOUNT_MANAGE)
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    people = queries.managed_people(actor, Right.ACCOUNT_MANAGE).annotate(
        second_factor=Exists(Authenticator.objects.filter(user=OuterRef("user")))
    )
    text, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    if text:
        people = people.filter(
            Q(name__icontains=text) | Q(staff_no__icontains=text) | Q(user__username__icontains=text)
        )
    if state in STATES:
        people = people.filter(STATES[state][1])
    found = Paginator(people.order_by("unit__position", "staff_no"), 50).get_page(request.GET.get("page"))
    context = {"page": found, "states": STATES, "state": state, "q": text}
    return render(request, "org/accounts.html", context)


def _trail() -> list[tuple[str, str]]:
    return [("账号", reverse("org:accounts"))]


@never_cache
@form_verbs
@needs(Right.ACCOUNT_MANAGE)
def create(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    person = fetch(queries.managed_people(actor, Right.ACCOUNT_MANAGE), pk=pk)
    form = bound(request, forms.AccountForm)
    return _hand_over(
        request,
        form,
        lambda data: acts.create_account(actor, person, **data),
        {"title": f"为{person.name}开通账号", "submit": "开通", "person": person},
    )


@never_cache
@form_verbs
@needs(Right.ACCOUNT_MANAGE)
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    person = fetch(queries.managed_people(actor, Right.ACCOUNT_MANAGE), pk=pk)
    return _hand_over(
        request,
        bound(request, forms.EmptyForm),
        lambda data: acts.reset_password(actor, person),
        {
            "title": f"重置{person.name}的口令", "submit": "重置", "person": person,
            "note": "将生成一次性口令，本人登录后必须先改；现有登录立即退出，登录锁定一并解除。",
        },
    )  # fmt: skip


def _hand_over(
    request: HttpRequest, form: Any, run: Callable[[dict[str, Any]], acts.Handed], context: dict[str, Any]
) -> HttpResponse:
    context |= {"form": form, "back": reverse("org:accounts"), "trail": _trail()}
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            return render(request, "org/handed.html", context | {"handed": run(form.cleaned_data)})
    return page(request, "org/form.html", context, form=form)


@form_verbs
@needs(Right.ACCOUNT_MANAGE)
def click(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    if what not in CLICKS:
        return redirect("org:accounts")
    actor = actor_of(request)
    person = fetch(queries.managed_people(actor, Right.ACCOUNT_MANAGE), pk=pk)
    word, effect, act = CLICKS[what]
    return act_page(
        request,
        bound(request, forms.EmptyForm),
        lambda data: act(actor, person),
        title=f"{word}：{person.name}",
        back=reverse("org:accounts"),
        done=f"{person.name}：已{word}。",
        submit=word,
        note=effect,
        danger=what == "disable",
        trail=_trail(),
    )
