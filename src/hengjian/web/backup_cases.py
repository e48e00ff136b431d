"""The case store in a backup: its catalogue by the database's own means, then its files.

The books in the database name versions of the store and never run ahead of it, so the store is copied after the
database. A file of the store is never changed or removed once the catalogue names it, so the files come last.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from hengjian.casedata.store.lock import writing

Postgres = Callable[..., None]  # a PostgreSQL tool and its arguments
CATALOGUE, DUMP = "store/catalogue.sqlite", "store/catalogue.dump"
KEPT = ("store/data", "uploads")
WAIT = 120.0


def members(work: Path, postgres: Postgres) -> list[tuple[str, Path]]:
    """(name in the archive, file) of everything beside the database and the attachments; copies lie in ``work``."""
    home = Path(settings.DATA_DIR)
    found = []
    if (home / "store").is_dir():
        with writing(home / "store", WAIT):
            found = _catalogue(home, work, postgres)
    files = (path for part in KEPT for path in sorted((home / part).rglob("*")) if path.is_file())
    return found + [(str(path.relative_to(home)), path) for path in files]


def _catalogue(home: Path, work: Path, postgres: Postgres) -> list[tuple[str, Path]]:
    if settings.CASE_CATALOGUE:
        copy = work / Path(DUMP).name
        postgres("pg_dump", "--format=custom", f"--file={copy}", f"--dbname={settings.CASE_CATALOGUE}")
        return [(DUMP, copy)]
    if not (home / CATALOGUE).exists():
        return []
    copy = work / Path(CATALOGUE).name
    with closing(sqlite3.connect(home / CATALOGUE)) as running, closing(sqlite3.connect(copy)) as made:
        running.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")
    return [(CATALOGUE, copy)]


def put_back(root: Path, aside: Path | None, postgres: Postgres) -> Path | None:
    """From the unpacked archive into place. Returns where a store that stood there was put, if any."""
    home = Path(settings.DATA_DIR)
    if (root / "store").is_dir():
        if (home / "store").exists():
            aside = aside or home / f"replaced-{timezone.localtime():%Y%m%d-%H%M%S}"
            aside.mkdir(parents=True, exist_ok=True)
            shutil.move(home / "store", aside / "store")
        shutil.copytree(root / "store", home / "store")
    if (root / DUMP).exists():
        what = ("--clean", "--if-exists", "--no-owner", "--exit-on-error")
        postgres("pg_restore", *what, f"--dbname={settings.CASE_CATALOGUE}", str(root / DUMP))
        (home / DUMP).unlink()
    if (root / "uploads").is_dir():
        shutil.copytree(root / "uploads", home / "uploads", dirs_exist_ok=True)
    return aside
