"""What the pages of releases share."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from hengjian.apps.org.access import Missing
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.releases.desk import Desk, desk_of
from hengjian.apps.releases.models import HandOut
from hengjian.base.errors import HengjianError
from hengjian.documents.intake import read_csv, read_xlsx

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
BIGGEST = 20 * 1024 * 1024


def desk(request: HttpRequest) -> Desk:
    """404 where no regulation with releases governs."""
    found = desk_of(actor_of(request))
    if found is None:
        raise Missing("您所在的单位没有启用数据发布制度。")
    return found


def download(row: HandOut, data: bytes) -> HttpResponse:
    """A file name says nothing but the trace id: a title may not be known yet."""
    response = HttpResponse(data, content_type=TYPES[row.form])
    response["Content-Disposition"] = f'attachment; filename="{row.code}.{row.form}"'
    return response


def uploaded(file: UploadedFile[Any]) -> bytes:
    if (file.size or 0) > BIGGEST:
        raise HengjianError("文件超过 20 MB，请拆分后再上传。")
    return bytes(file.read())


def table_rows(data: bytes) -> list[list[object]]:
    """The first sheet of an xlsx, or a CSV."""
    if data[:2] != b"PK":
        return [list(row) for row in read_csv(data).rows]
    sheets = read_xlsx(data)
    if not sheets:
        raise HengjianError("工作簿里没有表，请检查。")
    return [list(row) for row in sheets[0].rows]
