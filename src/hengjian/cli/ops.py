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
    """建立或更新数据库结构。"""
    from hengjian.web.setup import prepare_database, start_django

    start_django()
    prepare_database()
    print("数据库结构已是最新。")


def first_admins(
    name: Annotated[str, typer.Argument(help="法院或司法局的全称。")],
    system: Annotated[str, typer.Option(help="系统管理员的姓名。")],
    security: Annotated[str, typer.Option(help="安全管理员的姓名。")],
    audit: Annotated[str, typer.Option(help="审计管理员的姓名。")],
    kind: Annotated[str, typer.Option(help="court（法院）或 bureau（司法局）。")] = "court",
) -> None:
    """设立一个法院或司法局：单位、三个管理员和他们的一次性口令。"""
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
    host: Annotated[str, typer.Option(help="监听的地址。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听的端口。")] = 8000,
    workers: Annotated[int, typer.Option(help="服务进程数（SQLite 用 1 个）。")] = 1,
    with_worker: Annotated[bool, typer.Option("--worker/--no-worker", help="同时运行后台任务。")] = True,
) -> None:
    """提供网页和接口。"""
    from hengjian.web.setup import pending_migrations, start_django

    start_django()
    if pending_migrations():
        raise HengjianError("数据库结构不是最新的，请先运行 hengjian migrate。")
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
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
    once: Annotated[bool, typer.Option(help="每项任务做一遍就停。")] = False,
) -> None:
    """运行后台任务：提醒、收发信、建刊期、写审计检查点。"""
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
    """本机缺什么、怎样补上；有缺时退出码为 3。"""
    from hengjian.web.doctor import examine

    rows = examine()
    emit(rows, ["check", "status", "detail", "remedy"], fmt)
    if any(row["status"] == "missing" for row in rows):
        raise typer.Exit(FINDINGS)


def backup(file: Annotated[Path, typer.Argument(help="备份写到哪个 .tar.gz。")]) -> None:
    """把数据库和附件写成一个备份，系统运行时也前后一致。"""
    from hengjian.web.setup import start_django

    start_django()
    from hengjian.web.backup import write_backup

    manifest = write_backup(file)
    print(
        f"已备份到 {file}：数据库 1 份、附件 {manifest['files']} 个、案件库文件 {manifest['case_files']} 个。"
    )


def restore(
    file: Annotated[Path, typer.Argument(help="hengjian backup 写的备份。")],
    force: Annotated[bool, typer.Option(help="替换现有数据（原有的移到一旁）。")] = False,
) -> None:
    """核对后恢复一个备份；请先停止服务。"""
    from hengjian.web.setup import start_django

    start_django()
    from hengjian.web.backup import read_backup

    aside = read_backup(file, force=force)
    print(f"已从 {file} 恢复。" + (f"原有数据移到 {aside}。" if aside else ""))
