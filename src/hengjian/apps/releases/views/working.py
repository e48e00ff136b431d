"""Tables of the statistics office as files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.releases.acts.handouts import copy_working
from hengjian.apps.releases.forms import WorkingForm
from hengjian.apps.releases.views.common import download
from hengjian.apps.releases.working import house_of_scene, sheet_of_table
from hengjian.apps.statistics.scope import scene_of
from hengjian.base.errors import HengjianError
from hengjian.statistics.spans import Span


@require_POST
@needs(Right.STATS_READ)
def table_copy(request: HttpRequest) -> HttpResponse:
    """The table of the page as the page shows it now."""
    form = WorkingForm(request.POST)
    if not form.is_valid():
        raise Missing("没有这样的报表，请回到统计报表重新导出。")
    asked = form.cleaned_data
    scene = scene_of(actor_of(request))
    try:
        span, data = Span.parse(asked["period"]), scene.place.data(asked["version"])
    except HengjianError as error:
        raise Missing(error.message) from None
    sheet = sheet_of_table(scene, data, span, by_kind=asked["kinds"])
    return download(
        *copy_working(scene.actor, sheet, house_of_scene(scene), form=asked["form"], purpose=asked["purpose"])
    )
