"""The option ``--reading ID=OPTION`` that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

ReadingOption = Annotated[
    list[str] | None,
    typer.Option("--reading", metavar="ID=OPTION", help="换一种理解，可写多次，如 R26=one_per_event。"),
]


def parse_readings(pairs: list[str] | None) -> dict[str, str]:
    """``["R07=per_publication"]`` → ``{"R07": "per_publication"}``; a malformed pair is a usage error (exit 2)."""
    found: dict[str, str] = {}
    for pair in pairs or []:
        name, equals, option = pair.partition("=")
        if not (name.strip() and equals and option.strip()):
            raise typer.BadParameter(
                f"“{pair}”应写成 ID=OPTION，例如 R26=one_per_event。", param_hint="--reading"
            )
        found[name.strip()] = option.strip()
    return found
