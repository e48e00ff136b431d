"""The emergency lane: the report leaves at once, signatures and the full text follow; every use is on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import facts, filing, flows, notify, rounds, words
from hengjian.apps.bulletins.acts.phone import PhoneCall, add_call
from hengjian.apps.bulletins.carrying import grades_of
from hengjian.apps.bulletins.locking import put, take
from hengjian.apps.bulletins.models import Fact, Item, StageReport
from hengjian.apps.bulletins.once import known, once
from hengjian.apps.bulletins.people import holders, name_author
from hengjian.apps.bulletins.revisions import snapshot
from hengjian.apps.bulletins.states import Verb, move
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import ROLES, Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.policy import Pack
from hengjian.policy.clauses.definition import Term
from hengjian.policy.clauses.duty import EventDuty

TITLE = 40


def emergency_subtypes(pack: Pack) -> list[Term]:
    """Subtypes whose clock ignores quiet hours: those the lane is for."""
    urgent = urgent_classes(pack)
    return [t for t in words.terms(pack, "subtype") if t.attrs.get("deadline_class") in urgent]


def emergency_stages(pack: Pack) -> list[Term]:
    """The stages of an emergency's report; a stage of another deadline class belongs to other reports."""
    urgent = urgent_classes(pack)
    return [
        t
        for t in words.terms(pack, "stage")
        if not t.attrs.get("deadline_class") or t.attrs["deadline_class"] in urgent
    ]


def urgent_classes(pack: Pack) -> set[str]:
    """Deadline classes whose clock ignores quiet hours."""
    return {
        key
        for duty in pack.clauses_of("duty")
        if isinstance(duty, EventDuty) and duty.remind.emergency
        for key in duty.applies_to.get("deadline_class", ())
    }


@act("bulletins.emergency.report", "紧急报告（首报）")
def report(
    actor: Actor,
    *,
    installation: Installation,
    unit: Unit,
    what: str,
    where: str,
    occurred_at: datetime,
    client_key: str,
    learned_at: datetime | None = None,
    occurred_exact: bool = True,
    subtype: str = "",
    call: PhoneCall | None = None,
) -> Item:
    """Four fields in, filed in the same breath: number, receipt, alert. The same ``client_key`` reports once."""
    actor.require(Right.EMERGENCY_REPORT, unit)
    if (earlier := known(Item.objects.all(), client_key, unit=unit)) is not None:
        log(earlier, repeated=True)
        return earlier
    pack = pack_for(installation, actor.at)
    flow = flows.emergency_flow(pack, to_local(actor.at).date())
    if flow is None:
        raise HengjianError("本制度没有紧急报送的规定，请按一般流程报送。")
    _check(actor, what, where, occurred_at, learned_at)
    values = {
        "installation": installation,
        "unit": unit,
        "created_by": actor.person,
        "created_at": actor.at,
        "changed_at": actor.at,
        "lane": Item.Lane.EMERGENCY,
        "title": _title(where, what),
        "body": _body(what, where, occurred_at),
        "occurred_at": occurred_at,
        "occurred_exact": occurred_exact,
        "learned_at": learned_at,
        **_words(pack, flow.applies_to.get("importance", ("",))[0], subtype),
    }
    item, new = once(Item.objects.all(), client_key, values, "unit")
    if not new:
        log(item, repeated=True)
        return item
    name_author(item, actor)
    if call is not None:
        add_call(actor, item, call)
    revision = snapshot(actor, item, "report", unit=unit)
    rounds.start(actor, item, pack, flow, revision)
    if flow.report_first:
        filing.file(actor, item, pack, flow, revision)
    move(item, Verb.SUBMIT, Item.State.FILED if flow.report_first else Item.State.IN_REVIEW)
    put(item, actor.at, "state", "number", "filed_at")
    add_stage(actor, item, pack, what.strip(), "")
    alert(actor, item, pack, "紧急报告", what.strip())
    log(item, number=item.number, lane=item.lane, occurred_at=occurred_at, learned_at=learned_at)
    return item


@act("bulletins.emergency.stage", "分阶段报告")
def report_stage(actor: Actor, item: Item, *, stage: str, text: str, client_key: str) -> StageReport:
    """补报, 续报, 终报 of an emergency: each a text and a time of its own, and an alert."""
    actor.require(Right.EMERGENCY_REPORT, item.unit)
    item = take(item, None)
    if item.lane != Item.Lane.EMERGENCY:
        raise HengjianError("分阶段报告只用于紧急通道的信息；一般信息请修改后重新报送。")
    if item.state in (Item.State.DRAFT, Item.State.CANCELLED):
        raise HengjianError(f"这条信息现在是“{item.get_state_display()}”，不能再报，请重新发起紧急报告。")
    if not text.strip():
        raise HengjianError("请写明报告内容。")
    pack = pack_for(item.installation, actor.at)
    if (earlier := known(Fact.objects.all(), client_key, item=item)) is not None:
        log(item, repeated=True)
        return StageReport.objects.get(item=item, reported_at=earlier.happened_at, stage=earlier.value)
    _check_stage(item, pack, stage)
    made = add_stage(actor, item, pack, text.strip(), client_key, stage)
    alert(actor, item, pack, words.label(pack, "stage", stage), text.strip())
    log(item, stage=stage, n=made.n, characters=len(text))
    return made


@act("bulletins.emergency.acknowledge", "签收分阶段报告")
def acknowledge(actor: Actor, report: StageReport) -> StageReport:
    """The duty post or the office has read it; who and when."""
    actor.require(Right.EMERGENCY_RECEIVE, report.item.unit)
    locked = StageReport.objects.select_for_update().get(pk=report.pk)
    if locked.received_at is not None:
        raise HengjianError("这份报告已经签收，请刷新页面查看。")
    locked.received_at, locked.received_by = actor.at, actor.person
    locked.save(update_fields=["received_at", "received_by"])
    log(locked.item, stage=locked.stage, n=locked.n)
    return locked


def add_stage(
    actor: Actor, item: Item, pack: Pack, text: str, client_key: str, stage: str = ""
) -> StageReport:
    """Write the report and its fact; the first stage of the vocabulary unless another is named."""
    stage = stage or emergency_stages(pack)[0].key
    n = (item.stage_reports.order_by("-n").values_list("n", flat=True).first() or 0) + 1
    facts.record_fact(
        actor,
        installation=item.installation,
        kind="report",
        value=stage,
        item=item,
        unit=item.unit,
        happened_at=actor.at,
        client_key=client_key or f"report-{item.pk}-{n}",
    )
    return StageReport.objects.create(
        item=item, stage=stage, n=n, text=text, reported_at=actor.at, reported_by=actor.person
    )


def alert(actor: Actor, item: Item, pack: Pack, kind: str, text: str) -> None:
    """Everybody the clause names and everybody on duty, at once; quiet hours do not apply."""
    flow = flows.emergency_flow(pack, to_local(actor.at).date())
    on_duty = [key for key, role in ROLES.items() if Right.EMERGENCY_RECEIVE in role.rights]
    roles = {*(flow.alert if flow else ()), *on_duty}
    notify.tell(
        holders(roles, item.unit, actor.at),
        f"alert:{item.pk}:{item.stage_reports.count()}",
        f"【{kind}】{item.unit} {item.number}",
        f"{item.unit}于{to_local(actor.at):%m月%d日 %H:%M}{kind}，请立即登录衡鉴查看并处置。{notify.link(item)}",
        actor.at,
        urgent=True,
    )


def _check(actor: Actor, what: str, where: str, occurred_at: datetime, learned_at: datetime | None) -> None:
    if not what.strip() or not where.strip():
        raise HengjianError("请写明发生了什么、在哪里。")
    if max(occurred_at, learned_at or occurred_at) > actor.at:
        raise HengjianError("发生或知悉的时间晚于现在，请核对日期和时间。")
    if learned_at is not None and learned_at < occurred_at:
        raise HengjianError("知悉时间早于发生时间，请核对。")


def _check_stage(item: Item, pack: Pack, stage: str) -> None:
    order = [term.key for term in emergency_stages(pack)]
    if stage not in order[1:]:
        labels = "、".join(words.label(pack, "stage", key) for key in order[1:])
        raise HengjianError(f"请选择报告阶段：{labels}。")
    if item.stage_reports.filter(stage=order[-1]).exists():
        raise HengjianError(
            f"已经{words.label(pack, 'stage', order[-1])}，事情又有变化的请重新发起紧急报告。"
        )


def _title(where: str, what: str) -> str:
    first = what.strip().splitlines()[0].split("。")[0]
    place = where.strip()
    title = first if first.startswith(place) else f"{place}：{first}"
    return title if len(title) <= TITLE else title[: TITLE - 1] + "…"


def _body(what: str, where: str, occurred_at: datetime) -> str:
    local = to_local(occurred_at)
    return f"{local.year}年{local.month}月{local.day}日{local:%H时%M分}，{where.strip()}。\n{what.strip()}"


def _words(pack: Pack, importance: str, subtype: str) -> dict[str, Any]:
    fitting = emergency_subtypes(pack)
    chosen = next((t for t in fitting if t.key == subtype), None if subtype else fitting[0])
    if chosen is None:
        raise HengjianError(f"紧急通道只用于：{'、'.join(t.label for t in fitting)}。")
    category = str(chosen.attrs.get("category", ""))
    outlet = words.attr(pack, "category", category, "outlet", "")
    grades = grades_of(pack, outlet) or ["internal"]
    return {
        "category": category,
        "subtype": chosen.key,
        "importance": importance or words.attr(pack, "category", category, "importance", "important"),
        "outlet": outlet,
        "grade": grades[-1],
    }
