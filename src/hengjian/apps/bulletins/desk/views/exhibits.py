"""Papers of a case about a fault: laid down on its page, handed out to those who see the case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from hengjian.apps.bulletins.desk.acts.exhibit import add_exhibit, read_exhibit, require_party
from hengjian.apps.bulletins.desk.queries import visible_faults
from hengjian.apps.bulletins.desk.views.faults import SEE
from hengjian.apps.bulletins.models import Exhibit
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.ui.files import hand_out as hand_out_file
from hengjian.base.errors import HengjianError


@SEE
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    case = fetch(visible_faults(actor), pk=pk)
    require_party(actor, case)
    files = request.FILES.getlist("file")
    try:
        if not files:
            raise HengjianError("请选择要提交的材料。")
        for file in files:
            add_exhibit(actor, case, name=file.name or "", content=file)
        messages.success(request, f"已提交 {len(files)} 份材料。")
    except HengjianError as error:
        messages.error(request, error.message)
    return redirect("bulletins:fault", pk=pk)


@SEE  # type: ignore[arg-type]
@require_GET
def hand_out(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    readable = Exhibit.objects.filter(case__in=visible_faults(actor)).select_related("case")
    found = read_exhibit(actor, fetch(readable, pk=pk))
    return hand_out_file(
        found.file, name=found.name, media_type=found.media_type, lost="材料的文件已经不在，请与管理员联系。"
    )
