"""One number: the same concept, court, period and dimensions has one figure, wherever it is published."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from hengjian.apps.org.access import Actor
from hengjian.apps.releases.models import Cell, Figure, Release
from hengjian.apps.releases.queries import standing_figures, visible_figures
from hengjian.base.errors import HengjianError, ManyErrors
from hengjian.base.times import to_local


def key_digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def standing_for(release: Release, cells: Iterable[Cell]) -> dict[str, Figure]:
    """Frozen figures of the same keys, by key digest; the newest of each."""
    keys = {key_digest(cell.key) for cell in cells}
    found = standing_figures(release.installation_id).filter(key_digest__in=keys)
    return {figure.key_digest: figure for figure in found.select_related("release__unit", "court")}


def conflicts(actor: Actor, release: Release, cells: list[Cell]) -> list[HengjianError]:
    """What stands against freezing: a second value inside the release, or another one already frozen."""
    errors: list[HengjianError] = []
    seen: dict[str, Cell] = {}
    for cell in cells:
        earlier = seen.setdefault(cell.key, cell)
        if earlier is not cell:
            errors.append(
                HengjianError(
                    f"“{cell.described}”在这次发布里出现两次：{earlier.written}{earlier.measure}和"
                    f"{cell.written}{cell.measure}，请只留一个。"
                )
            )
    standing = standing_for(release, cells)
    known = set(
        visible_figures(actor).filter(pk__in=[f.pk for f in standing.values()]).values_list("pk", flat=True)
    )
    for cell in cells:
        figure = standing.get(key_digest(cell.key))
        if figure is not None:
            errors += _against(release, cell, figure, seen=figure.pk in known)
    return errors


def _against(release: Release, cell: Cell, figure: Figure, *, seen: bool) -> list[HengjianError]:
    """A restatement may differ from the figure it replaces, and from no other."""
    if cell.replaces_id == figure.pk:
        return []
    if not seen:  # the same sentence whatever the value, so that nothing can be tried out
        return [
            HengjianError(f"“{cell.described}”已由有权的法院登记，不能另行登记；请向省一级统计部门核对。")
        ]
    if same_number(cell, figure):
        return _too_early(release, cell, figure)
    return [
        HengjianError(
            f"“{cell.described}”已在《{figure.release.title}》（{figure.release.unit.name}）发布为"
            f"{figure.written}{figure.measure}，这里是{cell.written}{cell.measure}；"
            "同一概念同一期间只能有一个数，请核对，确需更正的走重述。"
        )
    ]


def _too_early(release: Release, cell: Cell, figure: Figure) -> list[HengjianError]:
    """A number kept back in one release does not come out sooner in another."""
    until = figure.release.opens_at
    if until is None or (release.opens_at is not None and release.opens_at >= until):
        return []
    if release.opens_at is None and release.prepared_at >= until:
        return []
    return [
        HengjianError(
            f"“{cell.described}”在《{figure.release.title}》里保密到{to_local(until):%Y-%m-%d %H:%M}，"
            "请把这次的发布时间定在此后。"
        )
    ]


def elsewhere(release: Release) -> Release | None:
    """Another approved release that shows a number frozen by this one."""
    cell = (
        Cell.objects.filter(figure__release=release, release__state=Release.State.APPROVED)
        .exclude(release=release)
        .select_related("release")
        .first()
    )
    return cell.release if cell else None


def same_number(cell: Cell, figure: Figure) -> bool:
    return cell.value == figure.value and cell.measure == figure.measure


def demand(actor: Actor, release: Release, cells: list[Cell]) -> None:
    found = conflicts(actor, release, cells)
    if len(found) == 1:
        raise found[0]
    if found:
        raise ManyErrors(found)
