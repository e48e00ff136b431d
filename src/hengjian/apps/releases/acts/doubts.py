"""What a correction of the data does to figures already published: named one by one, then restated or noted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor
from hengjian.apps.regs.models import Installation
from hengjian.apps.releases.codes import new_code
from hengjian.apps.releases.desk import Desk
from hengjian.apps.releases.models import Cell, Doubt, Figure, FigureNote, Release
from hengjian.apps.releases.queries import standing_figures
from hengjian.apps.releases.writing import written_like
from hengjian.base.errors import HengjianError


@dataclass(frozen=True, slots=True)
class Change:
    """A figure and what the corrected data give: None when they give nothing any more."""

    figure: Figure
    now: Decimal | None


@act("releases.doubt.find", "核对更正对已发布数的影响")
def find(
    actor: Actor, installation: Installation, *, to_version: str, changes: Iterable[Change], reason: str = ""
) -> list[Doubt]:
    """An open item a figure that would change; one that no longer differs is settled."""
    by_figure = {change.figure.pk: change for change in changes}
    made, settled = [], 0
    for figure in standing_figures(installation.pk).select_related("court", "release__unit"):
        change = by_figure.get(figure.pk)
        doubt = figure.doubts.filter(state=Doubt.State.OPEN).first()
        if change is None or change.now == figure.value:
            if doubt is not None:
                doubt.state, doubt.decided_at = Doubt.State.SETTLED, actor.at
                doubt.save(update_fields=["state", "decided_at"])
                settled += 1
            continue
        if figure.doubts.filter(state=Doubt.State.RESTATING, now=change.now).exists():
            continue
        row = doubt or Doubt(figure=figure, found_at=actor.at)
        row.to_version, row.now, row.reason = to_version, change.now, reason[:200]
        row.save()
        made.append(row)
    log(installation, label=str(installation), to_version=to_version, open=len(made), settled=settled)
    return made


@act("releases.doubt.note", "为已发布的数加注")
def note(actor: Actor, doubt: Doubt, *, text: str) -> Doubt:
    """The published figure stays; what is known now stands beside it wherever it is shown."""
    row = _take(actor, doubt)
    if not text.strip():
        raise HengjianError("请写明要加的注。")
    FigureNote.objects.create(
        figure=row.figure, text=text.strip()[:300], made_by=actor.person, made_at=actor.at
    )
    return _decide(actor, row, Doubt.State.NOTED, text)


@act("releases.doubt.restate", "重述已发布的数")
def restate(actor: Actor, doubts: Iterable[Doubt], *, text: str) -> Release:
    """A draft release with the new values, each pointing to the old one; it goes the way of every release."""
    rows = [_take(actor, doubt) for doubt in doubts]
    if not rows or not text.strip():
        raise HengjianError("请选择要重述的数，并写明缘由。")
    first = rows[0].figure.release
    if any(row.figure.release.unit_id != first.unit_id for row in rows):
        raise HengjianError("一次重述只能是一个法院发布的数，请分开办理。")
    if any(row.now is None for row in rows):
        raise HengjianError("有的数按更正后的数据算不出来，不能重述，请加注说明。")
    release = Release.objects.create(
        installation=first.installation,
        unit=first.unit,
        code=new_code(),
        title=f"关于更正《{first.title}》有关数据的说明"[:120],
        mode=first.mode,
        channel=first.channel,
        grade=first.grade,
        query_channel=first.query_channel,
        note=text.strip(),
        prepared_by=actor.person,
        prepared_at=actor.at,
        client_key=f"restate-{new_code(16)}",
    )
    Cell.objects.bulk_create(_new_cell(release, row, n) for n, row in enumerate(rows, 1))
    for row in rows:
        row.restatement = release
        _decide(actor, row, Doubt.State.RESTATING, text)
    log(release, label=release.called, cells=len(rows))
    return release


def _source(old: Figure, doubt: Doubt) -> str:
    """Where the new value comes from: the same data at the newer version, else the old source with the ground beside it."""
    newer = old.source.replace(f"第{old.data_version}版", f"第{doubt.to_version}版")
    if newer != old.source or not doubt.reason:
        return newer
    return f"{old.source}；更正：{doubt.reason}"[:200]


def _new_cell(release: Release, doubt: Doubt, position: int) -> Cell:
    old = doubt.figure
    now = doubt.now or Decimal()
    return Cell(
        release=release,
        position=position,
        concept=old.concept,
        name=old.name,
        aliases=old.aliases,
        card_version=old.card_version,
        definition=old.definition,
        court=old.court,
        first=old.first,
        end=old.end,
        whole=old.whole,
        dims=old.dims,
        value=now,
        written=written_like(old.written, now),
        measure=old.measure,
        data_version=doubt.to_version,
        source=_source(old, doubt),
        replaces=old,
    )


def _take(actor: Actor, doubt: Doubt) -> Doubt:
    row = (
        Doubt.objects.select_for_update(of=("self",))
        .select_related("figure__release__unit", "figure__release__installation__unit", "figure__court")
        .get(pk=doubt.pk)
    )
    Desk(row.figure.release.installation, actor).require_seat(row.figure.release.unit)
    if row.state != Doubt.State.OPEN:
        raise HengjianError(f"“{row.figure}”{row.get_state_display()}，不用再办理。")
    return row


def _decide(actor: Actor, row: Doubt, state: Doubt.State, text: str) -> Doubt:
    row.state, row.decided_by, row.decided_at = state, actor.person, actor.at
    row.text = text.strip()[:300]
    row.save(update_fields=["state", "decided_by", "decided_at", "text", "restatement"])
    release = row.figure.release
    log(row, label=release.called, unit=release.unit_id, state=state)
    return row


def reopened(release: Release) -> int:
    """The restatement was withdrawn: its doubts wait again."""
    return Doubt.objects.filter(restatement=release, state=Doubt.State.RESTATING).update(
        state=Doubt.State.OPEN, restatement=None, decided_at=None, decided_by=None
    )
