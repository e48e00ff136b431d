"""Kept files on their way out: always as a download, never cached; a file that is gone is said in a sentence."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import FileResponse

from hengjian.apps.org.access import Missing


def hand_out(file: FieldFile, *, name: str, lost: str, media_type: str = "") -> FileResponse:
    """``lost`` says what to do when the file is no longer there. Who may have it, the caller has asked."""
    try:
        content = file.open("rb")
    except FileNotFoundError:
        raise Missing(lost) from None
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=media_type or None)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
