"""What should become of a letter. Decides, changes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hengjian.apps.mailroom.intake.letter import Letter, content_hash
from hengjian.apps.mailroom.intake.matching import Matcher, plain
from hengjian.apps.mailroom.intake.rules import MailRules
from hengjian.apps.mailroom.models import IncomingMail
from hengjian.apps.org.models import Unit
from hengjian.documents.mail.signs import answers
from hengjian.documents.text import one_line

State = IncomingMail.State
_NEXT = re.compile(r"^\s*[+＋]?\s*[(（\[［【〔](?P<unit>[^)）\]］】〕]{1,40})[)）\]］】〕]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is a full sentence for people where the letter is not simply filed."""

    state: IncomingMail.State
    reason: str = ""
    unit: Unit | None = None
    unit_text: str = ""
    title: str = ""
    category: str = ""
    content: str = ""


def judge(letter: Letter, rules: MailRules, matcher: Matcher) -> Verdict:
    mail = letter.mail
    if mail.locked:
        return Verdict(
            State.HELD, "邮件加了密，系统读不出内容，请联系发件人改用不加密的方式或者从系统内报送。"
        )
    if mail.bounce is not None:
        return Verdict(State.ASIDE, "这是退信报告，已记到被退的邮件上。")
    read = rules.read(mail.subject)
    unit = matcher.find(read.unit) if read.unit else None
    if mail.automatic and (unit is None or answers(mail.automatic)):
        return Verdict(State.ASIDE, f"这是{mail.automatic}，没有按报送处理。", title=read.title[:200])
    title = one_line(read.title)[:200]
    found = Verdict(
        State.FILED,
        unit=unit,
        unit_text=read.unit[:100],
        title=title,
        category=rules.category_in(letter.heads) or rules.category,
        content=content_hash(unit.code if unit else plain(read.unit), title, letter),
    )
    reason = _unclear(letter, rules, found) or _shared(matcher, found)
    return replace(found, state=State.WAITING, reason=reason) if reason else found


def _unclear(letter: Letter, rules: MailRules, found: Verdict) -> str:
    """Why a person has to look at it, in one sentence; empty when nobody need."""
    if not rules.open:
        return "按现在采用的理解，信箱不作为报送的渠道，请从系统内报送。"
    if not letter.body and not letter.mail.files:
        return "邮件没有正文，也没有附件。"
    if found.unit is None:
        return _unknown(found.unit_text, rules)
    if not found.title:
        return "主题里没有标题。"
    if not letter.body:
        return "没有读到正文（附件不是文字文档），请打开附件核对后登记。"
    return ""


def _shared(matcher: Matcher, found: Verdict) -> str:
    """More than one department before the title: who leads and who joined in, a person says."""
    if found.unit is None:
        return ""
    second = _NEXT.match(found.title)
    other = matcher.find(second["unit"]) if second else None
    if other is None or other.pk == found.unit.pk:
        return ""
    return f"主题里有两个部门（{found.unit}、{other}），请核对由哪个部门报送、是不是合作。"


def _unknown(text: str, rules: MailRules) -> str:
    if text:
        return f"主题里的“{text[:40]}”不是登记的部门名称，也不是它的简称或者别称。"
    return f"主题没有按“{example(rules)}”写，看不出是哪个部门报的。"


def example(rules: MailRules) -> str:
    """The subject line as people should write it."""
    return rules.pattern.template.replace("{unit}", "部门").replace("{title}", "信息标题")
