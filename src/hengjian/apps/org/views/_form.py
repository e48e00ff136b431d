"""One page for every act that is a form: show it, call the act, say what was done, go back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hengjian.apps.ui.pages import into_form, page

Run = Callable[[dict[str, Any]], object]


def act_page(
    request: HttpRequest,
    form: forms.Form,
    run: Run,
    *,
    title: str,
    back: str,
    done: str,
    submit: str = "保存",
    note: str = "",
    danger: bool = False,
    trail: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    """``run`` gets the cleaned data and calls the act; a refusal stands on top of the form (422)."""
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            run(form.cleaned_data)
            messages.success(request, done)
            return redirect(back)
    context = {
        "form": form, "title": title, "back": back, "submit": submit,
        "note": note, "danger": danger, "trail": trail or [],
    }  # fmt: skip
    return page(request, "org/form.html", context, form=form)


def bound(request: HttpRequest, form_class: Callable[..., forms.Form], **kwargs: Any) -> forms.Form:
    """The form with what was sent, or empty."""
    return form_class(request.POST if request.method == "POST" else None, **kwargs)
