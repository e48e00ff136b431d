"""What an act refuses becomes a page that says why and what to do: 403 for a missing right, 409 for the rest.

An address that only takes forms says so too: a reload, or signing in again after a session ran out, opens it with GET.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from hengjian.apps.org.access import Denied
from hengjian.apps.ui.troubles import GARBLED, Trouble, trouble_of
from hengjian.base.errors import HengjianError

Answer = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """Forms show the refusal themselves; this catches what a view let through. The API has its own handlers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path:
            return _in_trouble(request, GARBLED)
        answer = self.get_response(request)
        if isinstance(answer, HttpResponseNotAllowed) and not answer.content and request.accepts("text/html"):
            return _only_sent(request, answer)
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, HengjianError):
            trouble = trouble_of(exception)
            return _in_trouble(request, trouble) if trouble else None
        denied = isinstance(exception, Denied)
        context = {
            "heading": "没有这项权限" if denied else "没有办成",
            "refused": exception.message,
            "article": exception.article,
            "back": _back(request),
        }
        answer = render(request, "ui/refused.html", context, status=403 if denied else 409)
        answer["HX-Retarget"] = "body"
        return answer


def _only_sent(request: HttpRequest, answer: HttpResponseNotAllowed) -> HttpResponse:
    page = render(request, "405.html", status=answer.status_code)
    page["Allow"] = answer["Allow"]
    return page


def _in_trouble(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    context = {"heading": "没有办成", "refused": trouble.message, "back": _back(request)}
    answer = render(request, "ui/refused.html", context, status=trouble.status)
    answer["HX-Retarget"] = "body"
    if trouble.retry_after:
        answer["Retry-After"] = str(trouble.retry_after)
    return answer


def _back(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    return referer if url_has_allowed_host_and_scheme(referer, {request.get_host()}) else ""
