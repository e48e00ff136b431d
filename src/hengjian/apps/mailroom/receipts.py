"""Answers to what came in. Never to robots, lists and bounces, never without end, never with more than was sent."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from hengjian.apps.mailroom.letters import one_line
from hengjian.apps.mailroom.models import IncomingMail, OutgoingMail
from hengjian.apps.org.access import Actor
from hengjian.base.times import to_local

AN_HOUR, MOST = timedelta(hours=1), 10  # answers to one address


def answer(actor: Actor, mail: IncomingMail, kind: str, subject: str, lines: list[str]) -> bool:
    """Queue one answer of a kind to a mail; returns whether one may be sent."""
    if not settings.MAIL_RECEIPTS or not _may_answer(actor, mail):
        return False
    row = OutgoingMail(
        key=f"answer:{kind}:{mail.pk}",
        address=mail.reply_to,
        unit=mail.installation.competent_unit or mail.installation.unit,
        subject=one_line(subject),
        body="\n".join(lines),
        answers=mail.message_id,
        created_at=actor.at,
    )
    OutgoingMail.objects.bulk_create([row], ignore_conflicts=True)
    return True


def _may_answer(actor: Actor, mail: IncomingMail) -> bool:
    ours = {settings.DEFAULT_FROM_EMAIL.lower(), settings.IMAP_USER.lower()}
    if not mail.reply_to or mail.reply_to in ours:
        return False
    lately = OutgoingMail.objects.filter(address=mail.reply_to, created_at__gt=actor.at - AN_HOUR)
    return lately.count() < MOST


def receipt(actor: Actor, mail: IncomingMail, category: str, article: str) -> bool:
    """受理回执: the number, and what was understood."""
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
    return answer(actor, mail, "filed", f"受理回执 {item.number}：{item.title}", lines)


def refusal(actor: Actor, mail: IncomingMail, reason: str, pattern: str) -> bool:
    lines = [
        f"您发来的邮件《{mail.subject or '（没有主题）'}》没有登记为信息。",
        f"原因：{reason}",
        "",
        f"报送信息的邮件，主题请写成：{pattern}",
        "这是自动答复，请不要直接回复。",
    ]
    return answer(actor, mail, "refused", f"未予登记：{mail.subject}", lines)
