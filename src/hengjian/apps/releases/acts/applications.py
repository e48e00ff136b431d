"""Applying for data, the authorisation that follows, and its end."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.once import known, once
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.regs.models import Installation
from hengjian.apps.releases.codes import new_code
from hengjian.apps.releases.desk import Desk, seated
from hengjian.apps.releases.levels import flow_for
from hengjian.apps.releases.models import Application
from hengjian.base.errors import HengjianError

State = Application.State


@act("releases.application.file", "申请使用案件信息")
def apply(actor: Actor, /, installation: Installation, *, client_key: str, **said: Any) -> Application:
    """``said``: scope, target, wanted, purpose, until, external. Externals enter through a statistics office."""
    desk = Desk(installation, actor)
    if (earlier := known(Application.objects.all(), client_key, installation=installation)) is not None:
        log(earlier, repeated=True)
        return earlier
    if actor.person is None:
        raise Denied("请用本人的账号申请。")
    house = house_of(actor.person.unit)
    values = _checked(desk, house, said)
    flow = flow_for(desk.pack, desk.today, house, values["scope"], values["target"])
    external = bool(values["external"])
    if external and house.pk not in seated(actor):
        raise Denied("院外的人由本院统计部门代为受理，请到统计部门登记。")
    values |= {
        "installation": installation, "unit": house, "code": new_code(),
        "applicant": None if external else actor.person, "applied_at": actor.at,
    }  # fmt: skip
    row, new = once(Application.objects.all(), client_key, values, "installation")
    if new:
        url = reverse("releases:application", args=[row.pk])
        # taking the application in is the first step of a way that leads further up
        after = flow.steps[0].key if external and len(flow.steps) > 1 else ""
        running.begin(actor, row, installation, flow, unit=house, title=str(row), url=url, after=after)
    log(row, unit=house.pk, scope=row.scope, purpose=row.purpose, until=row.until, external=row.external)
    return row


def _checked(desk: Desk, house: Unit, said: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: str(said.get(name) or "").strip() for name in ("scope", "wanted", "purpose", "external")
    }
    scopes = desk.terms("use_scope")
    if values["scope"] not in scopes:
        raise HengjianError(f"请选择使用范围：{'、'.join(t.label for t in scopes.values())}。")
    if not values["wanted"] or not values["purpose"]:
        raise HengjianError("请写明要用的数据和用途；授权只在这个用途之内有效。")
    until = said.get("until")
    if not isinstance(until, date) or until < desk.today:
        raise HengjianError("请写明使用到哪一天，不能早于今天。")
    target = said.get("target")
    if isinstance(target, Unit) and target.pk not in {unit.pk for unit in desk.courts}:
        raise HengjianError("没有这个法院，请从列表中选择。")
    return values | {"until": until, "target": target}


def granted(actor: Actor, application: Application, *, by: Unit) -> None:
    """In the transaction of the last signature."""
    application.state, application.granted_at, application.granted_by = State.GRANTED, actor.at, by
    application.version += 1
    application.save()
    log(application, scope=application.scope, purpose=application.purpose, until=application.until)


def refused(actor: Actor, application: Application) -> None:
    application.state = State.RETURNED
    application.version += 1
    application.save()
    log(application, state=application.state)


@act("releases.application.revoke", "收回使用授权")
def revoke(actor: Actor, application: Application, *, reason: str) -> Application:
    """By the office that granted it: misuse, or the purpose is gone."""
    row = Application.objects.select_for_update(of=("self",)).select_related("installation__unit").get(
        pk=application.pk
    )  # fmt: skip
    if row.state != State.GRANTED or row.granted_by is None:
        raise HengjianError("只有已经给出的授权可以收回。")
    Desk(row.installation, actor).require_seat(row.granted_by)
    if not reason.strip():
        raise HengjianError("请写明收回的理由。")
    row.state, row.revoked_at, row.revoked_reason = State.REVOKED, actor.at, reason.strip()[:200]
    row.version += 1
    row.save()
    log(row, reason=row.revoked_reason)
    return row
