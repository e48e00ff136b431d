"""The desk's pages: who opens them, and what their buttons do."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hengjian.apps.bulletins.desk.acts import edition as acts
from hengjian.apps.bulletins.models import Edition, Fact, FaultCase

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"bulletins:{name}", args=args)


@pytest.fixture
def issued(story, received, weekly):
    acts.put_item(story.actor("editor"), weekly, received())
    weekly.refresh_from_db()
    return acts.issue(story.actor("editor"), weekly, version=weekly.version)


def test_an_edition_is_composed_and_issued_by_buttons(story, received, weekly):
    client, first, second = story.client("editor"), received("甲文"), received("乙文")
    assert "甲文" in client.get(url("compose", weekly.pk)).content.decode()
    for item in (first, second):
        client.post(url("edition_change", weekly.pk, "put"), {"item": item.pk})
    weekly.refresh_from_db()
    client.post(url("edition_change", weekly.pk, "up"), {"item": second.pk, "version": weekly.version})
    assert [e.item for e in weekly.entries.all()] == [second, first]
    weekly.refresh_from_db()
    client.post(url("edition_finish", weekly.pk, "issue"), {"version": weekly.version})
    weekly.refresh_from_db()
    assert weekly.state == Edition.State.ISSUED
    page = client.get(url("read_edition", weekly.pk)).content.decode()
    assert "甲文" in page and "供稿" in page


def test_a_refusal_to_issue_is_shown_on_the_page(story, weekly):
    answer = story.client("editor").post(
        url("edition_finish", weekly.pk, "issue"), {"version": weekly.version}
    )
    assert answer.status_code == 422 and "还没有篇目" in answer.content.decode()


def test_the_whole_court_reads_an_issued_open_edition_but_nobody_composes_it(story, issued):
    for who in ("writer", "neighbour", "party"):
        assert story.client(who).get(url("read_edition", issued.pk)).status_code == 200
        assert story.client(who).get(url("compose", issued.pk)).status_code == 403
    assert story.client("outsider").get(url("read_edition", issued.pk)).status_code == 404


def test_a_special_edition_is_not_there_for_departments(story):
    special = acts.open_edition(story.actor("editor"), story.installation, outlet="special", recipients=[])
    Edition.objects.filter(pk=special.pk).update(state="issued", issued_at=story.at, number=1)
    assert story.client("president").get(url("read_edition", special.pk)).status_code == 200
    for who in ("writer", "head", "neighbour", "sysadmin"):
        client = story.client(who)
        assert client.get(url("read_edition", special.pk)).status_code == 404
        assert special.title not in client.get(url("shelf")).content.decode()


@pytest.mark.parametrize(("form", "magic"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_an_edition_downloads_in_official_layout(story, issued, form, magic):
    answer = story.client("writer").get(url("edition_file", issued.pk, form))
    assert answer.status_code == 200 and answer.content.startswith(magic)


def test_adoption_is_recorded_and_withdrawn_on_the_page(story, received):
    client, item = story.client("editor"), received()
    values = {"tier": "city", "publication": "市委信息", "happened_at": "2024-06-04T10:00", "client_key": "k"}
    for _ in range(2):
        assert client.post(url("record_fact", item.pk, "adopt"), values).status_code == 302
    fact = Fact.objects.standing().get(item=item, kind="adopt")
    page = client.get(url("facts_of", item.pk)).content.decode()
    assert "市委、中院刊物采用" in page
    client.post(url("withdraw_fact", fact.pk), {"reason": "登记有误"})
    assert not Fact.objects.standing().filter(item=item, kind="adopt").exists()
    assert "已撤销：登记有误" in client.get(url("facts_of", item.pk)).content.decode()


@pytest.mark.parametrize(
    ("kind", "names"), [("adopt", ["tier"]), ("instruct", ["level", "system"]), ("fault", ["kind"])]
)
def test_what_earns_or_costs_points_is_never_preset(story, received, kind, names):
    item = received()
    address = url("propose_fault", item.pk) if kind == "fault" else url("record_fact", item.pk, kind)
    page = story.client("editor").get(address).content.decode()
    for name in names:
        chosen = page[page.index(f'name="{name}"') :]
        assert chosen[: chosen.index("</option>")].endswith("请选择"), name


def test_a_form_without_publication_comes_back_with_what_was_typed(story, received):
    values = {
        "tier": "city",
        "publication": "",
        "happened_at": "2024-06-04T10:00",
        "note": "请核对",
        "client_key": "k",
    }
    answer = story.client("editor").post(url("record_fact", received().pk, "adopt"), values)
    assert answer.status_code == 422 and "请核对" in answer.content.decode()


def test_a_fault_goes_from_proposal_to_decision(story, received):
    item = received(body="收案210件。")
    values = {
        "kind": "error", "unit": item.unit_id, "severity": "minor", "n": 1, "sent_up": "on",
        "happened_at": "2024-06-04T10:00", "description": "数字写错", "wrong_text": "210件",
    }  # fmt: skip
    editor = story.client("editor")
    looked = editor.post(url("propose_fault", item.pk), values | {"look": "1"}).content.decode()
    assert "由第 1 稿" in looked and not FaultCase.objects.exists()
    assert editor.post(url("propose_fault", item.pk), values).status_code == 302
    case = FaultCase.objects.get()
    writer = story.client("writer")
    writer.post(url("fault_answer", case.pk, "reply"), {"text": "上级口径"})
    assert (
        writer.post(
            url("fault_answer", case.pk, "decide"), {"verdict": "confirmed", "reason": "x"}
        ).status_code
        == 403
    )
    story.client("office_head").post(
        url("fault_answer", case.pk, "decide"), {"verdict": "confirmed", "reason": "属实"}
    )
    assert Fact.objects.standing().filter(kind="error").count() == 1
    assert story.client("neighbour").get(url("fault", case.pk)).status_code == 404


def test_the_column_shows_posts_and_takes_them_down(story, received):
    editor, item = story.client("editor"), received("巡回审判进村")
    editor.post(url("post_to_intranet", item.pk))
    reader = story.client("neighbour")
    assert "巡回审判进村" in reader.get(url("column")).content.decode()
    assert "巡回审判进村" in reader.get(url("column"), {"q": "巡回"}).content.decode()
    post = item.intranet_post
    assert reader.post(url("take_down", post.pk), {"reason": "x"}).status_code == 403
    editor.post(url("take_down", post.pk), {"reason": "待核"})
    assert reader.get(url("article", post.pk)).status_code == 404


@pytest.mark.parametrize("name", ["desk", "register", "open_edition"])
@pytest.mark.parametrize("who", ["writer", "president", "sysadmin"])
def test_the_desk_is_closed_to_others(story, name, who):
    assert story.client(who).get(url(name)).status_code == 403


def test_the_menu_shows_where_what_is_recorded_of_an_item_belongs(story, received):
    client, item = story.client("editor"), received()
    for page in (url("facts_of", item.pk), url("record_fact", item.pk, "adopt"), url("register")):
        assert f'href="{url("register")}" aria-current="page"' in client.get(page).content.decode(), page
    assert f'href="{url("desk")}" aria-current="page"' in client.get(url("desk")).content.decode()
