"""From a row to a decision: each new message is read in a child process and settled; none can hold up the next."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from traceback import format_exc

import structlog

from hengjian.apps.mailroom.acts.read import hold, settle
from hengjian.apps.mailroom.intake import store
from hengjian.apps.mailroom.intake.judging import judge
from hengjian.apps.mailroom.intake.letter import Letter, open_letter
from hengjian.apps.mailroom.intake.matching import Matcher
from hengjian.apps.mailroom.intake.rules import MailRules, rules_of
from hengjian.apps.mailroom.models import IncomingMail
from hengjian.apps.org.access import Actor
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.documents.mail import Reader

log = structlog.get_logger()
State = IncomingMail.State
BATCH, AHEAD = 500, 4


class Desk:
    """What many letters share: the child that reads, the rules and the names of each house. Use in a ``with``."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.reader = Reader()
        self._rules: dict[int, MailRules | None] = {}
        self._matchers: dict[tuple[int, date], Matcher] = {}

    def __enter__(self) -> Desk:
        self.reader.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.reader.__exit__(None, None, None)

    def rules(self, installation: Installation) -> MailRules | None:
        if installation.pk not in self._rules:
            self._rules[installation.pk] = rules_of(pack_for(installation, self.actor.at))
        return self._rules[installation.pk]

    def matcher(self, installation: Installation, at: datetime) -> Matcher:
        key = installation.unit_id, to_local(at).date()
        if key not in self._matchers:
            self._matchers[key] = Matcher(installation.unit, key[1])
        return self._matchers[key]

    def settle(self, mail: IncomingMail, letter: Future[Letter]) -> IncomingMail:
        """Follow what was found in one. Whatever goes wrong is written on the letter itself."""
        try:
            return self._settle(mail, letter)
        except HengjianError as error:
            hold(self.actor, mail, reason=error.message)
        except Exception as error:
            log.error("mail could not be settled", mail=mail.pk, trace=format_exc(limit=-5))
            hold(
                self.actor,
                mail,
                reason=f"系统处理这封邮件时出错（{type(error).__name__}），原件已保存。",
                again=True,
            )
        mail.refresh_from_db()
        return mail

    def _settle(self, mail: IncomingMail, reading: Future[Letter]) -> IncomingMail:
        rules = self.rules(mail.installation)
        if rules is None:
            raise HengjianError("本制度没有规定用邮件报送，请从系统内登记。")
        letter = reading.result()
        verdict = judge(letter, rules, self.matcher(mail.installation, mail.arrived_at))
        return settle(self.actor, mail, letter, verdict, rules)


def letter_of(reader: Reader, mail: IncomingMail) -> Letter:
    """HengjianError when the original is gone or cannot be read."""
    data = store.bytes_of(mail.raw.name or "")
    if data is None:
        raise HengjianError("邮件原件已经不在，请到信箱里查看。")
    return open_letter(reader, data)


def settle_new(actor: Actor, most: int = BATCH) -> Counter[str]:
    """All letters not yet read, oldest first. Returns how many ended in each state."""
    waiting = IncomingMail.objects.filter(state=State.NEW).select_related("installation__unit")
    return settle_all(actor, list(waiting.order_by("arrived_at", "pk")[:most]))


def settle_all(actor: Actor, mails: Iterable[IncomingMail]) -> Counter[str]:
    """While one letter is settled here, the child already reads the next."""
    found: Counter[str] = Counter()
    ahead: deque[tuple[IncomingMail, Future[Letter]]] = deque()
    with Desk(actor) as desk, ThreadPoolExecutor(1) as reading:
        for mail in mails:
            ahead.append((mail, reading.submit(letter_of, desk.reader, mail)))
            if len(ahead) > AHEAD:
                found[desk.settle(*ahead.popleft()).state] += 1
        while ahead:
            found[desk.settle(*ahead.popleft()).state] += 1
    return found
