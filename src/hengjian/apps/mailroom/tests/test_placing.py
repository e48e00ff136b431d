"""What the system could not place, a person does; the name is learned, every decision has a way back."""

from __future__ import annotations

import json
from io import BytesIO

import pytest

from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.models import Fact, Item
from hengjian.apps.conftest import Story
from hengjian.apps.mailroom.models import IncomingMail, OutgoingMail
from hengjian.apps.mailroom.tests.conftest import Receive
from hengjian.apps.org.models import UnitAlias
from support.odd_mails import plain, standard, word

pytestmark = pytest.mark.django_db
QUEUE = "/mailroom/in/"


@pytest.fixture
def stray(receive: Receive) -> IncomingMail:
    return receive(plain(word("(一庭民事)+巡回审理"), message_id="s@x"))


def test_the_queue_shows_the_letter_and_who_it_may_be_from(story: Story, stray: IncomingMail) -> None:
    text = story.client("editor").get(QUEUE).content.decode()
    assert "巡回审理" in text and "不是登记的部门名称" in text and "民一庭" in text
    assert 'data-key="1"' in text and 'data-key="a"' in text
    assert "1 封来信等待处理" in story.client("editor").get("/").content.decode()


def test_placing_files_it_and_learns_the_name(story: Story, stray: IncomingMail, receive: Receive) -> None:
    unit = story.unit("civil1")
    form = {"near": unit.pk, "title": "巡回审理", "learn": "on"}
    assert story.client("editor").post(f"{QUEUE}{stray.pk}/place/", form).status_code == 302
    stray.refresh_from_db()
    assert stray.state == "filed" and stray.item and stray.item.unit == unit
    assert stray.decided_by == story.person("editor")
    assert UnitAlias.objects.get(text="一庭民事").unit == unit
    assert receive(plain(word("【一庭民事】第二篇"))).state == "filed"


def test_another_department_can_be_chosen_and_the_name_left_alone(story: Story, stray: IncomingMail) -> None:
    form = {"other": story.unit("execution").pk, "title": "改过的标题"}
    story.client("editor").post(f"{QUEUE}{stray.pk}/place/", form)
    stray.refresh_from_db()
    assert stray.item and stray.item.unit == story.unit("execution") and stray.item.title == "改过的标题"
    assert not UnitAlias.objects.exists()


def test_without_a_department_the_form_says_so(story: Story, stray: IncomingMail) -> None:
    answer = story.client("editor").post(f"{QUEUE}{stray.pk}/place/", {"title": "x"})
    assert answer.status_code == 422 and "请选择部门" in answer.content.decode()
    foreign = {"other": story.unit("other_court").pk, "title": "x"}
    assert story.client("editor").post(f"{QUEUE}{stray.pk}/place/", foreign).status_code == 422


def test_refusing_tells_the_sender_why(story: Story, stray: IncomingMail) -> None:
    client = story.client("editor")
    assert client.post(f"{QUEUE}{stray.pk}/refuse/", {"reason": ""}).status_code == 422
    client.post(f"{QUEUE}{stray.pk}/refuse/", {"reason": "不是信息。", "tell": "on"})
    stray.refresh_from_db()
    assert stray.state == "refused" and stray.reason == "不是信息。"
    assert "不是信息。" in OutgoingMail.objects.get(key=f"answer:refused:{stray.pk}").body


def test_a_mistaken_decision_is_taken_back_with_all_it_did(story: Story, stray: IncomingMail) -> None:
    client = story.client("editor")
    wrong = {
        "other": story.unit("criminal").pk,
        "title": "t",
        "learn": "on",
    }
    answer = client.post(f"{QUEUE}{stray.pk}/place/", wrong)
    assert answer.status_code == 302, answer.context["place_form"].errors
    item = Item.objects.get()
    client.post(f"{QUEUE}{stray.pk}/reopen/", {"reason": "认错部门"})
    stray.refresh_from_db()
    item.refresh_from_db()
    assert stray.state == "waiting" and stray.item is None
    assert item.state == "cancelled" and not Fact.objects.standing().exists()
    assert not UnitAlias.objects.exists()
    client.post(f"{QUEUE}{stray.pk}/place/", {"other": story.unit("civil1").pk, "title": "t"})
    stray.refresh_from_db()
    assert stray.item and stray.item != item and stray.item.unit == story.unit("civil1")


def test_a_duplicate_shows_the_original_and_can_be_filed_all_the_same(story: Story, receive: Receive) -> None:
    first = receive(standard("两次", message_id="a@x"))
    second = receive(standard("两次", message_id="b@x"))
    client = story.client("editor")
    text = client.get(f"{QUEUE}?scope=duplicate").content.decode()
    assert f"?mail={first.pk}" in text and "先前收到的一封" in text
    client.post(f"{QUEUE}{second.pk}/place/", {"near": story.unit("civil1").pk, "title": "另一篇"})
    assert Item.objects.count() == 2


def test_what_must_not_be_kept_is_destroyed_and_stays_known(
    story: Story, receive: Receive, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    data = plain(word("(民一庭)+带密级"), "机密★五年\n正文")
    mail = receive(data)
    assert mail.state == "waiting" and "国家秘密" in mail.reason
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        story.client("editor").post(f"{QUEUE}{mail.pk}/destroy/", {"reason": "疑似涉密"})
    mail.refresh_from_db()
    assert not mail.raw and not mail.body and "机密" not in str(mail.subject)
    assert story.client("editor").get(f"{QUEUE}{mail.pk}/original/").status_code == 404
    assert receive(data) == mail and IncomingMail.objects.count() == 1


def test_the_original_is_a_download_and_on_record(story: Story, stray: IncomingMail) -> None:
    answer = story.client("editor").get(f"{QUEUE}{stray.pk}/original/")
    assert (
        answer["Content-Type"] == "application/octet-stream" and "attachment" in answer["Content-Disposition"]
    )
    assert Entry.objects.filter(action="mailroom.incoming.download").count() == 1


def test_nothing_to_see_for_those_who_do_not_keep_the_mail(story: Story, stray: IncomingMail) -> None:
    for who in ("president", "sysadmin", "auditor", "outsider"):
        client = story.client(who)
        assert client.get(QUEUE).status_code == 403, who
        assert client.get(f"{QUEUE}{stray.pk}/original/").status_code == 403, who
        assert client.post(f"{QUEUE}{stray.pk}/place/", {}).status_code == 403, who
        assert client.get("/api/mailroom/incoming").status_code == 403, who
    assert story.client().get(QUEUE).status_code == 302


def test_the_list_looks_again_only_when_something_changed(
    story: Story, stray: IncomingMail, receive: Receive
) -> None:
    client = story.client("editor")
    mark = client.get(QUEUE).context["mark"]
    address = f"{QUEUE}?part=list&mark={mark}"
    assert client.get(address).status_code == 204
    receive(standard("刚到的"))
    fresh = client.get(address)
    assert fresh.status_code == 200 and "<html" not in fresh.content.decode()


def test_files_are_imported_in_the_browser(story: Story, receive: Receive) -> None:
    client = story.client("editor")
    assert client.get(f"{QUEUE}upload/").status_code == 200
    house = IncomingMail._meta.get_field("installation").related_model.objects.get(pack="wuhua").pk  # type: ignore[union-attr]
    file = BytesIO(standard("上传的"))
    file.name = "a.eml"
    answer = client.post(f"{QUEUE}upload/", {"house": house, "file": [file]})
    assert answer.context["form"].errors == {}
    assert [r[1].reason for r in answer.context["results"]] == [""]
    assert answer.status_code == 200 and Item.objects.get().number in answer.content.decode()
    empty = BytesIO(b"  ")
    empty.name = "b.eml"
    assert client.post(f"{QUEUE}upload/", {"house": house, "file": [empty]}).status_code == 422


def test_the_api_does_the_same(story: Story, stray: IncomingMail) -> None:
    client = story.client("editor")
    (found,) = client.get("/api/mailroom/incoming").json()
    assert found["unit_text"] == "一庭民事"
    body = json.dumps({"unit": story.unit("civil1").pk})
    placed = client.post(f"/api/mailroom/incoming/{stray.pk}/place", body, content_type="application/json")
    assert placed.status_code == 200 and placed.json()["number"]
    again = client.post(f"/api/mailroom/incoming/{stray.pk}/place", body, content_type="application/json")
    assert again.status_code == 422 and "已经办理" in again.json()["error"]["message"]
