"""A workbook of the superior court: kept as it came, read under a mapping a person confirmed, remembered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.base import ContentFile, File

from hengjian.apps.audit.acting import act, log
from hengjian.apps.duties.files import check_file
from hengjian.apps.indicators.acts.figures import FigureIn, record_benchmark, store_figures
from hengjian.apps.indicators.models import Figure, Mapping, Upload
from hengjian.apps.indicators.reading import Cells, Layout, guess, header_digest, read, remembered, whole
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.documents.intake import ReadSheet, read_xlsx


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of a workbook; ``refused`` says of each cell left out why."""

    figures: int
    unchanged: int
    benchmarks: int
    refused: tuple[str, ...]


@act("indicators.upload.receive", "上传上级通报")
def receive_upload(
    actor: Actor, installation: Installation, *, title: str, period: Period, file: File[bytes]
) -> Upload:
    """Keep the file; the same bytes again give the upload that is there."""
    actor.require(Right.KPI_MANAGE, installation.unit_id)
    check_file(file)
    data = file.read()
    sheets = read_xlsx(data)
    digest = hashlib.sha256(data).hexdigest()
    twin = Upload.objects.filter(installation=installation, digest=digest, period=str(period)).first()
    if twin is not None:
        log(twin, repeated=True)
        return twin
    scene = Scene(installation, actor)
    layout = guess(scene, sheets)
    last = Mapping.objects.filter(installation=installation, header=header_digest(sheets, layout)).first()
    if last is not None:
        layout = remembered(layout, last.columns, last.units)
    row = Upload.objects.create(
        installation=installation,
        title=title.strip() or (file.name or "上级通报"),
        period=str(period),
        file=ContentFile(data, name=f"{digest[:16]}.xlsx"),
        file_name=(file.name or "")[:200],
        digest=digest,
        mapping=layout.as_json(),
        uploaded_by=actor.person,
        uploaded_at=actor.at,
    )
    log(row, digest=digest, remembered=last is not None)
    return row


def sheets_of(upload: Upload) -> tuple[ReadSheet, ...]:
    with upload.file.open("rb") as file:
        return read_xlsx(file.read())


@act("indicators.upload.apply", "采用上级通报")
def apply_upload(actor: Actor, upload: Upload, *, columns: dict[int, str], units: dict[str, str]) -> Applied:
    """Figures and benchmarks out of the workbook; what stands already with the same numbers is left alone."""
    actor.require(Right.KPI_MANAGE, upload.installation.unit_id)
    row = (
        Upload.objects.select_for_update(of=("self",)).select_related("installation__unit").get(pk=upload.pk)
    )
    sheets = sheets_of(row)
    old = Layout.of(row.mapping)
    layout = Layout(old.sheet, old.header, old.name_column, columns, {**old.units, **units})
    scene = Scene(row.installation, actor)
    cells = read(sheets, layout)
    if not cells.figures and not cells.marks:
        raise HengjianError("按这样的对应关系没有读到任何数，请至少对应一列和一行。")
    applied = _store(actor, scene, row, cells)
    row.mapping, row.applied_at = layout.as_json(), actor.at
    row.save(update_fields=["mapping", "applied_at"])
    Mapping.objects.update_or_create(
        installation=row.installation,
        header=header_digest(sheets, layout),
        defaults={
            "columns": {str(k): v for k, v in layout.columns.items()},
            "units": layout.units,
            "changed_at": actor.at,
        },
    )
    log(row, figures=applied.figures, benchmarks=applied.benchmarks, refused=list(applied.refused))
    return applied


def _store(actor: Actor, scene: Scene, upload: Upload, cells: Cells) -> Applied:
    period, units = Period.parse(upload.period), Unit.objects.in_bulk([pk for _, pk in cells.figures])
    there = {
        (row.indicator, row.unit_id): row
        for row in Figure.objects.filter(
            installation=upload.installation, period=upload.period, superseded_at=None
        )
    }
    wanted = [
        FigureIn(
            indicator,
            units[pk],
            period,
            evidence=upload.title,
            answer="上级通报的数。",
            reason=f"以{upload.title}为准。",
            numerator=numbers.get("numerator"),
            denominator=numbers.get("denominator"),
            value=numbers.get("value"),
        )
        for (indicator, pk), numbers in cells.figures.items()
        if not _stands(there.get((indicator, pk)), numbers)
    ]
    made, left = store_figures(actor, scene, wanted, origin=Figure.Origin.UPLOAD, upload=upload)
    refused = tuple(f"{f.unit} {scene.measure(f.indicator).title}：{error.message}" for f, error in left)
    for indicator, marks in cells.marks.items():
        record_benchmark(
            actor,
            upload.installation,
            indicator=indicator,
            period=period,
            average=marks.get("average"),
            excellent=marks.get("excellent"),
            rank=whole(marks.get("rank")),
            ranked=whole(marks.get("ranked")),
            source=upload.title,
            upload=upload,
        )
    return Applied(len(made), len(cells.figures) - len(wanted), len(cells.marks), refused)


def _stands(found: Figure | None, numbers: dict[str, Decimal]) -> bool:
    """Whether these very numbers are known already."""
    if found is None:
        return False
    given = {name: numbers.get(name) for name in ("numerator", "denominator", "value")}
    if given["denominator"] is not None:
        given["value"] = None
    return all(getattr(found, name) == value for name, value in given.items())
