"""What a person decides about a letter the system could not place by itself."""

from __future__ import annotations

from django.db import transaction

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.acts.arrive import misplace
from hengjian.apps.mailroom import receipts
from hengjian.apps.mailroom.acts.read import file_letter, locked
from hengjian.apps.mailroom.intake import store
from hengjian.apps.mailroom.intake.judging import example
from hengjian.apps.mailroom.intake.letter import Letter
from hengjian.apps.mailroom.intake.matching import plain
from hengjian.apps.mailroom.intake.rules import MailRules, rules_of
from hengjian.apps.mailroom.models import IncomingMail
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit, UnitAlias
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError

State = IncomingMail.State
OPEN = (State.WAITING, State.HELD, State.DUPLICATE)


@act("mailroom.incoming.place", "登记来信")
def place(
    actor: Actor, mail: IncomingMail, *, unit: Unit, letter: Letter, title: str = "", learn: bool = True
) -> IncomingMail:
    """File the letter for ``unit``; with ``learn`` the way it was written is known from now on."""
    mail = _open(actor, mail)
    rules = _rules(actor, mail)
    mail.title = (title.strip() or mail.title or mail.subject)[:200]
    if not mail.title:
        raise HengjianError("邮件没有标题，请填写标题。")
    category = rules.category_in(letter.heads) or rules.category
    file_letter(actor, mail, letter, unit, category, rules, accepted=True)
    learned = _learn(mail, unit) if learn else ""
    mail.decided_by, mail.decided_at = actor.person, actor.at
    mail.save()
    assert mail.item is not None
    log(
        mail,
        unit=mail.installation.unit_id,
        after=mail.state,
        item=mail.item.number,
        to=str(unit),
        learned=learned,
    )
    return mail


@act("mailroom.incoming.refuse", "不予登记来信")
def refuse(actor: Actor, mail: IncomingMail, *, reason: str, tell: bool = True) -> IncomingMail:
    mail = _open(actor, mail)
    if not reason.strip():
        raise HengjianError("请写明不予登记的理由。")
    before = mail.state
    mail.state, mail.reason = State.REFUSED, reason.strip()[:300]
    mail.decided_by, mail.decided_at = actor.person, actor.at
    mail.save()
    rules = rules_of(pack_for(mail.installation, actor.at))
    told = bool(tell and rules and receipts.refusal(actor, mail, mail.reason, example(rules)))
    log(mail, unit=mail.installation.unit_id, before=before, after=mail.state, reason=mail.reason, told=told)
    return mail


@act("mailroom.incoming.reopen", "重新处理来信")
def reopen(actor: Actor, mail: IncomingMail, *, reason: str = "") -> IncomingMail:
    """The way back from a mistaken decision; an item already made leaves the count, a learned name is forgotten."""
    mail = locked(mail)
    actor.require(Right.MAIL_MANAGE, mail.installation.unit_id)
    if mail.state not in (State.FILED, State.REFUSED, State.ASIDE):
        raise HengjianError(f"这封来信的状态是“{mail.get_state_display()}”，不需要重新处理。")
    before, item = mail.state, mail.item
    if item is not None:
        misplace(actor, item, reason=reason.strip() or "来信登记有误，重新处理")
        UnitAlias.objects.filter(unit=mail.unit, text=mail.unit_text).delete()
    mail.state, mail.item, mail.unit = State.WAITING, None, None
    mail.reason = "由人退回重新处理。"
    mail.save()
    log(
        mail,
        unit=mail.installation.unit_id,
        before=before,
        after=mail.state,
        item=item.number if item else "",
    )
    return mail


@act("mailroom.incoming.destroy", "销毁来信内容")
def destroy(actor: Actor, mail: IncomingMail, *, reason: str) -> IncomingMail:
    """For what must not be kept here at all. The digest stays, so that the same message is known again."""
    mail = locked(mail)
    actor.require(Right.MAIL_MANAGE, mail.installation.unit_id)
    if mail.state not in (*OPEN, State.REFUSED):
        raise HengjianError("已经登记的来信不能销毁，请先重新处理。")
    if not reason.strip():
        raise HengjianError("请写明销毁的理由。")
    raw = mail.raw.name or ""
    shared = IncomingMail.objects.filter(raw=raw).exclude(pk=mail.pk).exists()
    mail.subject, mail.title, mail.body, mail.raw = "（内容已销毁）", "", "", ""
    mail.files, mail.notes = [], []
    mail.state, mail.reason = State.REFUSED, reason.strip()[:300]
    mail.decided_by, mail.decided_at = actor.person, actor.at
    mail.save()
    log(mail, unit=mail.installation.unit_id, reason=mail.reason, sha256=mail.raw_sha256)
    if raw and not shared:
        transaction.on_commit(lambda: store.destroy(raw))
    return mail


@act("mailroom.incoming.download", "下载来信原件")
def hand_out(actor: Actor, mail: IncomingMail) -> None:
    """Who took the original, for the access log."""
    actor.require(Right.MAIL_MANAGE, mail.installation.unit_id)
    log(mail, unit=mail.installation.unit_id, sha256=mail.raw_sha256)


def _open(actor: Actor, mail: IncomingMail) -> IncomingMail:
    mail = locked(mail)
    actor.require(Right.MAIL_MANAGE, mail.installation.unit_id)
    if mail.state not in OPEN:
        raise HengjianError(f"这封来信已经办理（{mail.get_state_display()}），请刷新页面查看。")
    return mail


def _rules(actor: Actor, mail: IncomingMail) -> MailRules:
    rules = rules_of(pack_for(mail.installation, actor.at))
    if rules is None:
        raise HengjianError("本制度没有规定用邮件报送，请从系统内登记。")
    return rules


def _learn(mail: IncomingMail, unit: Unit) -> str:
    """The department's name as it was written, unless it is one already or stands for another."""
    text = mail.unit_text.strip()
    if len(plain(text)) < 2 or plain(text) in {plain(unit.name), plain(unit.short_name)}:
        return ""
    house = mail.installation.unit.descendants(include_self=True).values_list("pk", flat=True)
    if UnitAlias.objects.filter(text=text, unit__in=list(house)).exists():
        return ""
    UnitAlias.objects.create(unit=unit, text=text)
    return text
