"""Figures and benchmarks come in; what was reported once is corrected with a reason, never overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from django.core.files.base import File

from hengjian.apps.audit.acting import act, log
from hengjian.apps.duties.files import check_file
from hengjian.apps.indicators.models import Benchmark, Card, Figure, Upload
from hengjian.apps.indicators.queries import as_reported
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.points import plain
from hengjian.base.times import to_local
from hengjian.kpi import Figure as Reported
from hengjian.kpi.cells import check_figure
from hengjian.kpi.plausible import doubts

LOOK_BACK = 6


@dataclass(frozen=True, slots=True)
class FigureIn:
    """What somebody reports; ``answer`` replies to the doubts, ``reason`` says why a standing figure changes."""

    indicator: str
    unit: Unit
    period: Period
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    evidence: str = ""
    answer: str = ""
    reason: str = ""
    file: File[bytes] | None = None


class Doubtful(HengjianError):
    """The figure is unlike those before it; said again with an answer it is taken."""


@act("indicators.figure.report", "填报指标数据")
def report_figures(actor: Actor, installation: Installation, *, figures: Sequence[FigureIn]) -> list[Figure]:
    """By hand, with evidence, all or nothing. What stands already is refused unless a reason says why it changes."""
    scene = Scene(installation, actor)
    known = {u.pk for u in scene.units} | {installation.unit_id}
    may: dict[tuple[str, int], bool] = {}
    for figure in figures:
        measure = scene.measure(figure.indicator)
        if figure.unit.pk not in known:
            raise HengjianError("这个单位不在本制度的适用范围，请从列表中选择。")
        key = (figure.indicator, figure.unit.pk)
        if key not in may:
            may[key] = scene.may_report(measure, figure.unit)
        if not may[key]:
            raise Denied("您可以填报本部门的数据；其他单位的由牵头部门或者技术管理部门填报。")
        if not (figure.evidence.strip() or figure.file):
            raise HengjianError("没有写依据，请写明数据出自哪里，或上传佐证文件。")
        if figure.file is not None:
            check_file(figure.file)
    made, refused = store_figures(actor, scene, figures, origin=Figure.Origin.HAND)
    if refused:
        raise refused[0][1]
    log(label=f"{len(made)} 个指标数据", figures=[_told(row) for row in made])
    return made


def report_figure(actor: Actor, installation: Installation, *, figure: FigureIn) -> Figure:
    """One figure by hand."""
    return report_figures(actor, installation, figures=[figure])[0]


Refused = tuple[FigureIn, HengjianError]


def store_figures(
    actor: Actor,
    scene: Scene,
    figures: Sequence[FigureIn],
    *,
    origin: str,
    upload: Upload | None = None,
    cards: Mapping[tuple[str, int], Card] = MappingProxyType({}),
    data_version: int | None = None,
) -> tuple[list[Figure], list[Refused]]:
    """Check, question, supersede, all in a handful of queries. For acts only; what is refused is handed back.

    ``cards`` (by indicator and unit) and ``data_version`` belong to figures counted from case records.
    """
    standing = _standing(scene, figures)
    before = _history(scene, figures)
    made: list[Figure] = []
    refused: list[Refused] = []
    for figure in figures:
        key = (figure.indicator, figure.unit.pk, str(figure.period))
        try:
            reported, asked = _judged(scene, figure, standing.get(key), before.get(key[:2], []))
        except HengjianError as error:
            refused.append((figure, error))
            continue
        row = _row(actor, scene, figure, reported, asked, origin=origin, upload=upload)
        row.supersedes = standing.get(key)
        row.card, row.data_version = cards.get(key[:2]), data_version
        made.append(row)
    old = [row.supersedes.pk for row in made if row.supersedes is not None]
    Figure.objects.filter(pk__in=old).update(superseded_at=actor.at)
    for row in made:
        if row.file:
            row.save()
    Figure.objects.bulk_create([row for row in made if row.pk is None])
    return made, refused


def _judged(
    scene: Scene, figure: FigureIn, before: Figure | None, history: list[Reported]
) -> tuple[Reported, list[str]]:
    """The figure as it is kept and the doubts about it; refuses what may not be taken."""
    reported = checked(scene, figure)
    if before is not None and not figure.reason.strip():
        told = f"{before.recorded_by or '系统'}已于 {to_local(before.recorded_at):%Y-%m-%d} 报过"
        raise HengjianError(f"该数据{told}（{_said(before)}），不必再报；确实有误的请写更正理由。")
    earlier = [f for f in history if f.period < figure.period][-LOOK_BACK:]
    percent = scene.measure(figure.indicator).unit == "percent"
    asked = list(doubts(reported, earlier, percent=percent))
    if asked and not figure.answer.strip():
        raise Doubtful("".join(asked) + "确认无误的，请在“存疑说明”里写明原因再报。")
    return reported, asked


def _row(
    actor: Actor,
    scene: Scene,
    figure: FigureIn,
    reported: Reported,
    asked: list[str],
    *,
    origin: str,
    upload: Upload | None,
) -> Figure:
    return Figure(
        installation=scene.installation,
        indicator=figure.indicator,
        unit=figure.unit,
        period=str(figure.period),
        numerator=reported.numerator,
        denominator=reported.denominator,
        value=reported.value,
        origin=origin,
        evidence=figure.evidence.strip() or (upload.title if upload else ""),
        file=figure.file or "",
        file_name=(figure.file.name or "")[:200] if figure.file else "",
        upload=upload,
        doubts=asked,
        doubts_answer=figure.answer.strip(),
        reason=figure.reason.strip(),
        recorded_by=actor.person,
        recorded_at=actor.at,
    )


def checked(scene: Scene, figure: FigureIn) -> Reported:
    """The figure as the engine takes it; refuses what contradicts itself or has not happened yet."""
    measure = scene.measure(figure.indicator)
    if figure.period.end > to_local(scene.actor.at).date() and not scene.actor.system:
        raise HengjianError(f"{figure.period.label}还没有结束，期满后再报。")
    if figure.period.kind not in measure.per:
        raise HengjianError(f"这个指标不按“{figure.period.label}”这样的期间考核，请改期间。")
    if figure.value is None and figure.denominator is None and figure.numerator is None:
        raise HengjianError("分子、分母和数值都没有填，请至少填一组。")
    reported = Reported(
        figure.indicator, figure.unit.name, figure.period,
        figure.numerator, figure.denominator, figure.value,
    )  # fmt: skip
    return check_figure(measure, reported)


@act("indicators.figure.verify", "核验指标数据")
def verify_figure(actor: Actor, figure: Figure) -> Figure:
    """Somebody else checks what a lead reports of itself."""
    scene = Scene(figure.installation, actor)
    measure = scene.measure(figure.indicator)
    verifier = scene.verifier(measure)
    if verifier is None:
        raise HengjianError("这个指标不要求另行核验。")
    if not (actor.system or verifier.pk in scene.seated(Right.KPI_REPORT) or _in_office(scene, verifier)):
        raise Denied(f"这个指标由{verifier}核验，您的岗位没有这项权限。")
    row = Figure.objects.select_for_update(of=("self",)).get(pk=figure.pk)
    if row.superseded_at is not None:
        raise HengjianError("这个数据已被更正，请核验新的数。")
    if actor.person is not None and row.recorded_by_id == actor.person.pk:
        raise Denied("填报人不能核验自己填的数，请由其他人核验。")
    row.verified_by, row.verified_at = actor.person, actor.at
    row.save(update_fields=["verified_by", "verified_at"])
    log(row, verified=_said(row))
    return row


@act("indicators.benchmark.record", "登记全省标准")
def record_benchmark(
    actor: Actor,
    installation: Installation,
    *,
    indicator: str,
    period: Period,
    average: Decimal | None = None,
    excellent: Decimal | None = None,
    rank: int | None = None,
    ranked: int | None = None,
    source: str,
    upload: Upload | None = None,
) -> Benchmark:
    """What the superior court published, with where it stands; a later entry supersedes."""
    actor.require(Right.KPI_MANAGE, installation.unit_id)
    Scene(installation, actor).measure(indicator)
    if not source.strip():
        raise HengjianError("请写明出处，如省法院某期通报。")
    if rank is not None and (rank < 1 or (ranked is not None and rank > ranked)):
        raise HengjianError("名次与参加排名的个数不符，请核对；没有公布的留空。")
    old = Benchmark.objects.filter(
        installation=installation, indicator=indicator, period=str(period), superseded_at=None
    )
    old.update(superseded_at=actor.at)
    row = Benchmark.objects.create(
        installation=installation,
        indicator=indicator,
        period=str(period),
        average=average,
        excellent=excellent,
        rank=rank,
        ranked=ranked,
        source=source.strip(),
        upload=upload,
        recorded_by=actor.person,
        recorded_at=actor.at,
    )
    log(row, average=average, excellent=excellent, rank=rank, ranked=ranked, source=row.source)
    return row


def _in_office(scene: Scene, verifier: Unit) -> bool:
    """The office whose people manage the indicators for the whole court."""
    person = scene.actor.person
    return scene.manages and person is not None and person.unit_id == verifier.pk


def _standing(scene: Scene, figures: Sequence[FigureIn]) -> dict[tuple[str, int, str], Figure]:
    found = (
        Figure.objects.select_for_update(of=("self",))
        .select_related("recorded_by")
        .filter(
            installation=scene.installation,
            superseded_at=None,
            indicator__in={f.indicator for f in figures},
            unit__in={f.unit.pk for f in figures},
            period__in={str(f.period) for f in figures},
        )
    )
    return {(row.indicator, row.unit_id, row.period): row for row in found}


def _history(scene: Scene, figures: Sequence[FigureIn]) -> dict[tuple[str, int], list[Reported]]:
    """The standing figures of the periods before, oldest first, for every indicator and unit at once."""
    periods: set[Period] = set()
    for period in {f.period for f in figures}:
        for _ in range(LOOK_BACK):
            period = period.previous()
            periods.add(period)
    rows = Figure.objects.filter(
        installation=scene.installation,
        superseded_at=None,
        indicator__in={f.indicator for f in figures},
        unit__in={f.unit.pk for f in figures},
        period__in=[str(p) for p in periods],
    )
    found: dict[tuple[str, int], list[Reported]] = {}
    for row in rows:
        found.setdefault((row.indicator, row.unit_id), []).append(as_reported(row, ""))
    return {key: sorted(known, key=lambda f: f.period) for key, known in found.items()}


def _told(row: Figure) -> list[object]:
    """A figure in the log: what it is and what it was before."""
    before = _said(row.supersedes) if row.supersedes else None
    return [row.indicator, row.unit_id, row.period, _said(row), before, row.reason]


def _said(figure: Figure) -> str:
    if figure.denominator is not None:
        return f"{plain(figure.numerator or Decimal(0))}/{plain(figure.denominator)}"
    return plain(figure.value) if figure.value is not None else ""
