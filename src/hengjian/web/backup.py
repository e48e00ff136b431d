"""Backup and restore. The database is copied by its own means (never by copying the file), then the attachments:
an attachment is written before its row commits and never changes, so the files are always at least as new. The case
store follows (see ``backup_cases``)."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from hengjian.base.errors import HengjianError
from hengjian.web import backup_cases

FORM = 1
DATABASE_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


def write_backup(file: Path) -> dict[str, Any]:
    """Write the archive and return its manifest; an unfinished archive never takes the final name."""
    if not connection.introspection.table_names():
        raise HengjianError(
            "数据库还是空的，没有可以备份的内容；请核对 HENGJIAN_DATA_DIR 和 DATABASE_URL 指的是不是正在用的那一个。"
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(file.name + ".partial")
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        dump = Path(folder) / DATABASE_NAMES[connection.vendor]
        _dump(dump)
        media = sorted(p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file())
        members = [(dump.name, dump), *((f"files/{p.relative_to(settings.MEDIA_ROOT)}", p) for p in media)]
        cases = backup_cases.members(Path(folder), _postgres)
        members += cases
        manifest = {
            "form": FORM,
            "made_at": timezone.localtime().isoformat(),
            "database": connection.vendor,
            "files": len(media),
            "case_files": len(cases),
            "sha256": {name: _sha256(path) for name, path in members},
        }
        with tarfile.open(partial, "w:gz", compresslevel=6) as archive:
            _add_text(archive, "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
            for name, path in members:
                archive.add(path, name)
    partial.replace(file)
    return manifest


def read_backup(file: Path, *, force: bool = False) -> Path | None:
    """Check every digest, then put database and files in place. Returns where replaced data was put, if any."""
    if not file.is_file():
        raise HengjianError(f"没有备份文件 {file}，请检查路径。")
    target = _sqlite_path()
    busy = target is not None and target.exists()
    if busy and not force:
        raise HengjianError(f"{target} 已有数据，恢复会替换它；确定要替换请加 --force（原有数据会另存）。")
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        root = Path(folder)
        manifest = _unpack(file, root)
        if manifest["database"] != connection.vendor:
            raise HengjianError(
                f"备份来自 {manifest['database']} 数据库，当前配置是 {connection.vendor}，请改 DATABASE_URL。"
            )
        aside = _set_aside(target) if target is not None and busy else None
        _load(root / DATABASE_NAMES[connection.vendor])
        media = root / "files"
        if media.exists():
            shutil.copytree(media, settings.MEDIA_ROOT, dirs_exist_ok=True)
        return backup_cases.put_back(root, aside, _postgres)


def _dump(path: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return
    _postgres("pg_dump", "--format=custom", f"--file={path}")


def _load(path: Path) -> None:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(path)) as check:
            verdict = check.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise HengjianError(f"备份中的数据库不完整（{verdict}），请换一份备份。")
        target = _sqlite_path()
        assert target is not None
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
        return
    connections.close_all()
    _postgres(
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--exit-on-error",
        f"--dbname={_dsn_name()}",
        str(path),
    )


def _sqlite_path() -> Path | None:
    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def _set_aside(target: Path) -> Path:
    connections.close_all()
    folder = target.parent / f"replaced-{timezone.localtime():%Y%m%d-%H%M%S}"
    folder.mkdir(parents=True)
    for suffix in ("", "-wal", "-shm"):
        part = target.with_name(target.name + suffix)
        if part.exists():
            shutil.move(part, folder / part.name)
    return folder


def _unpack(file: Path, root: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file) as archive:
            archive.extractall(root, filter="data")
        manifest: dict[str, Any] = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
    except (tarfile.TarError, OSError, ValueError, EOFError) as error:
        raise HengjianError(f"{file} 不是完整的备份（{error}），没有改动任何数据，请换一份备份。") from None
    for name, digest in manifest["sha256"].items():
        path = root / name
        if not path.is_file() or _sha256(path) != digest:
            raise HengjianError(f"备份中的 {name} 已损坏，没有改动任何数据，请换一份备份。")
    return manifest


def _postgres(tool: str, *arguments: str) -> None:
    given = connection.settings_dict
    if shutil.which(tool) is None:
        raise HengjianError(f"找不到 {tool}，请安装 PostgreSQL 客户端（Debian：postgresql-client）。")
    variables = {
        "PGHOST": given["HOST"], "PGPORT": str(given["PORT"]), "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"], "PGDATABASE": given["NAME"],
    }  # fmt: skip
    environment = os.environ | {key: value for key, value in variables.items() if value}
    done = subprocess.run([tool, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise HengjianError(
            f"{tool} 失败：{done.stderr.strip().splitlines()[-1] if done.stderr else done.returncode}"
        )


def _dsn_name() -> str:
    return str(connection.settings_dict["NAME"])


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    archive.addfile(entry, io.BytesIO(data))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
