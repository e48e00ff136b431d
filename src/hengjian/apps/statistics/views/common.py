"""What the pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from hengjian.apps.bulletins import words
from hengjian.apps.org.access import Missing
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.statistics.place import store
from hengjian.apps.statistics.scope import Scene, scene_of
from hengjian.apps.statistics.tables import cards_in_use, last_span
from hengjian.base.errors import HengjianError
from hengjian.statistics.model import Card
from hengjian.statistics.spans import Span
from hengjian.statistics.tally import Data

VERSIONS = 30
WAYS = ("full", "sample", "key")


def place(request: HttpRequest) -> Scene:
    """The scene of the one who asks; 404 where no case data is governed."""
    return scene_of(actor_of(request), request.GET.get("dataset", ""))


def span_of(scene: Scene, text: str) -> Span:
    """The span asked for, else the last month; 404 for nonsense."""
    if not text:
        return last_span(scene)
    try:
        return Span.parse(text)
    except HengjianError:
        raise Missing("没有这个期间。") from None


def asked_span(scene: Scene, text: str) -> tuple[Span, str]:
    """The span asked for; for what is none the last month, and a sentence that says how to write one."""
    try:
        return (Span.parse(text) if text else last_span(scene)), ""
    except HengjianError as error:
        last = last_span(scene)
        return last, f"{error.message}下面是{last.label}的。"


def data_of(scene: Scene, text: str) -> Data | None:
    """The data at the version asked for; None while there is none at all."""
    if not scene.place.dataset.version:
        return None
    try:
        return scene.place.data(int(text) if text.isdecimal() else None)
    except HengjianError:
        raise Missing("没有这一版数据。") from None


def versions_of(scene: Scene) -> list[tuple[str, str]]:
    """The latest versions, newest first, with when and why."""
    dataset = scene.place.dataset
    if not dataset.version:
        return []
    found = [v for v in store().versions(dataset.name) if v.number <= dataset.version]
    return [
        (str(v.number), f"{v.number}（{v.at:%Y-%m-%d %H:%M} {v.message[:20]}）" if v.at else str(v.number))
        for v in reversed(found[-VERSIONS:])
    ]


def ways(scene: Scene, *, surveys: bool) -> list[tuple[str, str]]:
    """The pack's words for kinds of surveys, or for kinds of analyses."""
    pack = pack_for(scene.installation, scene.actor.at)
    return [(t.key, t.label) for t in words.terms(pack, "survey") if (t.key in WAYS) == surveys]


def card_choices(scene: Scene, *, counted: bool = False) -> list[tuple[str, str]]:
    found = cards_in_use(scene, last_span(scene))
    return [(card.key, card.title) for card in found if not (counted and card.divided)]


def court_choices(scene: Scene) -> list[tuple[str, str]]:
    return [(code, scene.place.name(code)) for code in scene.codes]


def in_use(scene: Scene, span: Span) -> list[Card]:
    return cards_in_use(scene, span)


def said(request: HttpRequest, run: Callable[[], Any], done: str) -> None:
    """Do it and say so, or say why not."""
    try:
        run()
        messages.success(request, done)
    except HengjianError as error:
        messages.error(request, error.message)
