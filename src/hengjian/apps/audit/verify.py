"""Derive the whole chain again and compare it with its head and with every stored checkpoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hengjian.apps.audit.chain import ALGORITHMS, digest_of
from hengjian.apps.audit.checkpoints import Checkpoint, stored
from hengjian.apps.audit.models import Entry, Head


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that is not as it was written, and how one can tell."""

    n: int
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    entries: int
    checkpoints: int
    digest: str
    broken: Break | None


@dataclass(frozen=True, slots=True)
class Mark:
    """What entry ``n`` must digest to, according to ``source``."""

    n: int
    digest: str
    source: str


def verify() -> Verdict:
    """Read marks first, then the entries: what is appended meanwhile does no harm."""
    head = Head.objects.filter(pk=1).first()
    points = list(stored())
    if forged := _forged(points):
        return Verdict(0, len(points), "", Break(forged.n, f"{forged.at} 的检查点签名不对，不是本系统写的。"))
    marks = [Mark(p.n, p.digest, f"{p.at} 的检查点") for p in points]
    if head is not None and head.n:
        marks.append(Mark(head.n, head.digest, "链头"))
    walk = _Walk(marks)
    broken = walk.run()
    return Verdict(walk.last, len(points), walk.digest, broken)


def _forged(points: list[Checkpoint]) -> Checkpoint | None:
    """The first that is not signed as it should be; those written before there were signatures come first."""
    signed = False
    for point in points:
        signed = signed or bool(point.signature)
        if signed and not point.is_good:
            return point
    return None


class _Walk:
    def __init__(self, marks: list[Mark]) -> None:
        self.marks: dict[int, list[Mark]] = {}
        for mark in marks:
            self.marks.setdefault(mark.n, []).append(mark)
        self.last, self.digest, self.agreed = 0, "", 0

    def run(self) -> Break | None:
        for entry, following in _pairs():
            reason = self._wrong(entry) or _rewritten(entry, following)
            if reason:
                return Break(self.last + 1, reason)
            self.last, self.digest = entry.n, entry.digest
            for mark in self.marks.get(entry.n, ()):
                if mark.digest != entry.digest:
                    span = f"第 {self.agreed + 1} 至 {entry.n} 条"
                    return Break(self.agreed + 1, f"{span}中有记录被整体改写：与{mark.source}不符。")
                self.agreed = entry.n
        beyond = [mark for n, found in self.marks.items() if n > self.last for mark in found]
        if beyond:
            mark = max(beyond, key=lambda m: m.n)
            return Break(
                self.last + 1, f"末尾被截去：{mark.source}记到第 {mark.n} 条，现只有 {self.last} 条。"
            )
        return None

    def _wrong(self, entry: Entry) -> str:
        if entry.n != self.last + 1:
            return f"记录被删除：第 {self.last} 条之后直接是第 {entry.n} 条。"
        if entry.algorithm not in ALGORITHMS:
            return f"记录被改动：摘要算法写成了“{entry.algorithm}”。"
        whole = digest_of(entry) == entry.digest
        expected = self.digest or f"genesis:{entry.algorithm}"
        if entry.previous == expected:
            return "" if whole else "记录被改动：内容与摘要不符。"
        if Entry.objects.filter(previous=expected).exclude(n=entry.n).exists():
            return "记录被调换顺序：应在此处的记录排到了别处。"
        if Entry.objects.filter(previous=entry.previous, n__lt=entry.n).exists():
            return "审计链分叉：两条记录接在同一条之后。"
        return "记录被改动：与前一条的摘要接不上。"


def _rewritten(entry: Entry, following: Entry | None) -> str:
    """An entry edited with its digest computed anew betrays itself in the next, which kept the old digest."""
    if following is None or following.n != entry.n + 1 or following.previous == entry.digest:
        return ""
    if following.algorithm not in ALGORITHMS or digest_of(following) != following.digest:
        return ""
    if Entry.objects.filter(previous=entry.digest).exists():
        return ""
    if Entry.objects.filter(previous=following.previous, n__lt=following.n).exists():
        return ""
    return "记录被改动后重算了摘要：后一条记着的是原来的摘要。"


def _pairs() -> Iterator[tuple[Entry, Entry | None]]:
    previous: Entry | None = None
    for entry in Entry.objects.order_by("n").iterator(chunk_size=2000):
        if previous is not None:
            yield previous, entry
        previous = entry
    if previous is not None:
        yield previous, None
