"""Item pages: they work for those they are for, and are not there for anybody else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hengjian.apps.bulletins.acts.decide import approve
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.models import Item


def url(name, item=None, **kwargs):
    return reverse(f"bulletins:{name}", kwargs={"pk": item.pk, **kwargs} if item else kwargs)


def do(item, verb):
    return url("do", item, verb=verb)


@pytest.fixture
def click(story):
    """``click("writer").get(…)``: one browser a person."""
    clients = {}

    def of(key):
        if key not in clients:
            clients[key] = story.client(key)
        return clients[key]

    return of


def form(**changes):
    return {
        "title": "标题",
        "body": "正文。",
        "form": "info",
        "category": "experience",
        "grade": "internal",
        "joint": "alone",
        "client_key": "k1",
        **changes,
    }


# the list


def test_the_list_shows_the_departments_drafts_to_itself_alone(desk, click):
    item = desk.draft()
    assert item.title in click("writer").get(url("items")).text
    for key in ("neighbour", "leader", "editor", "outsider"):
        assert item.title not in click(key).get(url("items")).text


def test_a_stranger_is_sent_to_the_login_page(story):
    answer = story.client().get(url("items"))
    assert (answer.status_code, "login" in answer["Location"]) == (302, True)


def test_the_list_answers_words_states_and_departments(desk, click):
    desk.filed(title="诉源治理做法")
    desk.draft(title="另一篇草稿")
    page = click("writer").get(url("items"), {"q": "诉源", "state": "filed"}).text
    assert "诉源治理做法" in page
    assert "另一篇草稿" not in page
    assert "没有符合条件的信息" in click("writer").get(url("items"), {"q": "没有的词"}).text


@pytest.mark.parametrize(
    "query", [{"page": "99999999999"}, {"unit": "x"}, {"since": "2024-13-01"}, {"state": "'--"}]
)
def test_nonsense_in_the_address_is_no_error(click, query):
    assert click("editor").get(url("items"), query).status_code == 200


def queries_of(client, *get):
    client.get(*get)
    with CaptureQueriesContext(connection) as asked:
        client.get(*get)
    return len(asked)


def test_the_list_takes_as_many_queries_for_one_item_as_for_many(desk, click):
    desk.filed()
    one = queries_of(click("editor"), url("items"))
    for n in range(4):
        desk.filed(title=f"第{n}篇")
    assert queries_of(click("editor"), url("items")) == one <= 18


# drafting


def test_a_draft_is_made_once_and_opened(click):
    for _ in range(2):
        answer = click("writer").post(url("new"), form())
        assert answer.status_code == 302
    item = Item.objects.get()
    assert (item.state, item.unit.code, answer["Location"]) == ("draft", "civil1", url("item", item))


def test_save_and_submit_goes_on_to_the_checklist(click):
    answer = click("writer").post(url("new"), form(submit="1"))
    assert answer["Location"] == do(Item.objects.get(), "submit")


def test_only_checking_saves_nothing(click):
    answer = click("writer").post(url("new"), form(check="1", body="2024年13月1日开庭。"))
    assert answer.status_code == 200
    assert "请核对" in answer.text
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "标题"),
        ({"category": "nonsense"}, "类型"),
        ({"joint": "equal"}, "请选择合作部门"),
        ({"subtype": "disaster"}, "子类不属于这个类型"),
        ({"category": "major", "subtype": "disaster", "importance": "general"}, "不可以降低"),
        ({"learned_at": "2024-06-01T08:00", "occurred_at": "2024-06-02T08:00"}, "知悉时间早于"),
    ],
)
def test_a_wrong_form_comes_back_with_its_reasons(click, changes, message):
    answer = click("writer").post(url("new"), form(**changes))
    assert answer.status_code == 422
    assert message in answer.text


def test_joint_items_say_whether_there_is_a_lead(story, click):
    partner = story.unit("criminal").pk
    answer = click("writer").post(url("new"), form(joint="led", partners=[partner]))
    assert "两者的计分不同" in answer.text
    click("writer").post(url("new"), form(joint="led", partners=[partner], lead_unit=story.unit("civil1").pk))
    item = Item.objects.get()
    assert (item.joint, item.lead_unit.code, item.partners.get().unit.code) == (True, "civil1", "criminal")


@pytest.mark.parametrize(
    ("key", "status"), [("leader", 403), ("editor", 403), ("sysadmin", 403), ("disabled", 302)]
)
def test_who_may_not_write_gets_no_form(click, key, status):
    assert click(key).get(url("new")).status_code == status


def test_writing_for_another_department_is_not_found(story, click):
    answer = click("writer").post(url("new"), form(unit=story.unit("criminal").pk))
    assert answer.status_code == 404


def test_a_draft_is_edited_by_its_department(desk, click):
    item = desk.draft()
    assert click("staff").get(url("edit", item)).status_code == 200
    answer = click("staff").post(url("edit", item), form(title="新标题", version=item.version))
    assert answer.status_code == 302
    item.refresh_from_db()
    assert (item.title, item.version) == ("新标题", 2)


@pytest.mark.parametrize(
    ("key", "status"), [("neighbour", 404), ("editor", 404), ("outsider", 404), ("disabled", 302)]
)
def test_a_foreign_draft_is_not_there(desk, click, key, status):
    item = desk.draft()
    for name in ("item", "edit", "changes"):
        assert click(key).get(url(name, item)).status_code == status


def test_an_item_under_review_is_not_edited(desk, click):
    assert click("writer").get(url("edit", desk.in_review())).status_code == 409


def test_two_editors_of_one_draft_see_both_texts(desk, click):
    item = desk.draft(body="共化解三百件。")
    old = item.version
    click("staff").post(url("edit", item), form(body="共化解三百一十件。", version=old))
    answer = click("writer").post(url("edit", item), form(body="共化解二百九十件。", version=old))
    assert answer.status_code == 422
    assert "苏小满" in answer.text
    assert "<ins>" in answer.text
    assert "共化解二百九十件。" in answer.text
    again = click("writer").post(url("edit", item), form(body="共化解二百九十件。", version=old + 1))
    assert again.status_code == 302


# beside the form


def test_typing_is_kept_and_answered_with_counter_checks_and_clocks(click):
    values = form(category="dynamic", occurred_at="2024-06-01T08:00", title="半截标题")
    answer = click("writer").post(url("beside"), values)
    assert "自动保存" in answer.text
    assert "工作动态" in answer.text
    assert "半截标题" in click("writer").get(url("items")).text
    assert "半截标题" in click("writer").get(url("new"), {"draft": "k1"}).text
    assert "半截标题" not in click("staff").get(url("items")).text


def test_saving_clears_what_was_kept(click):
    click("writer").post(url("beside"), form())
    click("writer").post(url("new"), form())
    assert "没有保存的稿子" not in click("writer").get(url("items")).text


def test_what_was_kept_of_a_draft_can_be_restored_or_dropped(desk, click):
    item = desk.draft()
    click("writer").post(url("beside"), form(title="没存的标题", item=item.pk, version=item.version))
    assert "恢复它" in click("writer").get(url("edit", item)).text
    assert "没存的标题" in click("writer").get(url("edit", item), {"restore": "1"}).text
    click("writer").post(url("drop_kept"), {"key": f"item-{item.pk}"})
    assert "恢复它" not in click("writer").get(url("edit", item)).text


def test_the_colleague_is_shown_as_writing_too(desk, click):
    item = desk.draft()
    click("staff").post(url("beside"), form(item=item.pk, version=item.version))
    assert "苏小满刚才也在修改" in click("writer").get(url("edit", item)).text


def test_typing_beside_a_foreign_item_is_not_found(desk, click):
    answer = click("neighbour").post(url("beside"), form(item=desk.draft().pk))
    assert answer.status_code == 404


# the verbs


def test_the_whole_circle_by_hand(desk, click):
    item = desk.draft()
    assert click("writer").get(do(item, "submit")).status_code == 200
    click("writer").post(do(item, "submit"), {"version": item.version, "checked": ["concise"]})
    item.refresh_from_db()
    answer = click("head").post(
        do(item, "approve"), {"version": item.version, "opinion": "同意"}, follow=True
    )
    assert "2024" not in answer.text or "编号" in answer.text
    item.refresh_from_db()
    assert item.state == Item.State.FILED
    click("editor").post(do(item, "receive"), {"version": item.version, "mark_concise": "good"})
    item.refresh_from_db()
    assert item.state == Item.State.RECEIVED
    assert "内容简洁好" in click("writer").get(url("item", item)).text


VERBS = [
    ("draft", "submit", "writer", {}),
    ("draft", "cancel", "writer", {"reason": "不报了"}),
    ("in_review", "approve", "head", {}),
    ("in_review", "send-back", "head", {"reasons": ["facts"]}),
    ("in_review", "withdraw", "writer", {}),
    ("in_review", "amend", "head", {"title": "新题", "body": "新文。"}),
    ("in_review", "retype", "head", {"category": "problem", "importance": "important", "reason": "涉及全局"}),
    ("filed", "receive", "editor", {}),
    ("filed", "return", "editor", {"opinion": "请补数据"}),
    ("filed", "undo", "head", {}),
    ("received", "amend", "editor", {"title": "新题", "body": "新文。", "ask_again": "on"}),
    ("received", "retype", "editor", {"category": "problem", "importance": "general", "reason": "实为问题"}),
]


@pytest.mark.parametrize(("state", "verb", "key", "data"), VERBS)
def test_a_verb_works_once_and_then_is_stale(desk, click, state, verb, key, data):
    item = getattr(desk, state)()
    assert click(key).get(do(item, verb)).status_code == 200
    sent = {"version": item.version, **data}
    assert click(key).post(do(item, verb), sent).status_code == 302
    again = click(key).post(do(item, verb), sent)
    assert again.status_code in (403, 404, 422)
    assert Item.objects.get(pk=item.pk).version == item.version + 1


@pytest.mark.parametrize(("state", "verb", "key", "data"), VERBS)
def test_a_verb_is_refused_to_the_neighbour_and_the_administrator(desk, click, state, verb, key, data):
    item = getattr(desk, state)()
    for other in ("neighbour", "sysadmin", "outsider"):
        assert click(other).post(do(item, verb), {"version": item.version, **data}).status_code == 404
    assert Item.objects.get(pk=item.pk).version == item.version


@pytest.mark.parametrize(("verb", "data"), [("cancel", {"reason": "x"}), ("submit", {}), ("edit", {})])
def test_a_reader_without_the_right_is_refused(desk, click, verb, data):
    item = desk.in_review()
    address = url("edit", item) if verb == "edit" else do(item, verb)
    assert click("leader").post(address, {"version": item.version, **data}).status_code in (403, 404, 422)


def test_unknown_verbs_and_items_are_not_found(desk, click):
    item = desk.draft()
    assert click("writer").get(f"/bulletins/items/{item.pk}/explode/").status_code == 404
    assert click("writer").get("/bulletins/items/999999/").status_code == 404
    assert click("writer").get("/bulletins/items/999999/submit/").status_code == 404


@pytest.mark.parametrize("name", ["late", "attach", "confirm_share"])
def test_posting_addresses_do_not_answer_get(desk, click, name):
    assert click("writer").get(url(name, desk.draft())).status_code == 405


def test_a_refused_decision_keeps_what_was_typed(desk, click):
    item = desk.in_review()
    approve(desk.actor("leader"), item)
    answer = click("head").post(do(item, "send-back"), {"version": item.version, "opinion": "三处数字请核实"})
    assert answer.status_code == 422
    assert "三处数字请核实" in answer.text
    assert "顾怀远" in answer.text


def test_after_a_decision_the_queue_goes_on(desk, click):
    item = desk.in_review()
    back = reverse("bulletins:review") + "?scope=mine"
    answer = click("head").post(do(item, "approve"), {"version": item.version, "next": back})
    assert answer["Location"] == back
    item = desk.in_review()
    answer = click("head").post(
        do(item, "approve"), {"version": item.version, "next": "https://evil.example/"}
    )
    assert answer["Location"] == url("item", item)


# the queue


def test_the_queue_shows_what_waits_for_this_person(desk, click):
    general, important = (
        desk.in_review(title="一般的"),
        desk.do(submit, "writer", desk.important(title="要紧的")),
    )
    assert {"一般的", "要紧的"} <= titles(click("head").get(url("review")))
    assert titles(click("leader").get(url("review"), {"scope": "mine"})) == set()
    assert titles(click("leader").get(url("review"), {"scope": "instead"})) == {"一般的", "要紧的"}
    desk.do(approve, "head", important)
    assert titles(click("leader").get(url("review"))) == {"要紧的"}
    assert titles(click("neighbour_head").get(url("review"))) == set()
    desk.do(approve, "head", general)
    assert titles(click("editor").get(url("review"))) == {"一般的"}


def titles(answer):
    return {row.item.title for row in answer.context["rows"]}


@pytest.mark.parametrize(
    ("key", "status"), [("writer", 403), ("staff", 403), ("auditor", 403), ("head", 200)]
)
def test_the_queue_is_for_those_who_decide(click, key, status):
    assert click(key).get(url("review")).status_code == status


def test_the_queue_takes_as_many_queries_for_one_item_as_for_many(desk, click):
    desk.in_review()
    one = queries_of(click("head"), url("review"))
    for n in range(4):
        desk.in_review(title=f"第{n}篇")
    assert queries_of(click("head"), url("review")) == one


# the emergency screen


def alarm(**changes):
    return {
        "unit": "",
        "what": "有人持械伤人。",
        "where": "立案大厅",
        "occurred_at": "2024-06-05T09:50",
        "subtype": "emergency",
        "client_key": "e1",
        **changes,
    }


def test_the_emergency_is_reported_from_one_screen(story, click):
    assert click("staff").get(url("emergency")).status_code == 200
    unit = story.unit("civil1").pk
    answer = click("staff").post(url("emergency"), alarm(unit=unit), follow=True)
    assert "回执时间" in answer.text
    item = Item.objects.get()
    assert (item.state, item.lane) == ("filed", "emergency")


def test_a_call_made_first_is_recorded_with_the_report(story, click):
    call = {"called_at": "2024-06-05T09:52", "caller": "林知微", "receiver": "方守夜"}
    unit = story.unit("civil1").pk
    answer = click("writer").post(url("emergency"), alarm(unit=unit, **call))
    assert answer.status_code == 422
    assert "接报单位" in answer.text
    click("writer").post(url("emergency"), alarm(unit=unit, **call, receiver_office="值班室", content="伤人"))
    assert Item.objects.get().phone_records.count() == 1


def test_reporting_for_a_foreign_department_is_refused(story, click):
    answer = click("writer").post(url("emergency"), alarm(unit=story.unit("criminal").pk))
    assert answer.status_code == 422
    assert not Item.objects.exists()


def test_stages_calls_and_acknowledgements_follow(story, click):
    click("writer").post(url("emergency"), alarm(unit=story.unit("civil1").pk))
    item = Item.objects.get()
    for name in ("stage", "call"):
        assert click("writer").get(url(name, item)).status_code == 200
    sent = {"stage": "supplement", "text": "伤者已送医。", "client_key": "s1"}
    assert click("writer").post(url("stage", item), sent).status_code == 302
    report = item.stage_reports.get(n=2)
    assert click("neighbour").post(reverse("bulletins:stage_received", args=[report.pk])).status_code == 404
    assert click("writer").post(reverse("bulletins:stage_received", args=[report.pk])).status_code == 403
    assert click("duty").post(reverse("bulletins:stage_received", args=[report.pk])).status_code == 302
    assert "伤者已送医" in click("duty").get(url("item", item)).text


@pytest.mark.parametrize(
    ("key", "status"), [("leader", 403), ("editor", 403), ("auditor", 403), ("duty", 200)]
)
def test_the_emergency_screen_is_for_those_who_report(click, key, status):
    assert click(key).get(url("emergency")).status_code == status


# files and shares


def test_a_file_goes_up_and_comes_down_only_for_readers(desk, click, tmp_path, settings):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.MEDIA_ROOT = tmp_path
    item = desk.draft()
    sent = {"file": SimpleUploadedFile("说明.pdf", b"%PDF-1.7 ...")}
    assert click("writer").post(url("attach", item), sent).status_code == 302
    address = reverse("bulletins:file", args=[item.attachments.get().pk])
    answer = click("head").get(address)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert "attachment" in answer["Content-Disposition"]
    for key in ("neighbour", "editor", "outsider"):
        assert click(key).get(address).status_code == 404
    assert click("neighbour").post(reverse("bulletins:remove_file", args=[1])).status_code == 404


def test_an_upload_without_a_file_is_refused(desk, click):
    assert click("writer").post(url("attach", desk.draft())).status_code == 409


def test_shares_are_entered_confirmed_and_signed_by_hand(desk, click, story):
    item = desk.draft()
    unit = story.unit("civil1").pk
    address = url("shares", item, unit=unit)
    weights = {f"weight_{story.person(k).pk}": w for k, w in (("writer", "2"), ("staff", "1"))}
    page = click("writer").get(address)
    sent = {**weights, "seen": page.context["seen"]}
    assert click("writer").post(address, sent).status_code == 302
    stale = click("head").post(address, {**weights, "seen": "1*1"})
    assert stale.status_code == 422
    for key in ("writer", "staff"):
        assert click(key).post(url("confirm_share", item)).status_code == 302
    assert click("writer").post(url("sign_shares", item, unit=unit)).status_code == 403
    assert click("head").post(url("sign_shares", item, unit=unit)).status_code == 302
    assert "审定" in click("writer").get(url("item", item)).text


@pytest.mark.parametrize("weight", ["一", "1.5", "-1", "0"])
def test_shares_that_are_no_whole_numbers_are_refused(desk, click, story, weight):
    address = url("shares", desk.draft(), unit=story.unit("civil1").pk)
    answer = click("writer").post(address, {f"weight_{story.person('writer').pk}": weight})
    assert answer.status_code == 422


# what is missing before it can be reported


def test_the_form_says_beside_it_what_reporting_will_ask_for(story, click):
    def beside(**typed):
        return click("writer").post(url("beside"), {**form(**typed), "unit": story.unit("civil1").pk}).text

    bare = beside(category="dynamic", body="", occurred_at="")
    assert "报送前还要补上" in bare and "正文" in bare and "填写发生时间后，这里显示期限" in bare
    timeless = beside(category="experience", body="第一段。", occurred_at="")
    assert "报送前还要补上" not in timeless and "这个类型没有报送时限" in timeless


def test_the_page_of_reporting_names_the_missing_time_and_leads_to_the_form(desk, click):
    item = desk.draft()
    Item.objects.filter(pk=item.pk).update(category="dynamic", occurred_at=None)
    page = click("writer").get(do(item, "submit")).text
    assert "还缺发生时间" in page and f'href="{url("edit", item)}"' in page
    Item.objects.filter(pk=item.pk).update(occurred_at=desk.clock)
    assert "还缺" not in click("writer").get(do(item, "submit")).text


# comparison


def test_two_revisions_stand_side_by_side_or_in_one_text(desk, click):
    item = desk.in_review()
    click("head").post(do(item, "amend"), {"version": item.version, "title": "新题", "body": "改过的正文。"})
    assert "改过" in click("writer").get(url("changes", item)).text
    assert "<ins>" in click("writer").get(url("changes", item), {"view": "inline"}).text
    assert click("writer").get(url("changes", item), {"old": "x", "new": "99"}).status_code == 200
    assert "只有一稿" in click("writer").get(url("changes", desk.in_review())).text


# Word files


def test_a_word_file_fills_the_form_and_saves_nothing(story, click):
    from io import BytesIO

    import docx
    from django.core.files.uploadedfile import SimpleUploadedFile

    paper = docx.Document()
    paper.add_heading("关于诉源治理的做法", 0)
    paper.add_paragraph("第一段。")
    made = BytesIO()
    paper.save(made)
    sent = {"file": SimpleUploadedFile("稿.docx", made.getvalue()), "unit": story.unit("civil1").pk}
    page = click("writer").post(url("read_word"), sent, follow=True)
    assert "关于诉源治理的做法" in page.text
    assert "第一段。" in page.text
    assert not Item.objects.exists()
    bad = {"file": SimpleUploadedFile("稿.docx", b"not a docx")}
    assert click("writer").post(url("read_word"), bad).status_code == 409
    assert click("leader").post(url("read_word"), sent).status_code == 403
