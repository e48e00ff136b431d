"""Shared by thin views: turn a refusal of the domain into a form with an error summary (422)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hengjian.apps.org.access import Denied
from hengjian.apps.ui.parts.basis import article_label
from hengjian.base.errors import HengjianError


@contextmanager
def into_form(form: BaseForm) -> Iterator[None]:
    """Catch a domain error raised by an act and put it on top of ``form``; rights are not caught."""
    try:
        yield
    except Denied:
        raise
    except HengjianError as error:
        form.add_error(
            None, error.message + (f"（依据{article_label(error.article)}）" if error.article else "")
        )


def page(
    request: HttpRequest, template: str, context: Mapping[str, object], *, form: BaseForm | None = None
) -> HttpResponse:
    """Render; a bound form with errors answers 422."""
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, template, context, status=status)
