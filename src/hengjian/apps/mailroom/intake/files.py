"""Messages that come as files: uploaded, named on the command line, dropped into the watched folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from hengjian.apps.mailroom.acts.take import Arrival, take_in
from hengjian.apps.mailroom.intake.houses import mail_installation
from hengjian.apps.mailroom.models import IncomingMail
from hengjian.apps.org.access import Actor
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.documents.mail import split_mbox

ENDINGS = (".eml", ".mbox")
DONE, BAD = "done", "bad"
SETTLED = 2.0  # seconds: a file written to just now may not be whole


def take_file(
    actor: Actor, installation: Installation, data: bytes, source: IncomingMail.Source, arrived_at: datetime
) -> list[tuple[IncomingMail, bool]]:
    """Every message of an .eml or .mbox file, each with whether it is new."""
    if not data.strip():
        raise HengjianError("文件是空的，请重新选择。")
    return [
        take_in(actor, Arrival(installation, one, source, arrived_at, held=too_large(len(one))))
        for one in split_mbox(data)
    ]


def too_large(size: int) -> str:
    """The sentence for a message over the limit; empty within it."""
    most = settings.MAIL_MAX_BYTES
    if size <= most:
        return ""
    return f"邮件有 {size / 2**20:.0f} MB，超过 {most // 2**20} MB 的上限，没有读取，请查看原件。"


def watch_folder(actor: Actor) -> int:
    """Take what lies in ``mail-in`` (and in folders named after the codes of units); returns how many were new.

    A file is moved to ``done`` only after its messages are kept, so a crash in between loses and doubles nothing.
    """
    root = Path(settings.MAIL_IN_DIR)
    root.mkdir(parents=True, exist_ok=True)
    taken = 0
    for folder, code in _folders(root):
        for path in _settled(folder, actor.at):
            taken += _take_path(actor, path, code)
    return taken


def _folders(root: Path) -> Iterator[tuple[Path, str]]:
    yield root, settings.MAIL_IN_UNIT
    for folder in sorted(root.iterdir()):
        if folder.is_dir() and not folder.is_symlink() and folder.name not in (DONE, BAD):
            yield folder, folder.name


def _settled(folder: Path, now: datetime) -> list[Path]:
    found = [
        p for p in folder.iterdir() if p.suffix.lower() in ENDINGS and p.is_file() and not p.is_symlink()
    ]
    return sorted(p for p in found if datetime.now(UTC).timestamp() - p.stat().st_mtime > SETTLED)


def _take_path(actor: Actor, path: Path, code: str) -> int:
    try:
        installation = mail_installation(actor.at, code)
        arrived = min(datetime.fromtimestamp(path.stat().st_mtime, UTC), actor.at)
        taken = take_file(actor, installation, path.read_bytes(), IncomingMail.Source.FOLDER, arrived)
    except HengjianError as error:
        _move(path, BAD, error.message)
        return 0
    except OSError:
        return 0  # gone or unreadable just now: next time
    _move(path, DONE)
    return sum(new for _, new in taken)


def _move(path: Path, to: str, why: str = "") -> None:
    folder = path.parent / to
    folder.mkdir(exist_ok=True)
    target = folder / path.name
    number = 1
    while target.exists():
        target = folder / f"{path.stem}-{number}{path.suffix}"
        number += 1
    path.replace(target)
    if why:
        target.with_suffix(".txt").write_text(why + "\n", encoding="utf-8")
