"""From a problem to its answer: inside, by telephone, and from the public without an account."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from hengjian.apps.desk import guard
from hengjian.apps.desk.acts import tickets
from hengjian.apps.desk.acts.registry import save_template
from hengjian.apps.desk.models import Ticket
from hengjian.apps.desk.queries import visible_tickets
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.indicators.conftest import City
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db
ASK = "/desk/ask/court/"


def raised(city: City, who: str = "civil_staff", **more: str) -> Ticket:
    fields = {
        "kind": "problem", "origin": "staff", "title": "网上开庭连不上", "body": "第三法庭网络时断时续。",
        "client_key": uuid4().hex,
    } | more  # fmt: skip
    return tickets.raise_ticket(city.actor(who), city.installation, ticket=tickets.TicketIn(**fields))


def answered(city: City) -> Ticket:
    row = raised(city)
    row = tickets.route(city.actor("tech"), row, version=1, handler=city.units["审管办"])
    return tickets.answer(city.actor("management"), row, version=row.version, text="已换交换机，请再试。")


def test_a_problem_is_routed_answered_and_judged(city: City) -> None:
    row = answered(city)
    assert (row.number, row.unit, row.state) == ("2022-0001", city.units["民一庭"], "answered")
    row = tickets.rate(city.actor("civil_staff"), row, version=row.version, stars=5, text="很快")
    assert (row.state, row.stars) == ("closed", 5)
    assert [s.what for s in row.steps.all()] == ["提出", "分给审管办", "答复", "评价 5 分"]


def test_the_same_form_sent_twice_is_one_ticket(city: City) -> None:
    assert raised(city, client_key="k").pk == raised(city, client_key="k").pk
    assert Ticket.objects.count() == 1


def test_who_is_not_content_gets_it_back_to_the_same_unit(city: City) -> None:
    row = answered(city)
    with pytest.raises(Denied):
        tickets.reopen(city.actor("criminal"), row, version=row.version, reason="不对")
    row = tickets.reopen(city.actor("civil_staff"), row, version=row.version, reason="还是断")
    assert (row.state, row.handler) == ("routed", city.units["审管办"])


@pytest.mark.parametrize(
    ("who", "may"), [("management", True), ("tech", True), ("filing", False), ("criminal", False)]
)
def test_only_the_unit_it_was_given_to_and_the_office_answer(city: City, who: str, may: bool) -> None:
    row = raised(city)
    row = tickets.route(city.actor("tech"), row, version=1, handler=city.units["审管办"])
    if may:
        assert tickets.answer(city.actor(who), row, version=row.version, text="好了").state == "answered"
    else:
        with pytest.raises(Denied, match="审管办"):
            tickets.answer(city.actor(who), row, version=row.version, text="好了")


def test_a_stale_page_is_refused_with_a_sentence(city: City) -> None:
    row = answered(city)
    with pytest.raises(HengjianError, match="已有人办理"):
        tickets.answer(city.actor("management"), row, version=1, text="再答")


def test_what_others_raised_is_not_seen(city: City) -> None:
    row = raised(city)

    def sees(who: str) -> bool:
        return visible_tickets(city.scene(who)).filter(pk=row.pk).exists()

    assert [who for who in ("civil_staff", "civil", "criminal", "below", "tech", "leader") if sees(who)] == [
        "civil_staff", "civil", "tech", "leader",
    ]  # fmt: skip
    assert city.client("criminal").get(f"/desk/tickets/{row.pk}/").status_code == 404


def test_pages_open_and_post(city: City) -> None:
    save_template(city.actor("tech"), city.installation, title="重启", text="请重启后再试。")
    client = city.client("civil_staff")
    assert client.get("/desk/tickets/").status_code == 200
    form = {
        "client_key": "x", "kind": "training", "origin": "staff", "channel": "inside", "title": "想学网上阅卷",
        "body": "请安排培训。",
    }  # fmt: skip
    where = client.post("/desk/tickets/new/", form)["Location"]
    assert client.get(where).status_code == 200
    tech = city.client("tech")
    assert "重启" in tech.get(where).content.decode()
    handler = city.units["技术处"].pk
    assert tech.post(f"{where}act/route/", {"version": 1, "handler": handler}).status_code == 302
    assert tech.post(f"{where}act/answer/", {"version": 2, "text": ""}).status_code == 422
    assert tech.post(f"{where}act/answer/", {"version": 2, "text": "下周三培训。"}).status_code == 302
    assert client.post(f"{where}act/rate/", {"version": 3, "stars": 4}).status_code == 302
    assert tech.get("/desk/tickets/?state=closed").content.decode().count("想学网上阅卷") == 1
    assert tech.get("/desk/tickets/templates/").status_code == 200


def test_the_inbox_has_what_is_to_be_routed_and_answered(city: City) -> None:
    row = raised(city)
    assert "问题分办" in {r.kind for r in rows_for(city.actor("tech"))}
    tickets.route(city.actor("tech"), row, version=1, handler=city.units["审管办"])
    assert "问题答复" in {r.kind for r in rows_for(city.actor("management"))}


# the public


def form(**more: object) -> dict[str, object]:
    opened = timezone.now() - timedelta(minutes=2)
    return {
        "client_key": uuid4().hex, "stamp": guard.ticket_stamp(opened), "origin": "lawyer", "kind": "guidance",
        "title": "网上阅卷打不开", "body": "提示证书过期。", "contact_name": "", "contact": "", "website": "",
    } | more  # fmt: skip


def test_a_lawyer_without_account_asks_looks_up_and_judges(city: City) -> None:
    client = Client()
    assert client.get("/desk/ask/").status_code == 302
    assert client.get(ASK).status_code == 200
    answer = client.post(ASK, form())
    assert answer.status_code == 302
    row = Ticket.objects.get()
    assert (row.channel, row.raised_by, row.origin) == ("web", None, "lawyer")
    where = answer["Location"]
    assert "没有答复" in client.get(where).content.decode()
    tickets.answer(city.actor("tech"), row, version=1, text="请更新证书助手。")
    assert "请更新证书助手" in client.get(where).content.decode()
    assert client.post(f"{where}rate/", {"version": 2, "stars": 5}).status_code == 302
    assert client.get("/desk/ask/find/", {"code": row.code}).status_code == 302
    assert client.get("/desk/ask/find/", {"code": "wrong"}).status_code == 422
    assert client.get("/desk/ask/code/wrong/").status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"website": "http://spam"}, "没有收到"),
        ({"stamp": "forged"}, "页面已经过期"),
        ({"body": "www.a www.b www.c"}, "网址太多"),
        ({"origin": "staff"}, ""),
        ({"title": ""}, ""),
    ],
)
def test_abuse_is_refused_in_a_sentence(city: City, change: dict[str, object], sentence: str) -> None:
    answer = Client().post(ASK, form(**change))
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not Ticket.objects.exists()


def test_a_form_filled_in_a_second_is_refused(city: City) -> None:
    answer = Client().post(ASK, form(stamp=guard.ticket_stamp(timezone.now())))
    assert "太快" in answer.content.decode()


def test_too_many_from_one_address_are_told_to_wait(city: City) -> None:
    client = Client()
    for _ in range(guard.AN_HOUR):
        assert client.post(ASK, form()).status_code == 302
    answer = client.post(ASK, form())
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert Client(REMOTE_ADDR="10.0.0.9").post(ASK, form()).status_code == 302


def test_the_public_page_tells_nothing_of_those_inside(city: City) -> None:
    client = Client()
    where = client.post(ASK, form(contact="138"))["Location"]
    row = Ticket.objects.get()
    tickets.route(city.actor("tech"), row, version=1, handler=city.units["立案庭"], note="请老林看")
    body = client.get(where).content.decode()
    assert "江采薇" not in body and "请老林看" not in body
    assert client.get(f"/desk/tickets/{row.pk}/").status_code == 302


def test_behind_the_proxy_each_visitor_counts_alone(city: City, settings) -> None:  # type: ignore[no-untyped-def]
    """What a visitor writes into the header himself stands before what the proxy adds."""
    factory = RequestFactory()

    def seen(forwarded: str) -> str:
        return guard.address_of(factory.get("/", HTTP_X_FORWARDED_FOR=forwarded))

    assert seen("1.1.1.1") == seen("2.2.2.2")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert seen("1.1.1.1") != seen("2.2.2.2")
    assert seen("9.9.9.9, 1.1.1.1") == seen("1.1.1.1")


def test_what_was_typed_survives_a_refusal(city: City) -> None:
    row = raised(city)
    long = "请更新插件。" * 800
    answer = city.client("tech").post(
        f"/desk/tickets/{row.pk}/act/answer/", {"version": row.version, "text": long}
    )
    assert answer.status_code == 422 and "请更新插件。" in answer.content.decode()


def test_the_list_is_searched_and_a_template_is_retired(city: City) -> None:
    raised(city)
    raised(city, title="扫描仪坏了", body="换一台")
    page = city.client("tech").get("/desk/tickets/?text=扫描仪").content.decode()
    assert "扫描仪坏了" in page and "网上开庭连不上" not in page
    made = save_template(city.actor("tech"), city.installation, title="重启", text="请重启。")
    city.client("tech").post(f"/desk/tickets/templates/{made.pk}/retire/")
    assert "请重启。" not in city.client("tech").get("/desk/tickets/templates/").content.decode()


@pytest.mark.parametrize(("channel", "word"), [("phone", "电话登记"), ("mail", "邮件登记")])
def test_who_rings_or_writes_can_look_up_the_answer(city: City, channel: str, word: str) -> None:
    fields = {
        "kind": "problem", "origin": "lawyer", "channel": channel, "title": "阅卷申请没有回音", "body": "三天了。",
        "client_key": uuid4().hex, "contact_name": "来电人", "contact": "",
    }  # fmt: skip
    assert city.client("tech").post("/desk/tickets/new/", fields).status_code == 302
    row = Ticket.objects.get()
    assert (row.channel, row.origin, row.unit) == (channel, "lawyer", None)
    row = tickets.route(city.actor("tech"), row, version=row.version, handler=city.units["审管办"])
    tickets.answer(city.actor("management"), row, version=row.version, text="今天已办。")
    address = f"/desk/tickets/{row.pk}/"
    page = city.client("tech").get(address).content.decode()
    assert word in page and row.code in page
    assert row.code not in city.client("management").get(address).content.decode()
    assert "今天已办。" in Client().get(f"/desk/ask/code/{row.code}/").content.decode()
