"""The description of the API is compiled once, and says of every prefix what belongs to it."""

from __future__ import annotations

from ninja.openapi import get_schema

from hengjian.web.api import api


def test_the_second_answer_is_the_first_and_as_compiled_anew() -> None:
    first = api.get_openapi_schema()
    assert api.get_openapi_schema(path_params={}) is first
    assert first == get_schema(api=api, path_prefix="/api/")


def test_each_prefix_has_its_own_description() -> None:
    elsewhere = api.get_openapi_schema(path_prefix="/elsewhere/")
    assert all(path.startswith("/elsewhere/") for path in elsewhere["paths"])
    assert all(path.startswith("/api/") for path in api.get_openapi_schema()["paths"])
