"""Answers to what came in. Never to robots, lists and bounces, never without end, never with more than was sent;
and never to an address only because a letter names it: who sends with another's address would have us write to him."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from hengjian.apps.bulletins.models import Item
from hengjian.apps.mailroom.letters import one_line
from hengjian.apps.mailroom.models import IncomingMail, OutgoingMail
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Person
from hengjian.apps.regs.models import Installation
from hengjian.base.times import to_local

NOT_SENT = "没有发回执：发件地址没有登记，也没有办公室核实过的来信用过它。"
AN_HOUR, MOST = timedelta(hours=1), 10  # answers to one address


def answer(
    actor: Actor, mail: IncomingMail, kind: str, subject: str, lines: list[str], *, accepted: bool
) -> bool:
    """Queue one answer of a kind to a mail; returns whether one may be sent."""
    address = recipient(mail, accepted=accepted)
    if not address or _often(actor, address):
        return False
    row = OutgoingMail(
        key=f"answer:{kind}:{mail.pk}",
        address=address,
        unit=mail.installation.competent_unit or mail.installation.unit,
        subject=one_line(subject),
        body="\n".join(lines),
        answers=mail.message_id,
        created_at=actor.at,
    )
    OutgoingMail.objects.bulk_create([row], ignore_conflicts=True)
    return True


def recipient(mail: IncomingMail, *, accepted: bool = False) -> str:
    """Where an answer may go: to the address for answers or that of the sender, if the house knows it; else nowhere.

    ``accepted``: a person has looked at this letter and stands for its sender (never for another address in it).
    """
    if not settings.MAIL_RECEIPTS or not mail.reply_to:
        return ""
    ours = {settings.DEFAULT_FROM_EMAIL.lower(), settings.IMAP_USER.lower()}
    for address in dict.fromkeys((mail.reply_to, mail.from_address)):
        if not address or address in ours:
            continue
        if (accepted and address == mail.from_address) or _known(mail.installation, address):
            return address
    return ""


def _known(installation: Installation, address: str) -> bool:
    """A domain of the house, the address of one of its people, or of a sender whose letter the office has taken."""
    if address.rpartition("@")[2] in settings.MAIL_RECEIPT_DOMAINS:
        return True
    house = installation.unit.descendants(include_self=True).values("pk")
    if Person.objects.filter(email__iexact=address, active=True, unit__in=house).exists():
        return True
    earlier = IncomingMail.objects.filter(installation=installation, from_address=address)
    by_hand = Q(state=IncomingMail.State.FILED, decided_by__isnull=False)
    return earlier.filter(by_hand | Q(item__state=Item.State.RECEIVED)).exists()


def _often(actor: Actor, address: str) -> bool:
    lately = OutgoingMail.objects.filter(address=address, created_at__gt=actor.at - AN_HOUR)
    return lately.count() >= MOST


def receipt(actor: Actor, mail: IncomingMail, category: str, *, accepted: bool) -> bool:
    """受理回执: the number, and what was understood. Where none may be sent, the letter says so."""
    if mail.reply_to and not recipient(mail, accepted=accepted):
        mail.notes = [*mail.notes, NOT_SENT]
        return False
    item = mail.item
    assert item is not None
    arrived = to_local(mail.arrived_at)
    lines = [
        f"《{item.title}》已于{arrived:%Y年%m月%d日 %H:%M}收到，编号 {item.number}。",
        "",
        f"报送部门：{item.unit}",
        f"标题：{item.title}",
        f"类型：{category}（暂定，由办公室核定）",
        f"正文：{len(item.body)} 个字符；附件 {item.attachments.count()} 个",
        *(f"注意：{note}" for note in mail.notes),
        "",
        "收到不等于采用。发件人身份和部门审阅情况由办公室核实；以上如有不对，请与办公室联系。",
        "这是自动回执，请不要直接回复。",
    ]
    return answer(actor, mail, "filed", f"受理回执 {item.number}：{item.title}", lines, accepted=accepted)


def refusal(actor: Actor, mail: IncomingMail, reason: str, pattern: str) -> bool:
    """Somebody has read it and wants the sender to know why."""
    lines = [
        f"您发来的邮件《{mail.subject or '（没有主题）'}》没有登记为信息。",
        f"原因：{reason}",
        "",
        f"报送信息的邮件，主题请写成：{pattern}",
        "这是自动答复，请不要直接回复。",
    ]
    return answer(actor, mail, "refused", f"未予登记：{mail.subject}", lines, accepted=True)
