"""Putting a pack to work in a unit. Its first day is what the office says, with the paper that says so."""

from __future__ import annotations

from datetime import date

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import loaded
from hengjian.base.errors import HengjianError


@act("regs.pack.install", "启用制度")
def install(
    actor: Actor,
    unit: Unit,
    *,
    pack: str,
    in_force_from: date,
    evidence: str,
    competent_unit: Unit | None = None,
) -> Installation:
    actor.require(Right.REGS_MANAGE, unit)
    if competent_unit is not None and not actor.system:
        actor.require(Right.REGS_MANAGE, competent_unit)
    evidence = _evidence(evidence)
    found = loaded(pack)
    if Installation.objects.filter(pack=found.id, unit=unit).exists():
        raise HengjianError(f"“{unit}”已启用《{found.info.title}》，不必重复启用。")
    made = Installation.objects.create(
        pack=found.id,
        unit=unit,
        competent_unit=competent_unit,
        in_force_from=in_force_from,
        evidence=evidence,
        digest=found.digest,
        installed_at=actor.at,
    )
    log(made, after=_shown(made))
    return made


@act("regs.pack.redate", "更改启用日期")
def redate(actor: Actor, installation: Installation, *, in_force_from: date, evidence: str) -> Installation:
    """The paper with the true date has been found."""
    actor.require(Right.REGS_MANAGE, installation.unit)
    before = _shown(installation)
    installation.in_force_from, installation.evidence = in_force_from, _evidence(evidence)
    installation.save(update_fields=["in_force_from", "evidence"])
    log(installation, before=before, after=_shown(installation))
    return installation


@act("regs.pack.accept", "采用新的制度包版本")
def accept_version(actor: Actor, installation: Installation) -> Installation:
    """The files were updated; somebody has read the differences and says yes."""
    actor.require(Right.REGS_MANAGE, installation.unit)
    digest = loaded(installation.pack).digest
    if installation.digest == digest:
        raise HengjianError("制度包没有变化，不需要重新确认。")
    before = {"digest": installation.digest}
    installation.digest = digest
    installation.save(update_fields=["digest"])
    log(installation, before=before, after={"digest": digest})
    return installation


def _evidence(text: str) -> str:
    if not text.strip():
        raise HengjianError(
            "请填写启用依据，如印发文件的文号、会议纪要；文件未写生效日期的，凭它确定启用日期。"
        )
    return text.strip()


def _shown(installation: Installation) -> dict[str, object]:
    names = ("pack", "unit_id", "competent_unit_id", "in_force_from", "evidence", "digest")
    return {name: getattr(installation, name) for name in names}
