"""What the pages of this app share."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from hengjian.apps.indicators.who import Scene, scene_of
from hengjian.apps.org.access import Missing
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.points.views.common import TYPES
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.policy.clauses.measure import Measure


def place(request: HttpRequest) -> Scene:
    """The scene of the one who asks; 404 for those whom no pack with indicators governs."""
    scene = scene_of(actor_of(request))
    if scene is None:
        raise Missing("您所在的单位没有启用指标考核制度。")
    return scene


def period_of(text: str, default: Period) -> Period:
    """The period asked for; the default when nothing was, 404 for nonsense."""
    if not text:
        return default
    try:
        return Period.parse(text)
    except HengjianError:
        raise Missing("没有这个期间。") from None


def measure_or_404(scene: Scene, key: str) -> Measure:
    found = scene.by_key.get(key)
    if found is None:
        raise Missing("没有这个指标。")
    return found


def download(data: bytes, name: str, suffix: str) -> HttpResponse:
    response = HttpResponse(data, content_type=TYPES.get(suffix, "text/csv; charset=utf-8"))
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{suffix}") or "attachment"
    return response


def kept(file: FieldFile, name: str) -> HttpResponse:
    """A file somebody handed in, to be saved and not shown: what is in it runs nowhere."""
    with file.open("rb") as there:
        response = HttpResponse(there.read(), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
