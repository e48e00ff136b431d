"""Where a published figure is used: releases, copies that left, and what other apps say (notices, indicators)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from hengjian.apps.org.access import Actor
from hengjian.apps.releases.models import Figure, HandOut
from hengjian.apps.releases.queries import visible_handouts, visible_releases


@dataclass(frozen=True, slots=True)
class Use:
    kind: str
    title: str
    url: str = ""


Provider = Callable[[Actor, Figure], Iterable[Use]]
_providers: list[Provider] = []


def add(provider: Provider) -> None:
    """Called in ``AppConfig.ready()``: an app that prints figures says where a given one stands."""
    _providers.append(provider)


def of(actor: Actor, figure: Figure) -> list[Use]:
    """Everything the actor may see of it, each once: what cites a figure may also say it in words."""
    found = (use for provider in (_releases, _copies, *_providers) for use in provider(actor, figure))
    return list(dict.fromkeys(found))


def _releases(actor: Actor, figure: Figure) -> Iterable[Use]:
    found = visible_releases(actor).filter(cells__figure=figure).distinct()
    return [Use("发布", row.title, reverse("releases:release", args=[row.pk])) for row in found]


def _copies(actor: Actor, figure: Figure) -> Iterable[Use]:
    found: Iterable[HandOut] = visible_handouts(actor).filter(release__cells__figure=figure).distinct()
    return [Use("发出的文件", f"{row.code}（{row.office} {row.name}）") for row in found]
