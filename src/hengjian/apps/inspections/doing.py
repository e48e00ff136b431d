"""What a doing and a thing are: the act, the form that feeds it, when it is offered, where it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from hengjian.apps.inspections import forms
from hengjian.apps.org.access import Actor

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Doing:
    verb: str
    label: str
    form: type[forms.DoForm]
    run: Callable[[Actor, Any, Data], Any]
    may: Callable[[Actor, Any], bool]
    said: str = "已办理。"
    primary: bool = False
    hint: str = ""
    danger: bool = False
    leads: Callable[[Any], str] | None = None
    """Where to go on, by what the act has made; without it the page of the subject."""

    @property
    def simple(self) -> bool:
        """Nothing to fill in: one button."""
        return not self.form.base_fields


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of object with its doings; ``visible`` is the one function of visibility, ``page`` where it is shown."""

    key: str
    visible: Callable[[Actor], QuerySet[Any]]
    page: Callable[[Any], str]
    doings: tuple[Doing, ...]

    def doing(self, verb: str) -> Doing | None:
        return next((doing for doing in self.doings if doing.verb == verb), None)


def no_version(data: Data) -> Data:
    return {key: value for key, value in data.items() if key != "version"}
