"""The moment a release is approved: its figures become rows that never change, and say by what they can be checked."""

from __future__ import annotations

import json
from hashlib import sha256

from django.db import IntegrityError
from django.db.models import Max

from hengjian.apps.approvals.models import Course
from hengjian.apps.audit.acting import log
from hengjian.apps.org.access import Actor
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.releases import single
from hengjian.apps.releases.models import Cell, Doubt, Figure, Release
from hengjian.base.errors import HengjianError

FIELDS = (
    "concept", "name", "aliases", "card_version", "definition", "court_id", "first", "end", "whole", "dims", "value",
    "written", "measure", "data_version", "source",
)  # fmt: skip


def freeze(actor: Actor, release: Release, course: Course) -> None:
    """Called in the transaction of the last signature."""
    cells = list(release.cells.select_related("court", "replaces__release").order_by("position", "pk"))
    single.demand(actor, release, cells)
    standing = single.standing_for(release, cells)
    authority = authority_of(course)
    for cell in cells:
        earlier = standing.get(single.key_digest(cell.key))
        if earlier is not None and cell.replaces_id != earlier.pk:
            cell.figure = earlier  # the same number published again
        else:
            cell.figure = _figure(actor, release, cell, authority)
        cell.save(update_fields=["figure"])
    release.state, release.approved_at = Release.State.APPROVED, actor.at
    release.opens_at = max(release.opens_at or actor.at, actor.at)
    release.digest = digest_of_release(release, cells)
    release.save(update_fields=["state", "approved_at", "opens_at", "digest"])
    Doubt.objects.filter(restatement=release, state=Doubt.State.RESTATING).update(state=Doubt.State.RESTATED)
    log(release, label=release.called, unit=release.unit_id, cells=len(cells), digest=release.digest)


def _figure(actor: Actor, release: Release, cell: Cell, authority: str) -> Figure:
    digest = single.key_digest(cell.key)
    rows = Figure.objects.filter(installation=release.installation_id, key_digest=digest)
    figure = Figure(
        installation=release.installation,
        release=release,
        key_digest=digest,
        revision=(rows.aggregate(last=Max("revision"))["last"] or 0) + 1,
        replaces_id=cell.replaces_id,
        authority=authority,
        frozen_at=actor.at,
        **{name: getattr(cell, name) for name in FIELDS},
    )
    figure.digest = digest_of(figure)
    try:
        figure.save()
    except IntegrityError:
        raise HengjianError(f"“{cell.described}”刚刚由另一次发布登记，请刷新后核对。") from None
    return figure


def authority_of(course: Course) -> str:
    """Who decided: office, clause, the last who signed, as they stood on that day."""
    last = next(
        (
            s.signed_as
            for step in course.steps.order_by("-position")
            for s in step.signatures.filter(agrees=True)
        ),
        "",
    )
    title = pack_for(course.installation, course.begun_at).clause(course.clause).title
    return f"{course.unit.name}{last}签发（{title}）"[:200]


def digest_of(figure: Figure) -> str:
    """SHA-256 over everything the figure says; computed again it proves that nothing was changed."""
    said = {name: str(getattr(figure, name)) for name in FIELDS if name not in ("dims", "value")}
    said["dims"] = json.dumps(figure.dims, ensure_ascii=False, sort_keys=True)
    said["value"] = f"{figure.value:.6f}"
    said |= {"key": figure.key_digest, "revision": str(figure.revision), "replaces": str(figure.replaces_id)}
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def digest_of_release(release: Release, cells: list[Cell]) -> str:
    parts = [release.code, release.title, *(cell.figure.digest for cell in cells if cell.figure)]
    return sha256("|".join(parts).encode()).hexdigest()
