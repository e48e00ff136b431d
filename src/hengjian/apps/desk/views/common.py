"""What the pages of the desk share."""

from __future__ import annotations

from django.http import HttpRequest

from hengjian.apps.desk.queries import has_desk
from hengjian.apps.indicators.views.common import download, kept, place
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Missing

__all__ = ["desk", "download", "kept"]


def desk(request: HttpRequest) -> Scene:
    """The scene of the one who asks; 404 where no pack with a problem desk governs."""
    scene = place(request)
    if not has_desk(scene):
        raise Missing("您所在的单位没有启用问题办理。")
    return scene
