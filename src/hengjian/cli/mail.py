"""Messages from files, and one round of the mailbox."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hengjian.base.errors import HengjianError
from hengjian.cli.output import FINDINGS, Format, FormatOption, emit

mail = typer.Typer(help="来信：从文件导入，或者收取一轮。", no_args_is_help=True)
COLUMNS = ["file", "state", "number", "unit", "title", "reason"]


def register(app: typer.Typer) -> None:
    app.add_typer(mail, name="mail")


@mail.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help=".eml 或 .mbox 文件。")],
    unit: Annotated[str, typer.Option(help="收信单位的编码，几个单位都收信时要写。")] = "",
    fmt: FormatOption = Format.TABLE,
) -> None:
    """把信件文件照收信的办法登记；有信要人来认领时退出码为 3。"""
    from hengjian.web.setup import start_django

    start_django()
    from hengjian.apps.mailroom.intake.importing import import_files

    rows, unclear = import_files(_read(files), unit)
    emit(rows, COLUMNS, fmt)
    if unclear:
        raise typer.Exit(FINDINGS)


@mail.command()
def fetch() -> None:
    """把投递文件夹和邮箱各收取一轮，与后台任务做的相同。"""
    from hengjian.web.setup import start_django

    start_django()
    from django.utils import timezone

    from hengjian.apps.mailroom.jobs import take_files, take_mail

    take_files(timezone.now())
    take_mail(timezone.now())
    print("已收取一轮。")


def _read(files: list[Path]) -> list[tuple[str, bytes]]:
    found = []
    for path in files:
        try:
            found.append((path.name, path.read_bytes()))
        except OSError as error:
            raise HengjianError(f"{path} 读不出来（{error.strerror}），请检查路径和权限。") from None
    return found
