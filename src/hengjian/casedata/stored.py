"""``hengjian data check name@version``: rules over a dataset of the store, whole or what changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from hengjian.base.errors import HengjianError
from hengjian.casedata.check import Options, Report, Say, check_relation
from hengjian.casedata.rules.load import Loaded
from hengjian.casedata.source import describe, first_line
from hengjian.casedata.store import Store
from hengjian.casedata.store.connect import BESIDE

_NAME = re.compile(r"(?P<name>[^@/\\.]+)(?:@(?P<version>\d+))?")


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table of the store, at a version or at the latest."""

    name: str
    version: int | None = None


def parse_dataset(text: str) -> Dataset | None:
    """``name`` or ``name@version``; None for anything else.

    >>> parse_dataset("cases@12")
    Dataset(name='cases', version=12)
    >>> parse_dataset("cases.csv") is None
    True
    """
    found = _NAME.fullmatch(text)
    return Dataset(found["name"], int(found["version"]) if found["version"] else None) if found else None


def check_stored(
    store: Store,
    dataset: Dataset,
    loaded: Loaded,
    out: Path,
    options: Options,
    say: Say,
    since: int | None = None,
) -> Report:
    """Check a version; ``since``: only what changed after that version, with the partners of the changes.

    HengjianError when the store has no such table or version.
    """
    version = store.latest() if dataset.version is None else dataset.version
    rules = [rule for rule in loaded.rules if rule.in_force(options.as_of)]
    with store.connection() as con:
        con.execute(f"USE {BESIDE}")
        data = store.source(dataset.name, version)
        columns = describe(con, data, Path(f"{dataset.name}@{version}"))
        changes = None if since is None else store.changes_of(dataset.name, since, version)
        try:
            report = check_relation(con, data, columns, rules, out, options, say, changes)
        except duckdb.Error as error:
            raise HengjianError(f"{dataset.name}@{version} 读不下去：{first_line(error)}。") from None
    report.refused[:0] = loaded.errors
    return report
