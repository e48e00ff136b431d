"""What the finders hand on: a value with its place in the clean text."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from hengjian.extract.segment import Parts


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where the clean text prints it."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """The clean text with its parts; what every finder reads."""

    text: str
    parts: Parts


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who acts for a party."""

    role: Found
    name: Found


@dataclass(slots=True)
class Party:
    """A party of the case with what the head says about it."""

    role: Found
    name: Found
    kind: str
    former: str = ""  # the bracket after the role: 原审被告
    short: str = ""  # 以下简称
    id_no: Found | None = None
    born_on: Found | None = None
    address: Found | None = None
    agents: list[Agent] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Statute:
    """One cited provision; ``article`` is a number, or a number with 之一."""

    law: str
    article: int | str | None
    paragraph: int | None
    item: int | None
    start: int
    end: int


@dataclass(slots=True)
class Penalty:
    """One punishment: of a count, or the combined one."""

    kind: str = ""
    months: Decimal = Decimal(0)
    probation: Decimal = Decimal(0)
    fine: Decimal = Decimal(0)
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Count:
    """A crime of which a defendant was convicted, with its punishment."""

    charge: Found
    penalty: Penalty


@dataclass(slots=True)
class Sentence:
    """What one defendant received."""

    name: Found
    counts: list[Count]
    final: Penalty | None = None
    kept: bool = False  # an earlier sentence left standing


@dataclass(frozen=True, slots=True)
class Payment:
    """Money one side must give the other."""

    payer: str
    payee: str
    yuan: Decimal
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fees:
    """The court fee and who bears it."""

    yuan: Decimal
    borne: dict[str, Decimal]
    start: int
    end: int
