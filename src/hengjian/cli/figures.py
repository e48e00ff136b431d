"""``hengjian figures check``: the figures of a text against the register of what was released."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hengjian.base.errors import HengjianError, Place
from hengjian.cli.output import FINDINGS, Format, FormatOption, emit


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="已发布的数。")
    group.command(name="check")(check)
    group.callback()(_figures)
    app.add_typer(group, name="figures")


def _figures() -> None:
    """已发布的数。"""


def check(
    file: Annotated[str, typer.Argument(help="docx、xlsx、pdf 或者文本文件；- 是标准输入。")],
    user: Annotated[
        str, typer.Option("--user", help="以这个账号看得到的登记簿核对；不写的，只用已公开的。")
    ] = "",
    court: Annotated[
        str, typer.Option("--court", help="文中没有写明法院的，是哪个法院（名称或者编码）。")
    ] = "",
    year: Annotated[int | None, typer.Option("--year", help="“今年”是哪一年。")] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """逐个核对文稿里的数；有不同、没有发布过或者未到时间的，退出码为 3。"""
    text = _text(file)
    from django.utils import timezone

    from hengjian.web.setup import start_django

    start_django()
    from hengjian.apps.org.access import Actor, actor_for
    from hengjian.apps.org.models import Unit, User
    from hengjian.apps.releases.checking import check_text
    from hengjian.apps.releases.lines import court_named
    from hengjian.apps.releases.showing import COLUMNS, rows
    from hengjian.figures.judging import Verdict

    actor = Actor(user=None, person=None, at=timezone.now())
    if user:
        found = User.objects.filter(username=user, is_active=True).first()
        if found is None:
            raise HengjianError(f"没有账号“{user}”，或者已停用。")
        actor = actor_for(found, actor.at)
    unit = court_named(court, Unit.objects.all()) if court else None
    if court and unit is None:
        raise HengjianError(f"没有“{court}”这个法院，请写全称、简称或者编码。")
    checked = check_text(actor, text, court=unit, year=year)
    emit(rows(checked, labels=fmt is Format.TABLE), COLUMNS, fmt)
    if any(f.verdict in (Verdict.DIFFERS, Verdict.NEVER, Verdict.EMBARGOED) for f in checked.findings):
        raise typer.Exit(FINDINGS)


def _text(file: str) -> str:
    if file == "-":
        return sys.stdin.read()
    from hengjian.documents.intake import read_any_text

    try:
        return read_any_text(Path(file).read_bytes())
    except OSError:
        raise HengjianError("没有这个文件，或者读不了，请检查路径。", where=Place(file)) from None
