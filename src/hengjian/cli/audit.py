"""Check the audit log."""

from __future__ import annotations

import typer

from hengjian.cli.output import Format, FormatOption, emit


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="审计日志：每一项办理一条，前后以哈希相连。", no_args_is_help=True)
    group.command()(verify)
    group.command()(checkpoint)
    app.add_typer(group, name="audit")


def verify(fmt: FormatOption = Format.TABLE) -> None:
    """重算整条审计链并与各检查点比对；有被改动的，指出第一条，退出码为 1。"""
    from hengjian.web.setup import start_django

    start_django()
    from hengjian.apps.audit.verify import verify as run

    verdict = run()
    broken = verdict.broken
    row = {
        "entries": verdict.entries,
        "checkpoints": verdict.checkpoints,
        "first_bad": broken.n if broken else None,
        "reason": broken.reason if broken else "审计链完整。",
    }
    emit([row], ["entries", "checkpoints", "first_bad", "reason"], fmt)
    if broken:
        raise typer.Exit(1)


def checkpoint() -> None:
    """立即把链尾写入检查点文件夹（后台任务每分钟写一次）。"""
    from django.utils import timezone

    from hengjian.web.setup import start_django

    start_django()
    from hengjian.apps.audit.checkpoints import folder, write

    point = write(timezone.now())
    print(f"已写入第 {point.n} 条的检查点：{folder()}" if point else "上次检查点之后没有新的审计记录。")
