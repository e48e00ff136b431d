"""The chain of hands of a piece of evidence: each link's digest covers the one before; checked against the file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from hengjian.apps.inspections.models import Custody, Evidence
from hengjian.apps.org.access import Actor
from hengjian.base.times import to_local

CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Digests:
    sha256: str
    sm3: str
    size: int


def digests(chunks: Iterable[bytes]) -> Digests:
    """Both digests and the size in one pass."""
    sha256, sm3, size = hashlib.sha256(), hashlib.new("sm3"), 0
    for chunk in chunks:
        sha256.update(chunk)
        sm3.update(chunk)
        size += len(chunk)
    return Digests(sha256.hexdigest(), sm3.hexdigest(), size)


def link_digest(link: Custody) -> str:
    """What stands in the link, with the moment to the microsecond in local time."""
    said = [
        link.evidence_id, link.n, link.kind, to_local(link.at).isoformat(), link.person, link.note, link.sha256,
        link.before,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def add(actor: Actor, evidence: Evidence, kind: Custody.Kind, note: str = "", sha256: str = "") -> Custody:
    """Append a link; call inside an act, with the evidence locked."""
    last = evidence.custody.order_by("-n").first()
    link = Custody(
        evidence=evidence, n=(last.n if last else 0) + 1, kind=kind, at=actor.at, person=actor.name[:60],
        note=note[:300], sha256=sha256 or evidence.sha256, before=last.digest if last else "",
    )  # fmt: skip
    link.digest = link_digest(link)
    link.save(force_insert=True)
    return link


@dataclass(frozen=True, slots=True)
class Verdict:
    """``fault`` is a sentence about the first thing that is not as it was; empty when all is."""

    evidence: Evidence
    fault: str = ""
    sha256: str = ""

    @property
    def good(self) -> bool:
        return not self.fault


def verify(evidence: Evidence) -> Verdict:
    """The chain link by link, then the file itself, read anew."""
    before = ""
    links = list(evidence.custody.order_by("n"))
    if not links:
        return Verdict(evidence, "没有保管记录。")
    for n, link in enumerate(links, 1):
        if link.n != n or link.before != before or link.digest != link_digest(link):
            return Verdict(evidence, f"保管链第 {n} 环与写入时不一致。")
        before = link.digest
    try:
        with evidence.file.open("rb") as file:
            found = digests(iter(lambda: file.read(CHUNK), b""))
    except OSError:
        return Verdict(evidence, "文件已经不在存放的位置。")
    if (found.sha256, found.sm3, found.size) != (evidence.sha256, evidence.sm3, evidence.size):
        return Verdict(evidence, "文件内容与收存时的校验值不一致。", found.sha256)
    if links[0].sha256 != evidence.sha256:
        return Verdict(evidence, "登记的校验值与保管链第一环不一致。", found.sha256)
    return Verdict(evidence, "", found.sha256)


def verify_all() -> list[Verdict]:
    return [verify(one) for one in Evidence.objects.select_related("inspection").order_by("pk")]
