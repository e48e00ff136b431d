"""The HTTP API: the same acts, rights and errors as the pages. OpenAPI at /api/openapi.json."""

from __future__ import annotations

from importlib import import_module

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import django_auth

from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError

ROUTERS = ("bulletins", "points", "org", "regs", "duties", "audit", "approvals", "matters", "indicators")

api = NinjaAPI(title="衡鉴", version="1", auth=django_auth, docs_url=None, openapi_url="openapi.json")

for _app in ROUTERS:
    api.add_router(f"/{_app}/", import_module(f"hengjian.apps.{_app}.api").router)


def _answer(
    request: HttpRequest, status: int, code: str, message: str, article: str | None = None, where: str = ""
) -> HttpResponse:
    body = {"error": {"code": code, "message": message, "article": article, "where": where or None}}
    return api.create_response(request, body, status=status)


@api.exception_handler(Denied)
def _denied(request: HttpRequest, error: Denied) -> HttpResponse:
    return _answer(request, 403, "denied", error.message)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return _answer(request, 404, "missing", "没有这个对象，或者您无权查看。")


@api.exception_handler(HengjianError)
def _refused(request: HttpRequest, error: HengjianError) -> HttpResponse:
    code = getattr(error, "code", "refused")
    status = 409 if code == "stale" else 422
    return _answer(request, status, code, error.message, error.article, str(error.where or ""))
