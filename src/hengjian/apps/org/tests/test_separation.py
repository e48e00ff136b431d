"""Three administrators, three people: none can make himself, or another, what he is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from hengjian.apps.audit.models import Entry
from hengjian.apps.conftest import Story
from hengjian.apps.org.access import Denied, actor_for, system_actor
from hengjian.apps.org.acts import accounts, people, posts, units
from hengjian.apps.org.models import Appointment, Post
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 5)


def post_of(role: str) -> Post:
    return Post.objects.get(role=role, unit__code="court")


def test_the_security_administrator_appoints(story: Story) -> None:
    post = Post.objects.get(role="liaison", unit=story.unit("criminal"))
    posts.appoint(story.actor("secadmin"), post, story.person("staff"), valid_from=DAY)
    assert story.actor("staff").has(Right.ITEM_FILE, story.unit("criminal"))
    assert Entry.objects.filter(action="org.post.appoint").count() == 1


@pytest.mark.parametrize("who", ["sysadmin", "auditor", "president", "writer"])
def test_nobody_else_appoints(story: Story, who: str) -> None:
    with pytest.raises(Denied):
        posts.appoint(story.actor(who), post_of("editor"), story.person("staff"), valid_from=DAY)
    assert Entry.objects.get().outcome == "denied"


def test_nobody_appoints_himself(story: Story) -> None:
    with pytest.raises(HengjianError, match="自己的任职"):
        posts.appoint(story.actor("secadmin"), post_of("editor"), story.person("secadmin"), valid_from=DAY)


@pytest.mark.parametrize("role", ["system_admin", "audit_admin"])
def test_an_administrator_he_is_not_cannot_be_made(story: Story, role: str) -> None:
    with pytest.raises(HengjianError, match="三员之间不能互相任命"):
        posts.appoint(story.actor("secadmin"), post_of(role), story.person("staff"), valid_from=DAY)


def test_one_of_his_own_kind_can_be_made(story: Story) -> None:
    posts.appoint(story.actor("secadmin"), post_of("security_admin"), story.person("staff"), valid_from=DAY)
    assert story.actor("staff").has(Right.POST_GRANT)


@pytest.mark.parametrize(
    ("person", "role"),
    [("sysadmin", "security_admin"), ("auditor", "security_admin"), ("secadmin", "audit_admin")],
)
@pytest.mark.parametrize("seat", ["A", "B"])
def test_nobody_holds_two_of_the_three(story: Story, person: str, role: str, seat: str) -> None:
    with pytest.raises(HengjianError, match="三个人分别担任"):
        posts.appoint(
            system_actor("命令行", story.at), post_of(role), story.person(person), seat=seat, valid_from=DAY
        )


def test_after_the_first_has_ended_the_second_may_begin(story: Story) -> None:
    system = system_actor("命令行", story.at)
    held = Appointment.objects.get(person=story.person("sysadmin"))
    posts.end_appointment(system, held, on=DAY)
    posts.appoint(system, post_of("audit_admin"), story.person("sysadmin"), valid_from=DAY)
    assert story.actor("sysadmin").roles == {"audit_admin"}


def test_a_future_seat_counts_too(story: Story) -> None:
    system = system_actor("命令行", story.at)
    posts.appoint(system, post_of("audit_admin"), story.person("staff"), valid_from=DAY + timedelta(days=30))
    with pytest.raises(HengjianError, match="三个人分别担任"):
        posts.appoint(system, post_of("system_admin"), story.person("staff"), valid_from=DAY)


@pytest.mark.parametrize("act", [accounts.reset_password, accounts.reset_second_factor])
@pytest.mark.parametrize("other", ["sysadmin", "auditor"])
def test_the_login_of_another_administrator_cannot_be_taken_over(story: Story, act, other: str) -> None:
    with pytest.raises(HengjianError, match="不能重置"):
        act(story.actor("secadmin"), story.person(other))


def test_a_manager_of_one_court_does_not_reach_another(story: Story) -> None:
    foreign = Post.objects.get(unit=story.unit("other_court"))
    with pytest.raises(Denied):
        posts.appoint(story.actor("secadmin"), foreign, story.person("staff"), valid_from=DAY)
    with pytest.raises(Denied):
        accounts.disable(story.actor("secadmin"), story.person("outsider"))
    with pytest.raises(Denied):
        people.transfer_person(story.actor("sysadmin"), story.person("staff"), unit=story.unit("other_court"))


def test_a_post_cannot_reach_beyond_its_maker(story: Story) -> None:
    local = posts.create_post(
        system_actor("命令行", story.at),
        story.unit("criminal"), role="system_admin", title="部门管理员", valid_from=DAY, subtree=False,
    )  # fmt: skip
    posts.appoint(system_actor("命令行", story.at), local, story.person("staff"), valid_from=DAY)
    with pytest.raises(Denied):
        posts.create_post(
            story.actor("staff"), story.unit("court"), role="editor", title="编辑", valid_from=DAY
        )
    units.create_unit(
        story.actor("staff"), story.unit("criminal"), code="c1", name="合议组", kind="department"
    )
    with pytest.raises(HengjianError, match="超出了您的管理范围"):
        posts.create_post(
            actor_for(story.users["staff"], story.at),
            story.unit("criminal"), role="editor", title="编辑", valid_from=DAY, subtree=True,
        )  # fmt: skip


def test_disabling_ends_every_session_at_once(story: Story) -> None:
    client: Client = story.client("writer")
    assert client.get("/org/").status_code == 200
    accounts.disable(story.actor("secadmin"), story.person("writer"))
    assert client.get("/org/").status_code == 302
    accounts.enable(story.actor("secadmin"), story.person("writer"))
    assert client.get("/org/").status_code == 302


def test_leaving_takes_every_right_at_once(story: Story) -> None:
    people.leave(story.actor("sysadmin"), story.person("writer"))
    story.users["writer"].refresh_from_db()
    assert actor_for(type(story.users["writer"]).objects.get(username="writer"), story.at).grants == ()
