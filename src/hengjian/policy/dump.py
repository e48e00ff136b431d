"""Write a pack back as files; loading them gives an equal pack (comments and the split into files are lost)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from hengjian.policy.pack import Pack


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def _decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    text = f"{value:f}"
    tag = "tag:yaml.org,2002:float" if "." in text else "tag:yaml.org,2002:int"
    return dumper.represent_scalar(tag, text)


_Dumper.add_representer(Decimal, _decimal)


def dump_pack(pack: Pack, folder: Path) -> None:
    """Write all files of ``pack`` as loaded (chosen readings are not written) into a new ``folder``."""
    (folder / "clauses").mkdir(parents=True)
    _write(folder / "pack.yaml", _plain(pack.info))
    _write(folder / "articles.yaml", [_plain(article) for article in pack.articles])
    if pack.params:
        _write(folder / "values.yaml", {name: _plain(param) for name, param in pack.params.items()})
    if pack.readings:
        _write(folder / "readings.yaml", [_plain(reading) for reading in pack.readings.values()])
    if pack.findings:
        _write(folder / "findings.yaml", [_plain(finding) for finding in pack.findings])
    if pack.written:
        _write(folder / "clauses" / "clauses.yaml", [_plain(clause) for clause in pack.written])
    for name, rows in pack.tables.items():
        _write_table(folder / "tables" / f"{name}.csv", rows)


def _plain(value: Any) -> Any:
    """Only what was written, in the names the files use."""
    if isinstance(value, BaseModel):
        return _plain(value.model_dump(by_alias=True, exclude_unset=True))
    if isinstance(value, Mapping):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def _write(path: Path, data: Any) -> None:
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_table(path: Path, rows: tuple[Mapping[str, str], ...]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
