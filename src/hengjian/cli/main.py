"""The one entry point. Every module named here offers ``register(app)``."""

from __future__ import annotations

import sys
from importlib import import_module

import typer

from hengjian.base.errors import HengjianError

MODULES: tuple[str, ...] = (
    "audit",
    "check",
    "data",
    "deadlines",
    "demo",
    "extract",
    "figures",
    "inspection",
    "kpi",
    "mail",
    "ops",
    "org",
    "pack",
    "score",
)

app = typer.Typer(
    name="hengjian",
    help="衡鉴：把信息工作的制度变成运行的系统。退出码：0 正常，1 出错，2 用法不对，3 有发现。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


for _module in MODULES:
    import_module(f"hengjian.cli.{_module}").register(app)


def main() -> None:
    """Run a command; an error a person can mend is one sentence on stderr and exit code 1."""
    try:
        app()
    except HengjianError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
