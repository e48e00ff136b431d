"""The life of a notice: prepared from the figures, signed by the flow of the pack, published once."""

from __future__ import annotations

from typing import Any

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.indicators import approval
from hengjian.apps.indicators.content import Builder
from hengjian.apps.indicators.models import Explanation, KpiNotice
from hengjian.apps.indicators.states import can
from hengjian.apps.indicators.who import Scene, heads_of
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.times import to_local
from hengjian.policy.clauses.notice import Notice

State = KpiNotice.State


@act("indicators.notice.prepare", "拟制应用通报")
def prepare(
    actor: Actor,
    installation: Installation,
    *,
    clause: str,
    period: str,
    ranked: bool = False,
    intervals: bool = False,
) -> KpiNotice:
    """Draft the notice, fill the open draft anew, or open a correcting edition where the numbers have changed."""
    actor.require(Right.KPI_MANAGE, installation.unit_id)
    scene, asked = Scene(installation, actor), Period.parse(period)
    rule = _rule(scene, clause, asked)
    if asked.end > to_local(actor.at).date():
        raise HengjianError(f"{asked.label}还没有结束，期满后再拟通报。")
    content = Builder(scene, rule, asked, ranked=ranked, intervals=intervals).build()
    if not any(s["rows"] for s in content["sections"] if s["of"] == "indicators"):
        raise HengjianError(
            "没有一个指标的口径已经确定，不能通报，请先确定口径卡。", article=rule.articles[0]
        )
    row = _draft(scene, rule, asked, content)
    row.content, row.ranked, row.intervals = content, ranked, intervals
    row.prepared_by, row.prepared_at = actor.person, actor.at
    row.save()
    log(row, period=str(asked), clause=row.clause, edition=row.edition)
    return row


@act("indicators.notice.edit", "修改应用通报")
def edit(actor: Actor, notice: KpiNotice, *, version: int, title: str, remark: str) -> KpiNotice:
    row = _take(actor, notice, version, "edit", Right.KPI_MANAGE)
    if not title.strip():
        raise HengjianError("标题是空的，请填写。")
    row.title, row.remark = title.strip(), remark.strip()
    return _save(row, title=row.title)


@act("indicators.notice.submit", "送审应用通报")
def submit(actor: Actor, notice: KpiNotice, *, version: int) -> KpiNotice:
    """Begins the signatures its clause asks for; agreed and sent back in ``apps.approvals``."""
    row = _take(actor, notice, version, "submit", Right.KPI_MANAGE)
    _still_true(actor, row)
    row.state = State.SUBMITTED
    _save(row, state=row.state)
    approval.begin(actor, row, Scene(row.installation, actor).pack)
    row.refresh_from_db()
    return row


@act("indicators.notice.recall", "撤回应用通报")
def recall(actor: Actor, notice: KpiNotice, *, version: int) -> KpiNotice:
    row = _take(actor, notice, version, "recall", Right.KPI_MANAGE)
    row.state = State.DRAFT
    return _save(row, state=row.state)


@act("indicators.notice.publish", "印发应用通报")
def publish(actor: Actor, notice: KpiNotice, *, version: int) -> KpiNotice:
    """Number it; whoever has to explain is told."""
    row = _take(actor, notice, version, "publish", Right.KPI_MANAGE)
    _still_true(actor, row)
    earlier = KpiNotice.objects.filter(
        installation=row.installation, clause=row.clause, period=row.period, state=State.PUBLISHED
    )
    for old in earlier.exclude(pk=row.pk):
        old.state = State.SUPERSEDED
        old.save(update_fields=["state"])
    row.number = _number(row, actor)
    row.state, row.published_by, row.published_at = State.PUBLISHED, actor.person, actor.at
    opened = _open_explanations(actor, row)
    return _save(row, state=row.state, number=row.number, explanations=opened)


def _rule(scene: Scene, clause: str, period: Period) -> Notice:
    found = next(
        (
            c
            for c in scene.pack.clauses_of("notice")
            if clause in (c.id, scene.pack.full_id(c)) and any(s.of == "indicators" for s in c.sections)
        ),
        None,
    )
    if found is None:
        raise HengjianError("制度里没有这种通报，请从列表中选择。")
    if found.per is not period.kind:
        names = {"month": "2024-06", "half": "2024H1", "year": "2024"}
        raise HengjianError(f"“{found.title}”的期间要写成 {names.get(str(found.per), found.per)} 这样。")
    return found  # type: ignore[no-any-return]


def _draft(scene: Scene, rule: Notice, period: Period, content: dict[str, Any]) -> KpiNotice:
    clause = scene.pack.full_id(rule)
    editions = KpiNotice.objects.select_for_update(of=("self",)).filter(
        installation=scene.installation, clause=clause, period=str(period)
    )
    latest = editions.order_by("-edition").first()
    court = scene.installation.unit.name
    if latest is None:
        title = f"{court}关于{period.label}信息化应用情况的通报"
        return KpiNotice(installation=scene.installation, clause=clause, period=str(period), title=title)
    if can(latest, "refresh"):
        latest.version += 1
        return latest
    if latest.state != State.PUBLISHED:
        raise HengjianError(f"这份通报{latest.get_state_display()}，请先撤回或办结。")
    if same_figures(latest.content, content):
        raise HengjianError(f"{period.label}的数字与已印发的通报一致，不需要更正通报。")
    title = f"{court}关于更正{period.label}信息化应用情况的通报"
    return KpiNotice(
        installation=scene.installation,
        clause=clause,
        period=str(period),
        edition=latest.edition + 1,
        title=title,
    )


def same_figures(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return _figures(before) == _figures(after)


def _figures(content: dict[str, Any]) -> list[Any]:
    kept = ("indicators", "units")
    return [s["rows"] for s in content["sections"] if s["of"] in kept]


def _take(actor: Actor, notice: KpiNotice, version: int, verb: str, right: Right | None = None) -> KpiNotice:
    row = (
        KpiNotice.objects.select_for_update(of=("self",))
        .select_related("installation__unit")
        .get(pk=notice.pk)
    )
    if right is not None:
        actor.require(right, row.installation.unit_id)
    if row.version != version:
        raise HengjianError(
            f"这份通报在您打开之后已被改动（现为“{row.get_state_display()}”），请刷新后再办理。"
        )
    if not can(row, verb):
        raise HengjianError(f"通报现在{row.get_state_display()}，不能这样办理，请刷新页面。")
    return row


def _save(row: KpiNotice, **payload: Any) -> KpiNotice:
    row.version += 1
    row.save()
    log(row, **payload)
    return row


def _still_true(actor: Actor, row: KpiNotice) -> None:
    """Refuse to pass on figures that were corrected since."""
    scene = Scene(row.installation, actor)
    rule = _rule(scene, row.clause, Period.parse(row.period))
    fresh = Builder(scene, rule, Period.parse(row.period), ranked=row.ranked, intervals=row.intervals).build()
    if not same_figures(row.content, fresh):
        raise HengjianError("拟稿以后数据、标准或者口径又有变动，请先重新生成通报，核对后再办理。")


def _number(row: KpiNotice, actor: Actor) -> str:
    year = to_local(actor.at).year
    marks = f"〔{year}〕"
    issued = KpiNotice.objects.filter(installation=row.installation, number__contains=marks).count()
    unit = row.installation.unit
    return f"{unit.short_name or unit.name}应用通{marks}{issued + 1}号"


def _open_explanations(actor: Actor, row: KpiNotice) -> int:
    """Only where the notice has a section about them: half-years and years do not ask for the same again."""
    if not any(section["of"] == "duties" for section in row.content["sections"]):
        return 0
    opened = 0
    units = Unit.objects.in_bulk([due["unit_id"] for due in row.content["due"] if due["unit_id"]])
    for due in row.content["due"]:
        unit = units.get(due["unit_id"])
        if unit is None:
            continue
        made, new = Explanation.objects.get_or_create(
            installation=row.installation,
            indicator=due["indicator"],
            unit=unit,
            period=row.period,
            trigger=due["trigger"],
            defaults={"notice": row, "article": due["article"], "fact": due["fact"], "opened_at": actor.at},
        )
        if new:
            opened += 1
            notify.tell(
                heads_of(unit, actor.at),
                f"explanation:{made.pk}",
                f"请说明情况：{row.content['label']}{_title(row, due)}",
                f"{due['fact']}请登录衡鉴，在“情况说明”里写明原因和措施。",
                actor.at,
            )
    return opened


def _title(row: KpiNotice, due: dict[str, Any]) -> str:
    titles: dict[str, str] = {
        r["indicator"]: r["title"]
        for s in row.content["sections"]
        if s["of"] == "indicators"
        for r in s["rows"]
    }
    return titles.get(due["indicator"], str(due["indicator"]))
