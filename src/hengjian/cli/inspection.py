"""Check the evidence of inspections."""

from __future__ import annotations

import typer

from hengjian.cli.output import FINDINGS, Format, FormatOption, emit


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="检查的证据。", no_args_is_help=True)
    group.callback()(_group)
    group.command()(verify)
    app.add_typer(group, name="inspection")


def _group() -> None:
    """检查的证据。"""


def verify(fmt: FormatOption = Format.TABLE) -> None:
    """重读证据库的每个文件，核对摘要和保管记录；有不一致时退出码为 3。"""
    from hengjian.web.setup import start_django

    start_django()
    from hengjian.apps.inspections.custody import verify_all

    found = verify_all()
    rows = [
        {
            "inspection": verdict.evidence.inspection.label,
            "evidence": str(verdict.evidence),
            "sha256": verdict.sha256,
            "verdict": verdict.fault or "与收存时一致。",
        }
        for verdict in found
    ]
    emit(rows, ["inspection", "evidence", "sha256", "verdict"], fmt)
    if any(not verdict.good for verdict in found):
        raise typer.Exit(FINDINGS)
