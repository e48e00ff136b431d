"""To whom an answer goes: to addresses the house knows, never to one only because a letter names it."""

from __future__ import annotations

from typing import Any

import pytest

from hengjian.apps.bulletins.acts.office import receive as sign_for
from hengjian.apps.conftest import Story
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.mailroom.tests.conftest import Receive
from support.odd_mails import plain, standard, word

pytestmark = pytest.mark.django_db
QUEUE = "/mailroom/in/"


@pytest.fixture(autouse=True)
def _no_domain(house: object, settings: Any) -> None:
    settings.MAIL_RECEIPT_DOMAINS = frozenset()


def answered() -> list[str]:
    rows = OutgoingMail.objects.filter(key__startswith="answer:").order_by("pk")
    return list(rows.values_list("address", flat=True))


def test_an_unknown_sender_is_filed_without_an_answer_and_the_letter_says_so(receive: Receive) -> None:
    mail = receive(standard("陌生地址", sender="victim@elsewhere.invalid"))
    assert mail.item is not None and answered() == []
    assert "没有发回执" in mail.notes[-1]


def test_the_address_of_a_person_of_the_house_is_answered(story: Story, receive: Receive) -> None:
    person = story.person("writer")
    person.email = "Writer@house.invalid"
    person.save()
    mail = receive(standard("本人地址", sender="writer@house.invalid"))
    assert answered() == ["writer@house.invalid"] and mail.notes == []
    person.active = False
    person.save()
    receive(standard("离职以后", sender="writer@house.invalid"))
    assert len(answered()) == 1


def test_the_address_of_another_house_is_not_known_here(story: Story, receive: Receive) -> None:
    person = story.person("writer")
    person.email, person.unit = "moved@house.invalid", story.unit("other_court")
    person.save()
    receive(standard("外单位", sender="moved@house.invalid"))
    assert answered() == []


def test_answers_are_not_led_to_a_third_party(receive: Receive, settings: Any) -> None:
    settings.MAIL_RECEIPT_DOMAINS = frozenset({"dept.invalid"})
    led = "Reply-To: victim@elsewhere.invalid\n"
    receive(standard("转走回执", headers=led))
    receive(standard("同域", headers="Reply-To: desk@dept.invalid\n"))
    assert answered() == ["a.b@dept.invalid", "desk@dept.invalid"]
    receive(standard("都不认识", sender="x@elsewhere.invalid", headers=led))
    assert len(answered()) == 2


def test_a_domain_is_no_ending(receive: Receive, settings: Any) -> None:
    settings.MAIL_RECEIPT_DOMAINS = frozenset({"dept.invalid"})
    receive(standard("像", sender="x@evil-dept.invalid"))
    receive(standard("下级", sender="x@sub.dept.invalid"))
    assert answered() == []


def test_a_sender_is_known_once_the_office_has_confirmed_an_item(story: Story, receive: Receive) -> None:
    first = receive(standard("第一封", sender="new@elsewhere.invalid"))
    receive(standard("第二封", sender="new@elsewhere.invalid"))
    assert answered() == []
    sign_for(story.actor("editor"), first.item)
    receive(standard("第三封", sender="new@elsewhere.invalid"))
    assert answered() == ["new@elsewhere.invalid"]


def test_who_places_or_refuses_a_letter_stands_for_its_sender_alone(story: Story, receive: Receive) -> None:
    led = "Reply-To: victim@elsewhere.invalid\n"
    strays = [
        receive(plain(word(f"(没有的庭)+{title}"), sender=f"{n}@elsewhere.invalid", headers=led))
        for n, title in enumerate(("登记", "不登记"))
    ]
    client = story.client("editor")
    client.post(f"{QUEUE}{strays[0].pk}/place/", {"other": story.unit("civil1").pk, "title": "登记"})
    client.post(f"{QUEUE}{strays[1].pk}/refuse/", {"reason": "不是信息。", "tell": "on"})
    assert answered() == ["0@elsewhere.invalid", "1@elsewhere.invalid"]
    receive(standard("再来", sender="0@elsewhere.invalid"))
    receive(standard("又来", sender="1@elsewhere.invalid"))
    assert answered()[2:] == ["0@elsewhere.invalid"], "to be refused makes nobody known"
