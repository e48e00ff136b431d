"""The HTTP API: the same acts, rights and errors as the pages. OpenAPI at /api/openapi.json."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import django_auth

from hengjian.apps.org.access import Denied
from hengjian.apps.org.gates import signed_in
from hengjian.apps.ui.troubles import trouble_of
from hengjian.base.errors import HengjianError

ROUTERS = (
    "bulletins",
    "points",
    "org",
    "regs",
    "duties",
    "audit",
    "approvals",
    "cases",
    "matters",
    "indicators",
    "desk",
    "releases",
    "inspections",
    "papers",
    "statistics",
    "mailroom",
)


def _for_readers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The description of the API is for people with an account, to read."""
    return signed_in(require_GET(view))


class DescribedOnce(NinjaAPI):
    """Its description is compiled once a process (0.4 s of CPU): all routers are added when this module is read."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        described: dict[str, OpenAPISchema] = vars(self).setdefault("_described", {})
        if prefix not in described:
            described[prefix] = super().get_openapi_schema(path_prefix=prefix)
        return described[prefix]


api = DescribedOnce(
    title="衡鉴",
    version="1",
    auth=django_auth,
    docs_url=None,
    openapi_url="openapi.json",
    docs_decorator=_for_readers,
)

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


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A body or parameter that is not as the schema says: every fault, by name."""
    faults = [f"{'.'.join(str(part) for part in one['loc'])}：{one['msg']}" for one in error.errors]
    places = "；".join(".".join(str(part) for part in one["loc"]) for one in error.errors)
    return _answer(request, 422, "invalid", f"请求的内容与接口说明不符：{'；'.join(faults)}。", where=places)


@api.exception_handler(DataError)
@api.exception_handler(OperationalError)
@api.exception_handler(ValueError)
def _in_trouble(request: HttpRequest, error: Exception) -> HttpResponse:
    trouble = trouble_of(error)
    if trouble is None:
        raise error
    answer = _answer(request, trouble.status, trouble.code, trouble.message)
    if trouble.retry_after:
        answer["Retry-After"] = str(trouble.retry_after)
    return answer


@api.exception_handler(HengjianError)
def _refused(request: HttpRequest, error: HengjianError) -> HttpResponse:
    code = getattr(error, "code", "refused")
    status = 409 if code == "stale" else 422
    return _answer(request, status, code, error.message, error.article, str(error.where or ""))
