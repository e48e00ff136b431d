"""The list of mails, row by row: what differs is prepared here, the table is the template's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.models import Person
from hengjian.apps.ui.drawn import NOTHING, put, put_if, tag, when

HIDDEN = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
FORM = '<form method="post" action="{}">{}<button class="button small{}">{}<span class="vh">：{}</span></button></form>'
ERROR = '<span class="sub overdue">{}</span>'
FIELDS = (
    "subject",
    "urgent",
    "error",
    "person",
    "address",
    "channel",
    "state",
    "created_at",
    "sent_at",
    "tries",
)
"""What the list shows of a mail."""
State = OutgoingMail.State


def listed(mails: QuerySet[OutgoingMail]) -> QuerySet[OutgoingMail]:
    """Without their texts; who they go to is fetched for one page."""
    people = Person.objects.order_by().select_related("unit")
    return mails.prefetch_related(None).prefetch_related(Prefetch("person", people)).only(*FIELDS)


def rows(mails: Iterable[OutgoingMail], token: str) -> Iterator[dict[str, object]]:
    urgent = put("{} ", tag("emergency", "紧急"))
    states = {value: tag(value, label) for value, label in State.choices}
    hidden = put(HIDDEN, token)
    for mail in mails:
        yield {
            "urgent": urgent if mail.urgent else NOTHING,
            "subject": mail.subject,
            "error": put_if(ERROR, mail.error),
            "who": mail.recipient,
            "unit": str(mail.person.unit) if mail.person else "来信的回执",
            "state": states[mail.state],
            "made": when(mail.created_at),
            "sent": when(mail.sent_at),
            "tries": mail.tries,
            "retry": _form(mail, "retry", hidden) if _may_retry(mail) else NOTHING,
            "drop": _form(mail, "drop", hidden) if mail.state == State.FAILED else NOTHING,
        }


def _may_retry(mail: OutgoingMail) -> bool:
    return mail.state == State.FAILED or (mail.state == State.HELD and settings.MAIL_OUT)


def _form(mail: OutgoingMail, verb: str, hidden: SafeString) -> SafeString:
    css, word = {"retry": ("", "重发"), "drop": (" link", "不再发送")}[verb]
    return put(FORM, reverse("mailroom:change", args=[mail.pk, verb]), hidden, css, word, mail.subject)
