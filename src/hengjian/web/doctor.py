"""What this machine has and lacks, each with the way to get it."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from hengjian.base.errors import HengjianError
from hengjian.web.sqlite_swap import FIXED_IN

Row = dict[str, str]
MIN_FREE_GB = 2


def examine() -> list[Row]:
    """One row a check: check, status (ok, advice, missing), detail, remedy. A failing check never hides the others."""
    rows: list[Row] = []
    for check in (_python, _sqlite, _settings, _database, _disk, _digest, _fonts, _browser, _holidays, _mail):
        try:
            rows.extend(check())
        except HengjianError as error:
            rows.append(_row(check.__name__.lstrip("_"), "missing", error.message))
    return rows


def _row(check: str, status: str, detail: str, remedy: str = "") -> Row:
    return {"check": check, "status": status, "detail": detail, "remedy": remedy}


def _python() -> Iterator[Row]:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info[:2] == (3, 11)
    yield _row("Python", "ok" if good else "missing", version, "" if good else "请安装 Python 3.11。")


def _sqlite() -> Iterator[Row]:
    system = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info >= FIXED_IN:
        yield _row("SQLite", "ok", system)
        return
    if find_spec("pysqlite3"):
        import pysqlite3

        if pysqlite3.sqlite_version_info >= FIXED_IN:
            yield _row("SQLite", "ok", f"系统自带 {system} 过旧，已改用随装的 {pysqlite3.sqlite_version}")
            return
    yield _row(
        "SQLite",
        "missing",
        f"{system}，早于 3.51.3，WAL 模式下有损坏数据的缺陷",
        "请安装 pysqlite3（pip install pysqlite3）。",
    )


def _settings() -> Iterator[Row]:
    from hengjian.web.setup import start_django

    start_django()
    from django.conf import settings

    yield _row("数据目录", "ok", str(settings.DATA_DIR))
    if not settings.HTTPS:
        yield _row(
            "传输加密",
            "advice",
            "未启用 HTTPS",
            "正式使用时请置于 HTTPS 反向代理之后，并设 HENGJIAN_HTTPS=1。",
        )
    checkpoints = Path(settings.AUDIT_CHECKPOINT_DIR).resolve()
    if checkpoints.is_relative_to(settings.DATA_DIR):
        yield _row(
            "审计检查点",
            "advice",
            f"{checkpoints} 与数据在同一目录",
            "请把 HENGJIAN_CHECKPOINT_DIR 设到另一块盘或另一台机器。",
        )


def _database() -> Iterator[Row]:
    from django.db import DatabaseError, connection

    from hengjian.web.setup import pending_migrations

    try:
        pending = pending_migrations()
    except DatabaseError as error:
        yield _row("数据库", "missing", f"连接不上：{error}", "请检查 DATABASE_URL 和数据库服务。")
        return
    if pending:
        yield _row(
            "数据库",
            "missing",
            f"{connection.vendor}，有 {len(pending)} 项结构更新未做",
            "请运行 hengjian migrate。",
        )
        return
    yield _row("数据库", "ok", connection.vendor)


def _disk() -> Iterator[Row]:
    from django.conf import settings

    folder = next(p for p in (settings.DATA_DIR, *settings.DATA_DIR.parents) if p.exists())
    free = shutil.disk_usage(folder).free / 2**30
    enough = free >= MIN_FREE_GB
    yield _row(
        "磁盘",
        "ok" if enough else "missing",
        f"剩余 {free:.1f} GB",
        "" if enough else f"请腾出至少 {MIN_FREE_GB} GB。",
    )


def _digest() -> Iterator[Row]:
    try:
        hashlib.new("sm3", b"")
    except ValueError:
        yield _row(
            "SM3", "missing", "加密库不支持", "请安装 OpenSSL 3，或设 HENGJIAN_AUDIT_ALGORITHM=sha256。"
        )
        return
    yield _row("SM3", "ok", "可用")


def _fonts() -> Iterator[Row]:
    from hengjian.documents import font_status

    status = font_status()
    detail = "，".join(map(str, status.roles)) or "没有中文字体，不能生成 PDF"
    verdict = "missing" if not status.usable else ("advice" if status.advice else "ok")
    yield _row("字体", verdict, detail, status.advice)


def _browser() -> Iterator[Row]:
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))),
        "",
    )
    remedy = "" if found else "只有浏览器测试需要；Debian：apt-get install chromium。"
    yield _row("浏览器", "ok" if found else "advice", found or "没有", remedy)


def _holidays() -> Iterator[Row]:
    from django.utils import timezone

    from hengjian.clocks import holiday_years

    years = sorted(holiday_years())
    year = timezone.localtime().year
    lacking = [str(y) for y in (year, year + 1) if y not in years]
    detail = f"{years[0]}—{years[-1]}" if years else "没有"
    remedy = (
        f"未载入 {'、'.join(lacking)} 年，期间按自然日计算；国务院公布后请更新节假日表。" if lacking else ""
    )
    yield _row("节假日表", "advice" if lacking else "ok", detail, remedy)


def _mail() -> Iterator[Row]:
    from django.conf import settings

    on = settings.MAIL_OUT
    yield _row(
        "邮件发送",
        "ok" if on else "advice",
        settings.EMAIL_HOST if on else "未启用，提醒只在站内",
        "" if on else "设 HENGJIAN_MAIL_OUT=1 和 HENGJIAN_SMTP_HOST。",
    )
    host = settings.IMAP_HOST
    yield _row(
        "邮件收取",
        "ok" if host else "advice",
        f"{settings.IMAP_USER}，{host}" if host else f"没有连接信箱，只收 {settings.MAIL_IN_DIR} 里的文件",
        "" if host else "需要时设 HENGJIAN_IMAP_HOST、HENGJIAN_IMAP_USER 和 HENGJIAN_IMAP_PASSWORD。",
    )
