"""Units, people, absences, accounts: each act does its work, refuses nonsense with a sentence, leaves an entry."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hengjian.apps.audit.models import Entry
from hengjian.apps.conftest import Story
from hengjian.apps.org.access import Denied, actor_for
from hengjian.apps.org.acts import accounts, people, posts, units
from hengjian.apps.org.models import Appointment, Post, Unit, UnitClass, User
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 5)


def made(story: Story, **changes: object) -> Unit:
    fields = {"code": "env", "name": "环境资源审判庭", "kind": "department"} | changes
    return units.create_unit(story.actor("sysadmin"), story.unit("court"), **fields)


def test_a_unit_is_set_up(story: Story) -> None:
    unit = made(story, valid_from=DAY)
    assert unit in Unit.objects.standing(DAY)
    assert unit not in Unit.objects.standing(DAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "civil1"}, "编码“civil1”已被"),
        ({"name": "民事审判第一庭"}, "已有名为"),
        ({"name": " "}, "请填写名称"),
        ({"kind": "ministry"}, "没有“ministry”"),
    ],
)
def test_a_wrong_unit_is_refused(story: Story, changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(HengjianError, match=sentence):
        made(story, **changes)


def test_a_second_root_is_refused(story: Story) -> None:
    with pytest.raises(HengjianError, match="请选择上级单位"):
        units.create_unit(story.actor("sysadmin"), None, code="x", name="某院", kind="court")


def test_the_former_name_remains_as_an_alias(story: Story) -> None:
    unit = units.rename_unit(story.actor("sysadmin"), story.unit("civil1"), name="民事审判庭")
    assert list(unit.aliases.values_list("text", flat=True)) == ["民事审判第一庭"]


def test_a_unit_moves_but_not_below_itself(story: Story) -> None:
    sysadmin = story.actor("sysadmin")
    units.move_unit(sysadmin, story.unit("tribunal"), parent=story.unit("civil1"))
    with pytest.raises(HengjianError, match="不能作为上级单位"):
        units.move_unit(sysadmin, story.unit("civil1"), parent=story.unit("tribunal"))
    with pytest.raises(Denied):
        units.move_unit(sysadmin, story.unit("civil2"), parent=story.unit("other_court"))


def test_a_unit_with_people_cannot_be_ended(story: Story) -> None:
    with pytest.raises(HengjianError, match=r"还有.*名在职人员.*个未撤销的岗位"):
        units.end_unit(story.actor("sysadmin"), story.unit("civil1"), on=DAY)
    ended = units.end_unit(story.actor("sysadmin"), story.unit("civil2"), on=DAY)
    assert ended not in Unit.objects.standing(DAY)
    assert ended in Unit.objects.standing(DAY - timedelta(days=1))


def test_an_alias_means_one_unit(story: Story) -> None:
    sysadmin = story.actor("sysadmin")
    units.set_aliases(sysadmin, story.unit("civil1"), texts=["民一", "民一", " "])
    with pytest.raises(HengjianError, match="一个别称只能指一个单位"):
        units.set_aliases(sysadmin, story.unit("civil2"), texts=["民一"])


def test_a_class_holds_from_its_day_and_the_past_keeps_its_own(story: Story) -> None:
    sysadmin, unit = story.actor("sysadmin"), story.unit("civil1")
    units.classify_unit(sysadmin, unit, pack="hubei", key="a", since=date(2023, 1, 1))
    units.classify_unit(sysadmin, unit, pack="hubei", key="b", since=DAY)
    rows = UnitClass.objects.filter(unit=unit).values_list("key", "valid_from", "valid_to")
    assert list(rows) == [("a", date(2023, 1, 1), DAY), ("b", DAY, None)]


def test_a_person_is_added_once(story: Story) -> None:
    sysadmin = story.actor("sysadmin")
    people.add_person(sysadmin, story.unit("civil2"), name="许知远", staff_no="Q900", phone="1")
    with pytest.raises(HengjianError, match="已属于许知远"):
        people.add_person(sysadmin, story.unit("civil2"), name="另一人", staff_no="Q900")
    assert '"1"' not in Entry.objects.get(action="org.person.add", outcome="ok").payload


def test_a_change_without_phone_leaves_the_phone(story: Story) -> None:
    person = story.person("staff")
    person.phone = "123"
    person.save()
    people.change_person(story.actor("sysadmin"), person, name="苏小满", staff_no=person.staff_no)
    assert person.phone == "123"


def test_the_b_seat_acts_while_the_a_seat_is_away(story: Story) -> None:
    at, unit = story.at, story.unit("civil1")
    assert not story.actor("deputy").has(Right.REVIEW_UNIT, unit)
    absence = people.be_absent(
        story.actor("head"), story.person("head"), starts_at=at, ends_at=at + timedelta(days=2)
    )
    assert actor_for(story.users["deputy"], at).has(Right.REVIEW_UNIT, unit)
    people.end_absence(story.actor("head", at + timedelta(hours=5)), absence)
    assert not actor_for(story.users["deputy"], at + timedelta(hours=6)).has(Right.REVIEW_UNIT, unit)


def test_somebody_elses_absence_is_not_ones_own_business(story: Story) -> None:
    with pytest.raises(Denied):
        people.be_absent(
            story.actor("writer"), story.person("head"), starts_at=story.at, ends_at=story.at + timedelta(1)
        )


@pytest.mark.parametrize(("start", "end", "sentence"), [(1, 0, "晚于"), (-3, -1, "已经过去"), (1, 3, "重叠")])
def test_a_wrong_absence_is_refused(story: Story, start: int, end: int, sentence: str) -> None:
    head, person, at = story.actor("head"), story.person("head"), story.at
    people.be_absent(head, person, starts_at=at + timedelta(days=2), ends_at=at + timedelta(days=4))
    with pytest.raises(HengjianError, match=sentence):
        people.be_absent(head, person, starts_at=at + timedelta(days=start), ends_at=at + timedelta(days=end))


def test_a_post_with_a_holder_cannot_be_ended(story: Story) -> None:
    post = Post.objects.get(role="liaison", unit=story.unit("civil1"))
    with pytest.raises(HengjianError, match="先由安全管理员办理卸任"):
        posts.end_post(story.actor("sysadmin"), post, on=DAY)
    for seat in post.appointments.all():
        posts.end_appointment(story.actor("secadmin"), seat, on=DAY)
    assert posts.end_post(story.actor("sysadmin"), post, on=DAY).valid_to == DAY


def test_the_same_seat_is_not_given_twice(story: Story) -> None:
    post = Appointment.objects.get(person=story.person("editor")).post
    with pytest.raises(HengjianError, match="不能重复任命"):
        posts.appoint(story.actor("secadmin"), post, story.person("editor"), seat="B", valid_from=DAY)


def test_an_account_is_made_with_a_one_time_password(story: Story) -> None:
    person = people.add_person(story.actor("sysadmin"), story.unit("civil2"), name="许知远", staff_no="Q900")
    handed = accounts.create_account(story.actor("secadmin"), person, username="xuzhiyuan")
    user = User.objects.get(username="xuzhiyuan")
    assert user.must_change_password and user.check_password(handed.password)
    assert handed.password not in Entry.objects.latest("n").payload
    with pytest.raises(HengjianError, match="不能重复开通"):
        accounts.create_account(story.actor("secadmin"), person, username="other")


@pytest.mark.parametrize(
    ("username", "sentence"), [("writer", "已被使用"), ("a b", "只能用"), ("", "请填写")]
)
def test_a_wrong_user_name_is_refused(story: Story, username: str, sentence: str) -> None:
    person = people.add_person(story.actor("sysadmin"), story.unit("civil2"), name="许知远", staff_no="Q900")
    with pytest.raises(HengjianError, match=sentence):
        accounts.create_account(story.actor("secadmin"), person, username=username)


def test_a_reset_password_must_be_changed(story: Story) -> None:
    handed = accounts.reset_password(story.actor("secadmin"), story.person("writer"))
    user = User.objects.get(username="writer")
    assert user.must_change_password and user.check_password(handed.password)


def test_nobody_manages_his_own_account(story: Story) -> None:
    with pytest.raises(HengjianError, match="自己的账号"):
        accounts.reset_password(story.actor("secadmin"), story.person("secadmin"))
