"""Run and look after an installation: migrate, serve, worker, doctor, backup, restore."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from hengjian.base.errors import HengjianError
from hengjian.cli.output import FINDINGS, Format, FormatOption, emit


def register(app: typer.Typer) -> None:
    for command in (migrate, first_admins, serve, worker, doctor, backup, restore):
        app.command()(command)


def migrate() -> None:
    """Create or update the database schema."""
    from hengjian.web.setup import prepare_database, start_django

    start_django()
    prepare_database()
    print("数据库结构已是最新。")


def first_admins(
    name: Annotated[str, typer.Argument(help="Full name of the court or bureau.")],
    system: Annotated[str, typer.Option(help="Name of the system administrator.")],
    security: Annotated[str, typer.Option(help="Name of the security administrator.")],
    audit: Annotated[str, typer.Option(help="Name of the audit administrator.")],
    kind: Annotated[str, typer.Option(help="court or bureau.")] = "court",
) -> None:
    """Found a court or bureau: root unit, three administrators, one-time passwords."""
    from hengjian.web.setup import prepare_database, start_django

    start_django()
    prepare_database()
    from hengjian.apps.org.roles import ROLES
    from hengjian.web.first_admins import found_house, now_actor

    people = {"system_admin": system, "security_admin": security, "audit_admin": audit}
    handed = found_house(now_actor(), name=name, kind=kind, people=people)
    print(f"已设立{name}。下面的口令只显示这一次，首次登录须更改：")
    for role, login in handed.items():
        print(f"  {ROLES[role].label}  {people[role]}  {login.user.get_username()}  {login.password}")


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Server processes (1 suits SQLite).")] = 1,
    with_worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Also run the background worker.")
    ] = True,
) -> None:
    """Serve the pages and the API."""
    from hengjian.web.setup import pending_migrations, start_django

    start_django()
    if pending_migrations():
        raise HengjianError("数据库结构不是最新的，请先运行 hengjian migrate。")
    from granian import Granian
    from granian.constants import Interfaces

    side = subprocess.Popen([sys.executable, "-m", "hengjian", "worker"]) if with_worker else None
    print(f"衡鉴已在 http://{host}:{port} 提供服务，按 Ctrl+C 停止。", flush=True)
    try:
        Granian(
            "hengjian.web.wsgi:application", address=host, port=port, interface=Interfaces.WSGI,
            workers=workers, blocking_threads=8, log_access=False,
        ).serve()  # fmt: skip
    finally:
        if side is not None:
            side.terminate()
            side.wait()


def worker(
    once: Annotated[bool, typer.Option(help="Run every job once and stop.")] = False,
) -> None:
    """Run the background jobs: reminders, mail, issue shells, audit checkpoints."""
    from hengjian.web.setup import start_django

    start_django()
    from hengjian.web.worker import all_jobs, run_job, work_forever

    if not once:
        work_forever()
        return
    failed = [job.name for job in all_jobs() if not run_job(job)]
    if failed:
        raise HengjianError(f"后台任务失败：{'、'.join(failed)}，原因见日志和系统管理员的待办。")


def doctor(fmt: FormatOption = Format.TABLE) -> None:
    """Say what is missing on this machine and how to get it. Exit 3 when something is."""
    from hengjian.web.doctor import examine

    rows = examine()
    emit(rows, ["check", "status", "detail", "remedy"], fmt)
    if any(row["status"] == "missing" for row in rows):
        raise typer.Exit(FINDINGS)


def backup(file: Annotated[Path, typer.Argument(help="Where to write the backup (.tar.gz).")]) -> None:
    """Write database and files into one archive, consistent while the system runs."""
    from hengjian.web.setup import start_django

    start_django()
    from hengjian.web.backup import write_backup

    manifest = write_backup(file)
    print(f"已备份到 {file}：数据库 1 份、附件 {manifest['files']} 个。")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup made by `hengjian backup`.")],
    force: Annotated[bool, typer.Option(help="Replace existing data (kept aside).")] = False,
) -> None:
    """Bring back a backup after checking it. Stop the server first."""
    from hengjian.web.setup import start_django

    start_django()
    from hengjian.web.backup import read_backup

    aside = read_backup(file, force=force)
    print(f"已从 {file} 恢复。" + (f"原有数据移到 {aside}。" if aside else ""))
