"""Case records come in as files; each file that changes something is a new version of the store."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases import intake
from hengjian.apps.cases.dictionary import KEY
from hengjian.apps.cases.tables import open_table
from hengjian.apps.indicators.models import CaseLoad
from hengjian.apps.indicators.records import has_records, items, store, table_of, version_of
from hengjian.apps.indicators.shifts import write_down
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.casedata.store import Column, Merged, Store


@act("indicators.records.load", "上传案件记录")
def load_records(actor: Actor, installation: Installation, *, name: str, data: bytes) -> CaseLoad:
    """Rows that fit become the next version, the others come back as a file with the reasons."""
    actor.require(Right.KPI_MANAGE, installation.unit_id)
    scene = Scene(installation, actor)
    if not has_records(scene):
        raise HengjianError("这个制度没有列出案件的信息项，不能上传案件记录。")
    path, digest = intake.keep(data, name)
    table = open_table(path, name)
    known = items(scene)
    columns = intake.guess(table.headers, known, {})
    row = CaseLoad(
        installation=installation, name=name[:200], digest=digest, loaded_by=actor.person, loaded_at=actor.at,
        ignored=[header for header in table.headers if header and header not in columns],
    )  # fmt: skip
    accepted = path.with_suffix(f".{installation.pk}.parquet")
    rejected = path.with_suffix(f".{installation.pk}.rejected.csv")
    try:
        told = intake.sort_rows(table.dicts(), columns, known, accepted, rejected)
        row.rows, row.accepted, row.rejected = told.rows, told.accepted, told.rejected
        row.reasons = sorted(told.reasons.items(), key=lambda pair: -pair[1])[:30]
        row.rejects = str(rejected.relative_to(settings.DATA_DIR)) if told.rejected else ""
        if told.accepted:
            merged = _merge(scene, accepted, actor, name)
            row.version = store().version_after(table_of(scene), merged, version_of(scene))
            row.inserted, row.updated = merged.inserted, merged.updated
    finally:
        accepted.unlink(missing_ok=True)
    row.save()
    moved = write_down(scene, row)
    log(row, moved=moved, digest=digest, accepted=row.accepted, rejected=row.rejected, version=row.version)
    return row


def _merge(scene: Scene, rows: Path, actor: Actor, name: str) -> Merged:
    lake = Store.open(Path(settings.DATA_DIR) / "store", settings.CASE_CATALOGUE, memory=settings.CASE_MEMORY)
    columns = [Column(item.key, item.type) for item in items(scene).values()]
    at = to_local(actor.at).replace(tzinfo=None)
    lake.prepare(table_of(scene), columns, (), at=at, author=actor.name)
    return lake.merge(table_of(scene), rows, key=KEY, at=at, author=actor.name, message=f"上传 {name}")
