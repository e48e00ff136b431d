"""Files that come without a person: laid into a folder the worker watches, or sent by the command line."""

from __future__ import annotations

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
from hengjian.base.errors import HengjianError

NAME = "案件数据接收"
QUIET = 30
"""Seconds a file must have been left alone: one still being copied is not taken."""
SUFFIXES = {".csv", ".txt", ".xlsx", ".parquet"}
DONE, REFUSED = "done", "refused"


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

    HengjianError when no court has the code or the columns can't be told.
    """
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
            if now.timestamp() - file.stat().st_mtime >= QUIET:
                _one(file, court, now)
                found += 1
    return found


def _one(file: Path, court: Path, now: datetime) -> None:
    try:
        taken = upload_file(file, court.name, now)
        refusal = taken.refusal
    except HengjianError as error:
        taken, refusal = None, error.message
    target = court / (REFUSED if refusal else DONE)
    target.mkdir(exist_ok=True)
    moved = file.replace(target / f"{now:%Y%m%d%H%M%S}-{file.name}")
    if refusal:
        moved.with_suffix(".原因.txt").write_text(refusal + "\n", encoding="utf-8")
    elif taken is not None and taken.rejects is not None:
        moved.with_suffix(".退回.csv").write_bytes(taken.rejects.read_bytes())
