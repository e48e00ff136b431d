"""Typed readers for the environment. Nonsense stops the start with one sentence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from hengjian.base.errors import HengjianError

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def read_text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that ``NAME_FILE`` points to (for secrets)."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise HengjianError(
                f"环境变量 {name}_FILE 指向的文件读不出来（{error.strerror}），请检查路径和权限。"
            ) from None
    return os.environ.get(name, default)


def read_bool(name: str, default: bool) -> bool:
    text = os.environ.get(name)
    if text is None:
        return default
    if text.lower() in TRUE:
        return True
    if text.lower() in FALSE:
        return False
    raise HengjianError(f"环境变量 {name} 的值“{text}”不是开关，请写 1 或 0。")


def read_int(name: str, default: int) -> int:
    text = os.environ.get(name, str(default))
    if not text.isdecimal():
        raise HengjianError(f"环境变量 {name} 的值“{text}”不是整数，请改成数字。")
    return int(text)


def read_list(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """Django's database settings from ``sqlite:///relative``, ``sqlite:////absolute`` or ``postgresql://user:password@host:port/name``."""
    if not url:
        return sqlite(data_dir / "hengjian.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path[1:])))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise HengjianError(
            f"DATABASE_URL 以“{parts.scheme}”开头，只支持 sqlite:// 和 postgresql://，请修改。"
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    options["pool"] = {"min_size": 1, "max_size": read_int("HENGJIAN_DB_POOL", 16), "timeout": 30}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or options.pop("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": options,
        "TEST": {"MIGRATE": False},
    }


def sqlite(path: Path) -> dict[str, Any]:
    """WAL for readers beside one writer, IMMEDIATE so that no transaction fails on upgrade, FULL so that
    nothing acknowledged is lost at a power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
        "TEST": {"NAME": None, "MIGRATE": False},  # from the models, as a new database is made
    }
