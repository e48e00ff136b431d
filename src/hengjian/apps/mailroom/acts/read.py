"""What was read out of a message, and what becomes of it: filed, laid before a person, put aside."""

from __future__ import annotations

from uuid import uuid4

from django.core.files.base import ContentFile
from django.db.models import QuerySet

from hengjian.apps.audit.acting import act, attempt, log
from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.acts.arrive import arrive
from hengjian.apps.bulletins.acts.attach import attach
from hengjian.apps.bulletins.drafts import ItemDraft
from hengjian.apps.bulletins.people import holders
from hengjian.apps.mailroom import receipts
from hengjian.apps.mailroom.bounces import note_bounce
from hengjian.apps.mailroom.intake.judging import Verdict
from hengjian.apps.mailroom.intake.letter import Letter
from hengjian.apps.mailroom.intake.rules import MailRules
from hengjian.apps.mailroom.letters import Letter as Note
from hengjian.apps.mailroom.letters import link, queue
from hengjian.apps.mailroom.models import IncomingMail
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError

State = IncomingMail.State
STILL_STANDING = (State.FILED, State.WAITING, State.DUPLICATE)
TRIES = 3


@act("mailroom.incoming.read", "读取来信")
def settle(
    actor: Actor, mail: IncomingMail, letter: Letter, verdict: Verdict, rules: MailRules
) -> IncomingMail:
    """Keep the reading and follow the verdict; one who comes second finds the work done."""
    mail = locked(mail)
    if mail.state != State.NEW:
        log(mail, unit=mail.installation.unit_id, repeated=True)
        return mail
    write_down(mail, letter, verdict)
    earlier = _earlier(mail, verdict)
    if earlier is not None:
        mail.state, mail.original = State.DUPLICATE, earlier
        mail.reason = "与先前收到的一封内容相同，没有重复登记。"
    elif verdict.state == State.FILED and verdict.unit is not None:
        _try_to_file(actor, mail, letter, verdict, rules)
    elif letter.mail.bounce is not None:
        mail.bounced = note_bounce(actor, letter.mail.bounce)
    mail.save()
    log(
        mail,
        unit=mail.installation.unit_id,
        after=mail.state,
        reason=mail.reason,
        item=mail.item.number if mail.item else "",
        claimed_from=mail.from_address,
    )
    return mail


@act("mailroom.incoming.hold", "隔离来信")
def hold(actor: Actor, mail: IncomingMail, *, reason: str, again: bool = False) -> None:
    """It cannot be read. ``again``: perhaps our own fault, to be tried a few times."""
    mail = locked(mail)
    mail.tries += 1
    if not again or mail.tries >= TRIES:
        mail.state = State.HELD
    mail.reason = reason[:300]
    mail.save(update_fields=["state", "reason", "tries"])
    log(mail, unit=mail.installation.unit_id, after=mail.state, reason=reason)


def locked(mail: IncomingMail) -> IncomingMail:
    """The row for this transaction. All of an installation are settled one after another, so that of two equal
    ones the second finds the first."""
    Installation.objects.select_for_update().get(pk=mail.installation_id)
    rows: QuerySet[IncomingMail] = IncomingMail.objects.select_related("installation__unit")
    return rows.get(pk=mail.pk)


def write_down(mail: IncomingMail, letter: Letter, verdict: Verdict) -> None:
    read = letter.mail
    mail.state, mail.reason = verdict.state, verdict.reason[:300]
    mail.message_id = read.message_id[:250]
    mail.content_hash = verdict.content
    mail.from_name, mail.from_address = read.from_name[:200], read.from_address[:254]
    mail.reply_to = "" if read.automatic else read.reply_to[:254]
    mail.claimed_at = read.sent_at
    mail.subject, mail.unit_text, mail.title = read.subject[:500], verdict.unit_text, verdict.title
    mail.body = letter.body
    mail.notes = list(letter.notes)
    mail.files = [{"name": f.name, "size": len(f.content), "type": f.media_type} for f in read.files]
    mail.unit = verdict.unit


def _earlier(mail: IncomingMail, verdict: Verdict) -> IncomingMail | None:
    """The same words and files; or the same Message-ID with the same title. An equal Message-ID alone proves
    nothing: anybody can write one."""
    if not verdict.content:
        return None
    others = IncomingMail.objects.filter(installation=mail.installation_id, state__in=STILL_STANDING)
    others = others.exclude(pk=mail.pk).order_by("pk")
    same = others.filter(content_hash=verdict.content).first()
    if same is None and mail.message_id:
        same = others.filter(message_id=mail.message_id, title=mail.title, unit_text=mail.unit_text).first()
        if same is None and others.filter(message_id=mail.message_id).exists():
            mail.notes = [*mail.notes, "有另一封来信用了同一个 Message-ID 而内容不同，请核对是否冒用。"]
    return (same.original or same) if same is not None else None


def _try_to_file(
    actor: Actor, mail: IncomingMail, letter: Letter, verdict: Verdict, rules: MailRules
) -> None:
    assert verdict.unit is not None
    try:
        with attempt():
            file_letter(actor, mail, letter, verdict.unit, verdict.category, rules)
    except HengjianError as error:
        mail.state, mail.reason, mail.item = State.WAITING, error.message[:300], None


def file_letter(
    actor: Actor,
    mail: IncomingMail,
    letter: Letter,
    unit: Unit,
    category: str,
    rules: MailRules,
    *,
    accepted: bool = False,
) -> None:
    """Make the item with its files, tell the sender and the department. The caller saves the mail.

    ``accepted``: a person stands for the sender.
    """
    draft = ItemDraft(
        title=mail.title or mail.subject, body=letter.body, category=category, grade=rules.grade
    )
    mail.item = arrive(
        actor,
        installation=mail.installation,
        unit=unit,
        draft=draft,
        client_key=f"mail-{mail.pk}-{uuid4().hex[:12]}",
        channel=rules.channel,
        arrived_at=mail.arrived_at,
    )
    mail.unit, mail.state, mail.reason = unit, State.FILED, ""
    for file in letter.mail.files:
        try:
            with attempt():
                attach(actor, mail.item, name=file.name, content=ContentFile(file.content))
        except HengjianError as error:
            mail.notes = [*mail.notes, f"附件“{file.name}”没有收取：{error.message}"]
    receipts.receipt(actor, mail, words.label(rules.pack, "category", category), accepted=accepted)
    _tell_department(actor, mail, unit)


def _tell_department(actor: Actor, mail: IncomingMail, unit: Unit) -> None:
    """Whoever wrote in a department's name: its people learn of it here, not at the address the mail came from."""
    assert mail.item is not None
    body = (
        f"办公室信箱收到以{unit}名义报送的邮件，已登记为 {mail.item.number}《{mail.item.title}》。"
        f"如不是本部门所报，请告知办公室。{link(f'/bulletins/{mail.item.pk}/')}"
    )
    queue(
        [
            Note(
                person,
                f"mail-in:{mail.pk}:{mail.item.pk}",
                f"以本部门名义收到邮件报送：{mail.item.number}",
                body,
            )
            for person in holders(["liaison", "dept_head"], unit, actor.at)
        ],
        actor.at,
    )
