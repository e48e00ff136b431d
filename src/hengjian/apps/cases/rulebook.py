"""The rules a dataset is held to on a day: those of the pack's folder and those the office has put in force."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from hengjian.apps.cases.models import Dataset, Rule
from hengjian.apps.org.models import Unit
from hengjian.apps.regs.queries import loaded
from hengjian.base.errors import Place
from hengjian.casedata.rules.load import Loaded, load_rules
from hengjian.casedata.rules.model import Owner, Severity
from hengjian.casedata.rules.model import Rule as Compiled
from hengjian.policy import Pack

FOLDER = "rules"


def rules_of(dataset: Dataset, on: date) -> Loaded:
    """Rules in force on ``on``; bad ones are errors."""
    written = of_pack(loaded(dataset.installation.pack))
    found = Loaded([rule for rule in written.rules if rule.in_force(on)], list(written.errors))
    own = dataset.rules.filter(state=Rule.State.ACTIVE, since__lte=on).exclude(until__lte=on)
    found.rules.extend(compiled(rule) for rule in own)
    return found


@lru_cache(maxsize=8)
def of_pack(pack: Pack) -> Loaded:
    """All rules the pack brings, whenever they are in force."""
    folder = pack.folder / FOLDER
    return load_rules([folder]) if folder.is_dir() else Loaded()


def compiled(rule: Rule) -> Compiled:
    return Compiled(
        id=rule.key,
        title=rule.title,
        fails_when=rule.fails_when,
        severity=Severity(rule.severity),
        owner=Owner(rule.owner),
        place=Place(f"规则 {rule.key}"),
        basis=rule.basis,
        since=rule.since,
        until=rule.until,
    )


def digest(found: Loaded, courts: Mapping[str, Unit]) -> str:
    """What verdicts depend on beside the data: another digest asks for a full run."""
    lines = [f"{r.id}\t{r.fails_when}\t{r.severity.value}\t{r.owner.value}" for r in found.rules]
    return hashlib.sha256("\n".join([*lines, *courts]).encode()).hexdigest()


def courts_by_code(dataset: Dataset) -> dict[str, Unit]:
    """代字 → court, from the codes of the organisation."""
    tree = dataset.installation.unit.descendants(include_self=True)
    return {unit.code: unit for unit in tree.filter(kind=Unit.Kind.COURT)}
