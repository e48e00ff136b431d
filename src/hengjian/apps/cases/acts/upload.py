"""A file of cases: previewed, its columns confirmed, its rows written as the next version; what does not fit goes back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases import intake, store
from hengjian.apps.cases.dictionary import items
from hengjian.apps.cases.models import Dataset, Upload
from hengjian.apps.cases.models import Mapping as Columns
from hengjian.apps.cases.tables import open_table
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError


@act("cases.upload.receive", "上传案件数据")
def receive(
    actor: Actor, dataset: Dataset, court: Unit, *, name: str, data: bytes | Path | intake.Arrived
) -> Upload:
    """Keep the file, read its head, guess the columns. A file that can't be read is on record with the reason.

    ``data``: the bytes, or a file of this machine. Then :func:`take_in` with ``columns=upload.columns`` writes it.
    """
    actor.require(Right.CASE_UPLOAD, court)
    path, digest = intake.keep(data, name)
    upload = Upload(
        dataset=dataset,
        court=court,
        name=name[:200],
        digest=digest,
        size=path.stat().st_size,
        stored=str(path.relative_to(settings.DATA_DIR)),
        state=Upload.State.PREVIEWED,
        uploaded_by=actor.person,
        uploaded_at=actor.at,
    )
    try:
        table = open_table(path, name)
        upload.rows = table.count()
    except HengjianError as error:
        upload.state, upload.refusal = Upload.State.REFUSED, error.message[:500]
    else:
        remembered = Columns.objects.filter(dataset=dataset, court=court).first()
        upload.headers, upload.encoding = table.headers, table.encoding
        upload.sample = [
            ["" if cell is None else str(cell)[:80] for cell in row] for row in table.head(intake.SAMPLE)
        ]
        upload.columns = intake.guess(table.headers, items(dataset), remembered.columns if remembered else {})
    upload.save()
    log(upload, unit=court.pk, digest=digest, rows=upload.rows, refusal=upload.refusal)
    return upload


@act("cases.upload.apply", "案件数据入库")
def take_in(actor: Actor, upload: Upload, *, columns: Mapping[str, str]) -> Upload:
    """Write the rows that fit; the others come back as a file. The same file again changes nothing."""
    actor.require(Right.CASE_UPLOAD, upload.court)
    row = Upload.objects.select_for_update(of=("self",)).select_related("dataset", "court").get(pk=upload.pk)
    if row.state != Upload.State.PREVIEWED:
        raise HengjianError(f"这个文件{row.get_state_display()}，不用再办；要重交请重新上传。")
    known = items(row.dataset)
    wanted = {header: key for header, key in columns.items() if header in row.headers and key in known}
    doubled = [key for key in wanted.values() if list(wanted.values()).count(key) > 1]
    if doubled:
        raise HengjianError(f"有两列都对应“{known[doubled[0]].label}”，一个信息项只能对应一列。")
    stored = Path(settings.DATA_DIR) / row.stored
    table = open_table(stored, row.name)
    accepted = stored.with_suffix(f".{row.pk}.parquet")
    rejected = stored.with_suffix(f".{row.pk}.rejected.csv")
    told = intake.sort_rows(table.dicts(), wanted, known, accepted, rejected)
    _own_cases(row, wanted, table.dicts())
    if told.accepted:
        store.ensure(row.dataset, at=actor.at)
        merged = store.write(
            row.dataset, accepted, at=actor.at, author=actor.name, message=f"上传 {row.name}"
        )
        booked = Dataset.objects.values_list("version", flat=True).get(pk=row.dataset_id)
        row.version = store.lake().version_after(row.dataset.name, merged, booked)
        if row.version:
            Dataset.objects.filter(pk=row.dataset_id).update(version=row.version)
    accepted.unlink(missing_ok=True)
    row.columns, row.rows, row.accepted, row.rejected = dict(wanted), told.rows, told.accepted, told.rejected
    row.reasons = sorted(told.reasons.items(), key=lambda pair: -pair[1])[:30]
    row.rejects = str(rejected.relative_to(settings.DATA_DIR)) if told.rejected else ""
    row.state, row.applied_at = Upload.State.APPLIED, actor.at
    row.save()
    Columns.objects.update_or_create(
        dataset=row.dataset, court=row.court, defaults={"columns": dict(wanted), "changed_at": actor.at}
    )
    log(row, unit=row.court_id, accepted=told.accepted, rejected=told.rejected, version=row.version)
    return row


def _own_cases(row: Upload, wanted: Mapping[str, str], rows: object) -> None:
    """A court uploads its own cases; one above may upload for those below."""
    header = next((h for h, key in wanted.items() if key == "court"), None)
    if header is None or row.court_id == row.dataset.installation.unit_id:
        return
    codes = set(row.court.descendants(include_self=True).values_list("code", flat=True))
    strange = next((str(r[header]) for r in rows if r.get(header) and str(r[header]) not in codes), None)  # type: ignore[attr-defined]
    if strange:
        raise HengjianError(
            f"文件里有“{strange}”的案件，不是{row.court}的，也不是其下级法院的；请按法院分开上传。"
        )


@act("cases.upload.drop", "放弃上传的文件")
def drop(actor: Actor, upload: Upload) -> Upload:
    actor.require(Right.CASE_UPLOAD, upload.court)
    if upload.state != Upload.State.PREVIEWED:
        raise HengjianError(f"这个文件{upload.get_state_display()}，不能放弃。")
    upload.state = Upload.State.DROPPED
    upload.save(update_fields=["state"])
    log(upload, unit=upload.court_id, state="dropped")
    return upload
