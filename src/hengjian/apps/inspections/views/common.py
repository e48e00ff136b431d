"""What the pages share."""

from __future__ import annotations

from django.http import HttpRequest

from hengjian.apps.inspections import words
from hengjian.apps.inspections.models import Inspection
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.regs.models import Installation
from hengjian.policy import Pack


def place(request: HttpRequest) -> tuple[Actor, Installation]:
    """The actor and the regulation about inspections over him; 404 where none governs."""
    actor = actor_of(request)
    installation = words.installation_for(actor)
    if installation is None:
        raise Missing("您所在的单位没有启用监督检查的制度。")
    return actor, installation


def pack_of(inspection: Inspection, actor: Actor) -> Pack:
    return words.pack_for_inspection(inspection, actor.at)
