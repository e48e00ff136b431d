from __future__ import annotations

import pytest
from django.utils import timezone

from hengjian.apps.conftest import Story
from hengjian.apps.mailroom.letters import Letter, queue
from hengjian.apps.mailroom.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(story: Story) -> OutgoingMail:
    queue([Letter(story.person("head"), "k", "待审：家事回访", "请登录查看。")], timezone.now())
    OutgoingMail.objects.update(state="failed", tries=6, error="连不上邮件服务器。")
    return OutgoingMail.objects.get()


def test_everybody_reads_the_own_messages_only(story: Story, failed: OutgoingMail) -> None:
    assert "家事回访" in story.client("head").get("/mailroom/mine/").content.decode()
    assert "家事回访" not in story.client("writer").get("/mailroom/mine/").content.decode()
    assert story.client().get("/mailroom/mine/").status_code == 302


def test_who_keeps_the_mail_sees_and_filters_it(story: Story, failed: OutgoingMail) -> None:
    client = story.client("editor")
    assert "家事回访" in client.get("/mailroom/").content.decode()
    assert "家事回访" in client.get("/mailroom/?state=failed&q=周以衡").content.decode()
    assert "家事回访" not in client.get("/mailroom/?state=sent").content.decode()
    for who in ("head", "president", "sysadmin", "outsider"):
        assert story.client(who).get("/mailroom/").status_code == 403, who


def test_a_failure_stands_in_the_inbox_of_its_owners(story: Story, failed: OutgoingMail) -> None:
    assert "1 封邮件多次发送失败" in story.client("editor").get("/").content.decode()
    assert "多次发送失败" not in story.client("head").get("/").content.decode()


def test_a_failed_mail_is_sent_again_or_dropped(story: Story, failed: OutgoingMail) -> None:
    client = story.client("editor")
    client.post(f"/mailroom/{failed.pk}/retry/")
    failed.refresh_from_db()
    assert failed.state == "waiting" and failed.tries == 0
    assert client.post(f"/mailroom/{failed.pk}/retry/").status_code == 409
    client.post(f"/mailroom/{failed.pk}/drop/")
    failed.refresh_from_db()
    assert failed.state == "held"
    assert client.post(f"/mailroom/{failed.pk}/drop/").status_code == 409


def test_foreign_mail_is_not_there(story: Story) -> None:
    queue([Letter(story.person("outsider"), "k", "待审", "……")], timezone.now())
    pk = OutgoingMail.objects.get().pk
    assert story.client("editor").post(f"/mailroom/{pk}/drop/").status_code == 404
    assert story.client("editor").get(f"/mailroom/{pk}/drop/").status_code == 405


def test_a_test_mail_goes_to_oneself(story: Story) -> None:
    story.client("editor").post("/mailroom/test/")
    assert OutgoingMail.objects.get().person == story.person("editor")
    assert story.client("head").post("/mailroom/test/").status_code == 403
