"""A notice's way: prepared from the ledger, submitted, signed, printed. Publishing closes the period."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts import decide
from hengjian.apps.approvals.models import Course
from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.points import approval, letters, queries
from hengjian.apps.points.acts.posting import account, lock, post_all
from hengjian.apps.points.content import Builder
from hengjian.apps.points.corrections import changes_between
from hengjian.apps.points.engine import period_kind, scored
from hengjian.apps.points.models import AccountPeriod, Notice, Posting
from hengjian.apps.points.printing import document_of
from hengjian.apps.points.states import can
from hengjian.apps.points.windows import settled_from
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.times import to_local
from hengjian.documents import demand_all_glyphs
from hengjian.policy import Pack

State = Notice.State
PROVISIONAL = "（预计）"


@act("points.notice.prepare", "拟制通报")
def prepare(actor: Actor, installation: Installation, *, clause: str, period: str) -> Notice:
    """Compute the notice anew. An open draft is refreshed; after publication a restated edition begins."""
    actor.require(Right.NOTICE_PREPARE, installation.unit_id)
    lock(installation)
    pack = pack_for(installation, actor.at)
    rule, wanted = notice_clause(pack, clause), Period.parse(period)
    if wanted.kind != rule.per:
        raise HengjianError(f"“{rule.title}”按{_per(rule.per)}编发，请选择相应的期间。")
    if wanted.first > to_local(actor.at).date():
        raise HengjianError(f"{wanted.label}还没有开始，不能拟制通报。")
    result = scored(installation, actor.at)
    if actor.has(Right.POINTS_POST, installation.unit_id):
        post_all(actor, installation, result)
    row = account(installation, str(wanted))
    content = Builder(installation, wanted, rule, actor.at, result).build()
    latest = row.notices.filter(clause=pack.full_id(rule)).order_by("-edition").first()
    notice = _draft(actor, latest, row, pack.full_id(rule), content, rule.title)
    notice.posting = Posting.objects.filter(period=row).order_by("-pk").first()
    notice.content, notice.prepared_at, notice.prepared_by = content, actor.at, actor.person
    notice.title = notice.title.removesuffix(PROVISIONAL) + (PROVISIONAL if content["provisional"] else "")
    notice.save()
    log(notice, edition=notice.edition, period=row.key, totals=content["totals"])
    return notice


@act("points.notice.edit", "修改通报标题和按语")
def edit(actor: Actor, notice: Notice, *, version: int, title: str, remark: str) -> Notice:
    row = _take(actor, notice, Right.NOTICE_PREPARE, version, "edit")
    before = {"title": row.title, "remark": row.remark}
    if not title.strip():
        raise HengjianError("标题不能为空，请填写。")
    row.title, row.remark = title.strip(), remark.strip()
    return _save(row, before=before, after={"title": row.title, "remark": row.remark})


@act("points.notice.submit", "通报送审批")
def submit(actor: Actor, notice: Notice, *, version: int) -> Notice:
    """Hand the draft to those who sign; only figures that still agree with the ledger, of a period that is over."""
    row = _take(actor, notice, Right.NOTICE_PREPARE, version, "submit")
    pack = pack_for(row.period.installation, actor.at)
    _over(Period.parse(row.period.key), pack, to_local(actor.at).date())
    still_true(row, actor)
    demand_all_glyphs(document_of(row))
    row.opinion, row.state = "", State.SUBMITTED
    _save(row, state=row.state)
    approval.begin(actor, row, pack)
    row.refresh_from_db()
    return row


@act("points.notice.recall", "撤回送审批")
def recall(actor: Actor, notice: Notice, *, version: int) -> Notice:
    row = _take(actor, notice, Right.NOTICE_PREPARE, version, "recall")
    course = approval.course_of(row)
    if course.state == Course.State.OPEN:
        running.close(actor, course, Course.State.WITHDRAWN)
    row.state, row.approved_by, row.approved_at = State.DRAFT, None, None
    return _save(row, state=State.DRAFT)


@act("points.notice.return", "退回通报")
def send_back(actor: Actor, notice: Notice, *, version: int, reason: str) -> Notice:
    """Whoever's turn it is may send the draft back; what is changed then goes the whole way again."""
    row = _take(actor, notice, None, version, "return")
    decide.send_back(actor, approval.course_of(row), reason=reason)
    row.refresh_from_db()
    return row


@act("points.notice.approve", "审批通报")
def approve(actor: Actor, notice: Notice, *, version: int, opinion: str = "") -> Notice:
    """Sign the step that waits for the actor; with the last signature the notice may be printed."""
    row = _take(actor, notice, None, version, "approve")
    decide.agree(actor, approval.course_of(row), opinion=opinion)
    row.refresh_from_db()
    return row


@act("points.notice.publish", "印发通报")
def publish(actor: Actor, notice: Notice, *, version: int, prefix: str = "") -> Notice:
    """Number, publish and close the period; the edition before it is superseded."""
    row = _take(actor, notice, Right.NOTICE_PREPARE, version, "publish")
    installation = row.period.installation
    lock(installation)
    still_true(row, actor)
    _months_closed(row, actor)
    row.number = next_number(installation, actor, prefix)
    demand_all_glyphs(document_of(row))
    row.state, row.published_at, row.published_by = State.PUBLISHED, actor.at, actor.person
    earlier = Notice.objects.filter(period=row.period, clause=row.clause, state=State.PUBLISHED)
    for old in earlier.exclude(pk=row.pk):
        old.state = State.SUPERSEDED
        old.version += 1
        old.save(update_fields=["state", "version"])
        log(old, state=State.SUPERSEDED, by=row.number)
    _close(row.period, actor)
    if getattr(notice_clause(pack_for(installation, row.prepared_at), row.clause), "letters", False):
        letters.tell_heads(actor, row)
    return _save(row, state=State.PUBLISHED, number=row.number)


def notice_clause(pack: Pack, clause: str) -> Any:
    for rule in pack.clauses_of("notice"):
        if clause in (rule.id, pack.full_id(rule)):
            return rule
    raise HengjianError("制度里没有这种通报，请从列表中选择。")


def next_number(installation: Installation, actor: Actor, prefix: str = "") -> str:
    """文号: prefix〔year〕n号, counted within the year of publication."""
    year = to_local(actor.at).year
    marks = f"〔{year}〕"
    issued = Notice.objects.filter(period__installation=installation, number__contains=marks).count()
    return f"{prefix.strip() or number_prefix(installation)}{marks}{issued + 1}号"


def number_prefix(installation: Installation) -> str:
    last = Notice.objects.filter(period__installation=installation).exclude(number="").order_by("-pk").first()
    return (
        last.number.split("〔")[0]
        if last
        else f"{installation.unit.short_name or installation.unit.name}信通"
    )


def _draft(
    actor: Actor, latest: Notice | None, row: AccountPeriod, clause: str, content: dict[str, Any], name: str
) -> Notice:
    """The draft to fill: the open one, a first one, or a restated edition with its list of changes."""
    court, label = content["court"], content["label"]
    if latest is None:
        title = f"{court}关于{label}信息工作情况的通报" if content["unit_word"] else f"{court}{label}{name}"
        return Notice(period=row, clause=clause, edition=1, title=title)
    if can(latest, "refresh"):
        locked = Notice.objects.select_for_update().get(pk=latest.pk)
        locked.version += 1
        published = row.notices.filter(clause=clause, state=State.PUBLISHED).first()
        locked.changes = changes_between(published.content, content) if published else []
        return locked
    if latest.state != State.PUBLISHED:
        raise HengjianError(f"这份通报正在办理（{latest.get_state_display()}），请先撤回或办结。")
    changes = changes_between(latest.content, content)
    if not changes:
        raise HengjianError(f"{label}的数字与已印发的通报一致，不需要更正通报。")
    title = f"{court}关于更正{label}信息工作情况的通报"
    return Notice(period=row, clause=clause, edition=latest.edition + 1, title=title, changes=changes)


def _take(actor: Actor, notice: Notice, right: Right | None, version: int, verb: str) -> Notice:
    """Lock the row; refuse a stale version or a state in which ``verb`` makes no sense. No right: a seat decides."""
    row = (
        Notice.objects.select_for_update(of=("self",))
        .select_related("period__installation__unit")
        .get(pk=notice.pk)
    )
    if right is not None:
        actor.require(right, row.period.installation.unit_id)
    if row.version != version:
        raise HengjianError(
            f"这份通报在您打开之后已被改动（现为“{row.get_state_display()}”），请核对最新内容后再办理。"
        )
    if not can(row, verb):
        raise HengjianError(f"通报现在的状态是“{row.get_state_display()}”，不能这样办理，请刷新页面。")
    return row


def _save(row: Notice, **payload: Any) -> Notice:
    row.version += 1
    row.save()
    log(row, **payload)
    return row


def _over(period: Period, pack: Pack, today: date) -> None:
    if period.end > today:
        raise HengjianError(f"{period.label}还没有结束，期满后才能送审批；现在可以先预览。")
    settled = settled_from(pack, period)
    if settled > today:
        last = settled - timedelta(days=1)
        raise HengjianError(
            f"{period.label}的最后一周到{last.month}月{last.day}日（周日）才结束，这一周报送的还计入本期；"
            f"请在{settled.month}月{settled.day}日以后送审批，现在可以先预览。"
        )


def still_true(row: Notice, actor: Actor) -> None:
    """Refuse to pass on figures the ledger no longer shows, or facts the ledger has not seen."""
    installation, key = row.period.installation, row.period.key
    if not row.content["unit_word"]:
        _still_counted(row, actor)
        return
    scores = queries.scores(installation, key)
    frozen = {int(unit): Decimal(points) for unit, points in row.content["scores"].items()}
    current = {unit: points for unit, points in scores.items() if unit is not None and points}
    open_months = {
        name
        for name in queries.behind(installation, actor.at)
        if name.startswith(key) and account(installation, name).state == AccountPeriod.State.OPEN
    }
    if open_months or {u: p for u, p in frozen.items() if p} != current:
        raise HengjianError("拟稿以后事实或者台账又有变动，请先重新生成通报，核对后再办理。")


def _still_counted(row: Notice, actor: Actor) -> None:
    """Where nothing is scored, the tables themselves must still be the same."""
    installation = row.period.installation
    rule = notice_clause(pack_for(installation, actor.at), row.clause)
    fresh = Builder(installation, Period.parse(row.period.key), rule, actor.at).build()
    if fresh["sections"] != row.content["sections"]:
        raise HengjianError("拟稿以后事实又有变动，请先重新生成通报，核对后再办理。")


def _months_closed(row: Notice, actor: Actor) -> None:
    """A year is printed when each of its months that has points is closed."""
    installation = row.period.installation
    if Period.parse(row.period.key).kind == period_kind(pack_for(installation, actor.at)):
        return
    waiting = AccountPeriod.objects.filter(
        installation=installation, key__startswith=row.period.key, state=AccountPeriod.State.OPEN
    ).exclude(pk=row.period.pk)
    names = [Period.parse(p.key).label for p in waiting.order_by("key") if p.lines.exists()]
    if names:
        raise HengjianError(f"{'、'.join(names)}还没有通报关账，请先印发这些期间的通报。")


def _close(period: AccountPeriod, actor: Actor) -> None:
    if period.state == AccountPeriod.State.CLOSED:
        return
    period.state, period.closed_at = AccountPeriod.State.CLOSED, actor.at
    period.save(update_fields=["state", "closed_at"])
    log(period, label=f"{period.key} 关账", state="closed")


def _per(kind: str) -> str:
    names = {"month": "月", "quarter": "季度", "half": "半年", "year": "年"}
    return names.get(str(kind), str(kind))
