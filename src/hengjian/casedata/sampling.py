"""Samples anybody can draw again: cases are ordered by a digest of a published seed and their key.

The inspected court needs the seed, its list of cases and this rule: order by SHA-256 of ``seed, newline, key``, take
the first n of each stratum. The order of the list, the machine and the day make no difference.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

from hengjian.base.errors import HengjianError


class Rounding(StrEnum):
    UP = "up"
    DOWN = "down"
    NEAREST = "nearest"


_MODES = {Rounding.UP: ROUND_CEILING, Rounding.DOWN: ROUND_FLOOR, Rounding.NEAREST: ROUND_HALF_UP}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A case of the sample; ``rank`` is its place in its stratum, from 1."""

    key: str
    stratum: str
    rank: int
    digest: str


@dataclass(frozen=True, slots=True)
class Sample:
    """``sizes``: stratum → (drawn, population)."""

    seed: str
    drawn: tuple[Drawn, ...]
    sizes: Mapping[str, tuple[int, int]]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(one.key for one in self.drawn)


def sample_size(
    population: int, share: Decimal, *, at_least: int = 1, rounding: Rounding = Rounding.UP
) -> int:
    """How many of ``population`` are drawn, never more than there are.

    >>> sample_size(60, Decimal("0.01")), sample_size(1234, Decimal("0.01")), sample_size(0, Decimal("0.01"))
    (1, 13, 0)
    """
    if not 0 <= share <= 1:
        raise HengjianError("抽查比例应在 0 与 1 之间，请改正。")
    wanted = int((share * population).to_integral_value(_MODES[rounding]))
    return min(population, max(wanted, at_least))


def allot(populations: Mapping[str, int], size: int) -> dict[str, int]:
    """``size`` over strata by largest remainder; ties go to the larger stratum, then by name.

    >>> allot({"民初": 70, "刑初": 25, "执": 5}, 10)
    {'刑初': 3, '执': 0, '民初': 7}
    """
    total = sum(populations.values())
    if size > total:
        raise HengjianError(f"要抽 {size} 件，总共只有 {total} 件。")
    parts = {
        name: (size * count // total, size * count % total) for name, count in sorted(populations.items())
    }
    left = size - sum(whole for whole, _ in parts.values())
    order = sorted(parts, key=lambda name: (-parts[name][1], -populations[name], name))
    more = set(order[:left])
    return {name: whole + (name in more) for name, (whole, _) in parts.items()}


def draw(
    population: Iterable[tuple[str, str]],
    seed: str,
    share: Decimal,
    *,
    at_least: int = 1,
    rounding: Rounding = Rounding.UP,
) -> Sample:
    """Draw from (key, stratum) pairs; HengjianError for a key that stands twice or an empty seed."""
    if not seed.strip():
        raise HengjianError("抽样要有种子，请填公开的数值，如开奖号码或指数收盘数。")
    strata: dict[str, list[str]] = defaultdict(list)
    seen: set[str] = set()
    for key, stratum in population:
        if key in seen:
            raise HengjianError(f"案件“{key}”在总体里出现两次，请先去重。")
        seen.add(key)
        strata[stratum].append(key)
    sizes = {name: len(keys) for name, keys in strata.items()}
    wanted = allot(sizes, sample_size(len(seen), share, at_least=at_least, rounding=rounding)) if seen else {}
    drawn = [one for name in sorted(strata) for one in _first(strata[name], name, seed, wanted[name])]
    return Sample(seed, tuple(drawn), {name: (wanted[name], sizes[name]) for name in sorted(sizes)})


def _first(keys: Iterable[str], stratum: str, seed: str, count: int) -> list[Drawn]:
    digests = sorted((digest(seed, key), key) for key in keys)[:count]
    return [Drawn(key, stratum, rank, text) for rank, (text, key) in enumerate(digests, 1)]


def digest(seed: str, key: str) -> str:
    """What the cases are ordered by."""
    return hashlib.sha256(f"{seed}\n{key}".encode()).hexdigest()


def verify(
    sample: Sample, population: Iterable[tuple[str, str]], share: Decimal, *, at_least: int = 1
) -> list[str]:
    """Sentences about what a second draw gives otherwise; none when the sample is what the seed gives."""
    again = draw(population, sample.seed, share, at_least=at_least)
    missing = sorted(set(again.keys) - set(sample.keys))
    extra = sorted(set(sample.keys) - set(again.keys))
    return [f"案件“{key}”按种子应当抽到，样本里没有。" for key in missing] + [
        f"案件“{key}”在样本里，按种子不应抽到。" for key in extra
    ]


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of ``n`` with its interval; ``n`` 0 has neither."""

    count: int
    n: int
    value: float | None
    low: float | None
    high: float | None


def error_rate(errors: int, n: int, *, level: float = 0.95, population: int | None = None) -> Rate:
    """The share of errors with Wilson's interval; a known ``population`` makes it narrower (whole count: a point).

    >>> rate = error_rate(3, 120)
    >>> f"{rate.value:.4f} {rate.low:.4f} {rate.high:.4f}"
    '0.0250 0.0085 0.0709'
    """
    if not 0 <= errors <= n:
        raise HengjianError("差错数应在 0 与抽查数之间，请改正。")
    if n == 0:
        return Rate(0, 0, None, None, None)
    share = errors / n
    known = population is not None and population > 1
    factor = (population - n) / (population - 1) if known and population else 1.0
    if factor <= 0:
        return Rate(errors, n, share, share, share)
    z = NormalDist().inv_cdf((1 + level) / 2)
    weight = n / factor  # the sample counts for more when it is a large part of the whole
    middle = (share + z * z / (2 * weight)) / (1 + z * z / weight)
    half = z / (1 + z * z / weight) * sqrt(share * (1 - share) / weight + z * z / (4 * weight * weight))
    return Rate(errors, n, share, max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two blind reviewers over the same cases: equal answers and Cohen's kappa (None when chance explains all)."""

    n: int
    equal: int
    kappa: float | None


def agreement(first: Sequence[Hashable], second: Sequence[Hashable]) -> Agreement:
    """How far two reviewers agree beyond chance.

    >>> agreement("AABB", "AABA")
    Agreement(n=4, equal=3, kappa=0.5)
    """
    if len(first) != len(second):
        raise HengjianError("两人评查的案件数不同，请补齐再比较。")
    n = len(first)
    equal = sum(a == b for a, b in zip(first, second, strict=True))
    if n == 0:
        return Agreement(0, 0, None)
    answers = set(first) | set(second)
    chance = sum(_part(first, answer) * _part(second, answer) for answer in answers)
    kappa = None if chance == 1 else (equal / n - chance) / (1 - chance)
    return Agreement(n, equal, kappa)


def _part(answers: Sequence[Hashable], answer: Hashable) -> float:
    return sum(one == answer for one in answers) / len(answers)
