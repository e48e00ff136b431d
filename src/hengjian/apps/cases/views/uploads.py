"""Files of cases: upload, match the columns, take in, fetch what came back."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.cases import parts
from hengjian.apps.cases.access import own_sendings, visible_datasets, visible_uploads
from hengjian.apps.cases.acts import sending as sending_acts
from hengjian.apps.cases.acts import upload as acts
from hengjian.apps.cases.dictionary import items
from hengjian.apps.cases.forms import UploadForm
from hengjian.apps.cases.models import Sending, Upload
from hengjian.apps.cases.views.common import place_of
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import into_form, page

UPLOAD = needs(Right.CASE_UPLOAD)


@UPLOAD
@require_http_methods(["GET", "POST"])
def uploads(request: HttpRequest) -> HttpResponse:
    actor, dataset, courts = place_of(request)
    own = [court for court in courts if actor.has(Right.CASE_UPLOAD, court)]
    form = UploadForm(
        request.POST or None, request.FILES or None, datasets=visible_datasets(actor), courts=own
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with into_form(form):
            row = acts.receive(
                actor,
                form.cleaned_data["dataset"],
                form.cleaned_data["court"],
                name=file.name,
                data=_content(file),
            )
            return redirect("cases:upload", row.pk)
    rows = visible_uploads(actor).select_related("court", "uploaded_by")
    context = {
        "form": form,
        "dataset": dataset,
        "installation": dataset.installation,
        "half_way": [
            (row, parts.received(row), row.size)
            for row in own_sendings(actor).filter(state=Sending.State.OPEN).select_related("court")
        ],
        "part": parts.PART,
        "page": Paginator(rows, 30).get_page(request.GET.get("page")),
    }
    return page(request, "cases/uploads.html", context, form=form)


def _content(file: Any) -> bytes | Path:
    """Large files lie on the disk already."""
    return Path(file.temporary_file_path()) if hasattr(file, "temporary_file_path") else file.read()


@UPLOAD
@require_GET
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    row = fetch(visible_uploads(actor).select_related("dataset__installation", "court", "uploaded_by"), pk=pk)
    known = items(row.dataset)
    matched = [
        (header, row.columns.get(header, ""), [cells[n] for cells in row.sample if n < len(cells)])
        for n, header in enumerate(row.headers)
    ]
    context = {
        "upload": row,
        "installation": row.dataset.installation,
        "matched": matched,
        "items": [(item.key, item.label) for item in known.values()],
        "unmatched": sum(1 for _, key, _ in matched if not key),
    }
    return page(request, "cases/upload.html", context)


@UPLOAD
@require_POST
def upload_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    actor = actor_of(request)
    row = fetch(visible_uploads(actor), pk=pk)
    if verb == "drop":
        acts.drop(actor, row)
        messages.success(request, "已放弃。")
        return redirect("cases:uploads")
    if verb != "apply":
        raise Missing("没有这个办理环节。")
    columns = {header: request.POST.get(f"column-{n}", "") for n, header in enumerate(row.headers)}
    done = acts.take_in(actor, row, columns={h: key for h, key in columns.items() if key})
    messages.success(request, f"入库 {done.accepted} 行，退回 {done.rejected} 行。")
    return redirect("cases:upload", pk)


@UPLOAD
@require_POST
def sending_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a file that is half-way."""
    actor = actor_of(request)
    sending_acts.drop(actor, fetch(own_sendings(actor), pk=pk))
    messages.success(request, "已放弃，已传的部分已清除。")
    return redirect("cases:uploads")


@UPLOAD
@require_GET
def rejects(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that came back, as a file."""
    row: Upload = fetch(visible_uploads(actor_of(request)), pk=pk)
    if not row.rejects:
        raise Missing("这个文件没有退回的行。")
    path = Path(settings.DATA_DIR) / row.rejects
    file = FileResponse(path.open("rb"), as_attachment=True, filename=f"退回的行-{row.pk}.csv")
    return cast(HttpResponse, file)
