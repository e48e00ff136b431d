"""Files that come without a person: laid into a folder the worker watches, or sent by the command line."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from hengjian.apps.cases.acts.upload import receive, take_in
from hengjian.apps.cases.models import Dataset, Upload
from hengjian.apps.cases.rulebook import courts_by_code
from hengjian.apps.org.access import Actor, system_actor
from hengjian.apps.org.models import Unit
from hengjian.base.errors import HengjianError, Place

NAME = "案件数据接收"
QUIET = 30
"""Seconds a file must have been left alone: one still being copied is not taken."""
SUFFIXES = {".csv", ".txt", ".xlsx", ".parquet"}
DONE, REFUSED = "done", "refused"
_NO_FILE = "这不是普通文件（是链接、文件夹或管道），没有读取；请把文件本身放进来。"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file; ``rejects``: the rows that came back."""

    file: str
    court: str
    rows: int
    accepted: int
    rejected: int
    version: int | None
    refusal: str
    rejects: Path | None


def upload_file(file: Path, court: str, at: datetime | None = None) -> Taken:
    """Take in a file of the court with that code; columns as remembered or as its headings say.

    HengjianError when no court has the code, the columns can't be told, or it is no file.
    """
    if not file.is_file():
        raise HengjianError(_NO_FILE, where=Place(str(file)))
    actor = system_actor(NAME, at or timezone.now())
    dataset, unit = _place(court)
    row = receive(actor, dataset, unit, name=file.name, data=file)
    if row.state == Upload.State.PREVIEWED:
        row = _take(actor, row)
    rejects = Path(settings.DATA_DIR) / row.rejects if row.rejects else None
    return Taken(file.name, court, row.rows, row.accepted, row.rejected, row.version, row.refusal, rejects)


def _take(actor: Actor, row: Upload) -> Upload:
    return take_in(actor, row, columns=row.columns)


def _place(court: str) -> tuple[Dataset, Unit]:
    for dataset in Dataset.objects.select_related("installation__unit").order_by("pk"):
        unit = courts_by_code(dataset).get(court)
        if unit is not None:
            return dataset, unit
    raise HengjianError(
        f"没有代字为“{court}”的法院，或者它还没有案件数据集；请核对代字，或先打开一次“案件信息”页面。"
    )


def take(folder: Path, now: datetime) -> int:
    """Every file that lies quietly in a court's sub-folder; afterwards it lies in ``done`` or ``refused``.

    Beside a refused file stands the reason, beside one with rejected rows those rows.
    """
    found = 0
    for court in sorted(path for path in folder.iterdir() if path.is_dir()):
        for file in sorted(path for path in court.iterdir() if path.suffix.lower() in SUFFIXES):
            found += _quiet(file, now) and _one(file, court, now)
    return found


def _quiet(file: Path, now: datetime) -> bool:
    """Of a link its own time, not that of what it points to; False when it is gone again."""
    try:
        return now.timestamp() - file.lstat().st_mtime >= QUIET
    except FileNotFoundError:
        return False


def _one(file: Path, court: Path, now: datetime) -> bool:
    """Take in one file and move it; False when it can't be moved, and so will be looked at again."""
    taken, refusal = _taken(file, court.name, now)
    try:
        _move(file, court, now, taken, refusal)
    except OSError:
        log.exception("%s: %s", NAME, file)
        return False
    return True


def _taken(file: Path, court: str, now: datetime) -> tuple[Taken | None, str]:
    """What became of it and why it was refused, if it was. A link is not followed: it may lead anywhere."""
    if file.is_symlink() or not file.is_file():
        return None, _NO_FILE
    try:
        taken = upload_file(file, court, now)
    except HengjianError as error:
        return None, error.message
    except PermissionError:
        return None, "没有权限读这个文件；请让放文件的人开放读取权限后重新放入。"
    return taken, taken.refusal


def _move(file: Path, court: Path, now: datetime, taken: Taken | None, refusal: str) -> None:
    target = court / (REFUSED if refusal else DONE)
    target.mkdir(exist_ok=True)
    moved = file.replace(target / f"{now:%Y%m%d%H%M%S}-{file.name}")
    if refusal:
        moved.with_suffix(".原因.txt").write_text(refusal + "\n", encoding="utf-8")
    elif taken is not None and taken.rejects is not None:
        moved.with_suffix(".退回.csv").write_bytes(taken.rejects.read_bytes())
