"""The log speaks Chinese: no key of the program, no true or false where a word is known."""

from __future__ import annotations

import pytest

from hengjian.apps.audit import acting
from hengjian.apps.audit.models import Entry
from hengjian.apps.audit.queries import Changed, changes
from hengjian.apps.conftest import Story

pytestmark = pytest.mark.django_db


@acting.act("test.wording.note", "测试：记一笔内容")
def note(actor: acting.Actor, story: Story, **payload: object) -> None:
    acting.log(story.installation, unit=story.unit("court").pk, **payload)


def noted(story: Story, **payload: object) -> tuple[list[Changed], list[tuple[str, str]]]:
    note(story.actor("editor"), story, **payload)
    return changes(Entry.objects.latest("n"))


def test_yes_no_and_nothing_are_words(story: Story) -> None:
    found = dict(noted(story, repeated=False, second_factor=True, late=None)[1])
    assert found == {"重复提交": "否", "用第二重验证": "是", "迟报": ""}


def test_keys_of_the_regulation_are_shown_as_it_calls_them(story: Story) -> None:
    found = noted(story, category="major", flow="longkou/flows/emergency", role="editor")[1]
    assert [value for _, value in found[:1]] == ["重大案（事）件类"]
    assert "/" not in found[1][1]
    assert found[2] == ("角色", "信息编辑")


def test_lists_nested_facts_and_moments_stand_in_one_line(story: Story) -> None:
    fields = {"title": "民一庭", "arrived_at": "2026-11-21T11:27:10.355281+00:00"}
    found = noted(story, reasons=["一", "二"], fields=fields)[1]
    assert dict(found) == {"理由": "一、二", "内容": "收到时间：2026-11-21 19:27；名称：民一庭"}


def test_before_and_after_bear_the_name_of_the_field(story: Story) -> None:
    assert noted(story, before={"evidence": ""}, after={"evidence": "党组会议纪要"})[0] == [
        Changed("启用依据", "", "党组会议纪要")
    ]


def test_what_nobody_knows_is_shown_as_it_was_stored(story: Story) -> None:
    assert noted(story, something="quite-unknown")[1] == [("something", "quite-unknown")]
