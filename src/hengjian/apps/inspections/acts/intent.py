"""Intent is never computed: inspectors each for himself, the person's reply, the confirmation from above.

How many inspectors and who confirms, the flow clause says.
"""

from __future__ import annotations

from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.approvals.models import Course
from hengjian.apps.audit.acting import act
from hengjian.apps.bulletins import notify
from hengjian.apps.inspections import states, words
from hengjian.apps.inspections.access import require_member
from hengjian.apps.inspections.acts.taking import need, put, take
from hengjian.apps.inspections.models import Finding, FindingReply, IntentView
from hengjian.apps.org.access import Actor, Denied
from hengjian.base.errors import HengjianError

Intent = Finding.Intent


@act("inspections.intent.view", "检查人员认定是否故意")
def give_view(
    actor: Actor, finding: Finding, *, version: int | None = None, intended: bool, grounds: str
) -> IntentView:
    """Each inspector once, with grounds and evidence, without seeing what the others hold."""
    row = take(finding, version)
    states.check(row.inspection, "intent")
    require_member(actor, row.inspection)
    if row.intent != Intent.VIEWS:
        raise HengjianError("这个问题不在等待检查人员认定。")
    if row.views.filter(person=actor.person).exists():
        raise HengjianError("您已经认定过，认定不能更改。")
    made = IntentView.objects.create(
        finding=row, person=actor.person, intended=intended, grounds=need(grounds, "理由和证据"), at=actor.at
    )
    pack = words.pack_for_inspection(row.inspection, actor.at)
    wanted = words.persons_of(pack, words.INTENT, "find", words.today(actor))
    views = list(row.views.all())
    if any(not view.intended for view in views):
        row.intent = Intent.NOT_ESTABLISHED
    elif len(views) >= wanted:
        row.intent = Intent.REPLY
        if row.person is not None:
            notify.tell(
                [row.person],
                f"intent:{row.pk}",
                "请就检查认定作出答复",
                f"检查组就“{row.title}”提出认定，请登录衡鉴，在答复里说明。",
                actor.at,
            )
    put(row, unit=row.unit_id, intent=row.intent, views=len(views))
    return made


@act("inspections.intent.reply", "本人就认定答复")
def personal_reply(
    actor: Actor, finding: Finding, *, version: int | None = None, accepts: bool, text: str
) -> FindingReply:
    """By the very person. Then whoever the flow names above decides."""
    row = take(finding, version)
    own = actor.person is not None and actor.person.pk == row.person_id
    if not own:
        raise Denied("只有本人可以就认定答复。")
    if row.state == Finding.State.DRAFT:
        raise HengjianError("检查组还没有送交，不用答复。")
    if row.intent != Intent.REPLY:
        raise HengjianError("现在不需要您就认定答复。")
    return _replied(actor, row, accepts=accepts, text=need(text, "答复"))


@act("inspections.intent.silent", "登记本人不答复")
def record_silence(actor: Actor, finding: Finding, *, version: int | None = None, text: str) -> FindingReply:
    """The person was asked and did not answer: how he was asked and what he said stands in the record."""
    row = take(finding, version)
    require_member(actor, row.inspection)
    if row.intent != Intent.REPLY or row.state == Finding.State.DRAFT:
        raise HengjianError("这个问题不在等待本人答复。")
    return _replied(
        actor, row, accepts=False, text="（检查组登记）本人没有答复：" + need(text, "通知和催告的情况")
    )


def _replied(actor: Actor, row: Finding, *, accepts: bool, text: str) -> FindingReply:
    made = FindingReply.objects.create(
        finding=row, personal=True, accepts=accepts, text=text, by=actor.person, at=actor.at
    )
    row.intent = Intent.CONFIRM
    put(row, unit=row.unit_id, accepts=accepts)
    inspection = row.inspection
    pack = words.pack_for_inspection(inspection, actor.at)
    cause = words.label(pack, "cause", row.alleged)
    running.begin(
        actor,
        row,
        inspection.installation,
        words.INTENT,
        unit=inspection.court,
        title=f"认定“{cause}”：{row.title}",
        url=reverse("inspections:finding", args=[row.pk]),
        after="reply",
    )
    return made


def confirmed(actor: Actor, finding: Finding, course: Course) -> None:
    """The last signature: now, and only now, the cause stands."""
    row = take(finding)
    row.intent, row.cause = Intent.ESTABLISHED, row.alleged
    put(row, unit=row.unit_id, cause=row.cause)


def not_confirmed(actor: Actor, finding: Finding, course: Course) -> None:
    row = take(finding)
    row.intent = Intent.NOT_ESTABLISHED
    put(row, unit=row.unit_id)


def outsider(actor: Actor, finding: Finding, step: object) -> bool:
    """Nobody confirms what he held himself as an inspector, nor what concerns himself."""
    if actor.person is None:
        return False
    found = finding.views.filter(person=actor.person).exists()
    return not found and actor.person.pk != finding.person_id
