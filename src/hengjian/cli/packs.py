"""Packs as the command line names them; the only place that reads ``HENGJIAN_PACKS`` for commands."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from hengjian.policy import Pack, load_pack

PackArgument = Annotated[str, typer.Argument(metavar="P", help="制度包的编号或文件夹。")]


def packs_folder() -> Path | None:
    """The folder of packs set by the environment, if it is."""
    value = os.environ.get("HENGJIAN_PACKS", "")
    return Path(value) if value else None


def load(name: str) -> Pack:
    """The pack a command names."""
    return load_pack(name, packs_folder())
