"""Nobody inspects alone, nobody the own court where it is mutual, nobody with a conflict; the records freeze."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.duties.models import Fulfilment
from hengjian.apps.inspections import access
from hengjian.apps.inspections.acts import plan, records, team
from hengjian.apps.inspections.conftest import Circle
from hengjian.apps.inspections.models import FrozenCopy, Inspection, RecordLook
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db


def test_one_inspector_cannot_be_ordered_and_the_sentence_says_how_many(circle: Circle) -> None:
    row = circle.name(circle.planned(), "one")
    team.declare(circle.actor("one"), row)
    plan.set_scope(circle.actor("stat"), row, units=[circle.units["filing"]])
    with pytest.raises(HengjianError, match=r"不得少于2人.*只有1人"):
        team.order(circle.actor("stat"), row)


def test_who_has_not_declared_does_not_count(circle: Circle) -> None:
    row = circle.name(circle.planned(), "one", "two")
    team.declare(circle.actor("one"), row)
    plan.set_scope(circle.actor("stat"), row, units=[circle.units["filing"]])
    with pytest.raises(HengjianError, match="只有1人"):
        team.order(circle.actor("stat"), row)


def test_a_conflict_takes_the_member_out(circle: Circle) -> None:
    row = circle.name(circle.planned(), "one", "two")
    member = team.declare(circle.actor("two"), row, conflict="曾在该庭工作")
    assert member.removed_at is not None and not member.fit
    with pytest.raises(Denied):
        access.require_member(circle.actor("two"), row)


def test_mutual_inspection_takes_nobody_of_the_own_court(circle: Circle) -> None:
    row = circle.planned(mode="mutual")
    with pytest.raises(HengjianError, match=r"互查.*不得指派检查本院的人"):
        team.name_member(circle.actor("stat"), row, person=circle.people["county_stat"])
    team.name_member(circle.actor("stat"), row, person=circle.people["three"])


def test_self_inspection_is_of_the_own_court_by_its_own_people(circle: Circle) -> None:
    with pytest.raises(HengjianError, match="自查"):
        circle.plan("county", mode="self")
    row = circle.planned(mode="self", by="county_stat", house="county")
    with pytest.raises(HengjianError, match="由本院的人检查"):
        team.name_member(circle.actor("county_stat"), row, person=circle.people["one"])
    team.name_member(circle.actor("county_stat"), row, person=circle.people["county_stat"])


def test_nobody_inspects_the_own_department(circle: Circle) -> None:
    row = circle.planned(mode="self", by="county_stat", house="county")
    plan.set_scope(circle.actor("county_stat"), row, units=[circle.units["filing"]])
    with pytest.raises(HengjianError, match="不能检查本部门"):
        team.name_member(circle.actor("county_stat"), row, person=circle.people["clerk"])


def test_courts_are_drawn_so_that_anybody_can_draw_again(circle: Circle) -> None:
    found = circle.plan("county", "other", mode="sample", seed="3271", count=1)
    assert len(found.drawn) == 1 and plan.drawn_again(found)
    found.drawn = [code for code in found.population if code not in found.drawn]
    assert not plan.drawn_again(found)
    with pytest.raises(HengjianError, match="种子"):
        circle.plan("county", "other", mode="sample", count=1)


def test_courts_elsewhere_cannot_be_inspected(circle: Circle) -> None:
    with pytest.raises(HengjianError, match="不是澜州市中级人民法院或者它下级的法院"):
        circle.plan("high")
    with pytest.raises(Denied):
        circle.plan("county", by="head")


def test_the_same_form_makes_one_plan(circle: Circle) -> None:
    args = {"house": circle.units["middle"], "courts": [circle.units["county"]], "client_key": "k"}
    text = plan.PlanText("一", "special", "目的", date(2026, 3, 1), date(2026, 3, 9))
    first = plan.make_plan(circle.actor("stat"), circle.installation, text=text, **args)  # type: ignore[arg-type]
    assert plan.make_plan(circle.actor("stat"), circle.installation, text=text, **args) == first  # type: ignore[arg-type]
    assert first.inspections.count() == 1


def test_two_on_the_spot_begin_it_and_one_does_not(circle: Circle) -> None:
    row = circle.ordered()
    team.arrive(circle.actor("one"), row)
    row.refresh_from_db()
    assert row.state == Inspection.State.ORDERED
    with pytest.raises(HengjianError, match="已经签到"):
        team.arrive(circle.actor("one"), row)
    team.arrive(circle.actor("two"), row)
    row.refresh_from_db()
    assert row.state == Inspection.State.UNDERWAY


def test_the_inspected_learn_of_it_only_when_it_begins(circle: Circle) -> None:
    row = circle.ordered()
    assert not access.visible_inspections(circle.actor("head")).exists()
    for key in ("one", "two"):
        team.arrive(circle.actor(key), row)
    assert access.visible_inspections(circle.actor("head")).filter(pk=row.pk).exists()
    assert not access.visible_inspections(circle.actor("other_head")).exists()


def test_members_get_a_dated_seat_without_reading_rights(circle: Circle) -> None:
    row = circle.ordered()
    member = row.team.get(person=circle.people["one"])
    assert member.seat is not None and member.seat.post.unit_id == row.court_id
    grant = next(g for g in circle.actor("one").grants if g.role == "inspector")
    assert {right.value for right in grant.rights} == {"inspect.work"}


def test_named_members_find_it_in_their_inbox(circle: Circle) -> None:
    row = circle.name(circle.planned(), "one", "two")
    steps = [r.next_step for r in rows_for(circle.actor("one")) if r.kind == "检查"]
    assert steps == ["声明有没有应当回避的情形"]
    team.declare(circle.actor("one"), row)
    assert not [r for r in rows_for(circle.actor("one")) if r.kind == "检查"]


# frozen records


def _record(circle: Circle, title: str = "立案信息培训") -> Fulfilment:
    return Fulfilment.objects.create(
        installation=circle.installation, clause="shandong/registers/training", unit=circle.units["filing"],
        title=title, happened_on=date(2026, 1, 9), minutes="讲了三项。", recorded_at=circle.at,
    )  # fmt: skip


def test_records_freeze_at_the_beginning_and_a_later_change_shows(circle: Circle) -> None:
    record = _record(circle)
    row = circle.begun()
    copy = FrozenCopy.objects.get(inspection=row)
    assert not records.look(circle.actor("one"), copy).changed
    record.minutes = "讲了五项。"
    record.save()
    found = records.look(circle.actor("one"), copy)
    assert [(c.name, c.frozen, c.now) for c in found.changes] == [("纪要", "讲了三项。", "讲了五项。")]
    assert found.intact


def test_a_record_that_is_gone_is_named_and_a_forged_copy_too(circle: Circle) -> None:
    record = _record(circle)
    row = circle.begun()
    copy = FrozenCopy.objects.get(inspection=row)
    record.delete()
    assert records.look(circle.actor("one"), copy).gone
    copy.data = copy.data | {"纪要": "讲了九项。"}
    copy.save()
    assert not records.look(circle.actor("one"), copy).intact


def test_every_look_is_on_record_and_takes_a_grant(circle: Circle) -> None:
    _record(circle)
    row = circle.begun()
    copy = FrozenCopy.objects.get(inspection=row)
    records.look(circle.actor("one"), copy)
    assert [look.person for look in RecordLook.objects.all()] == [circle.people["one"]]
    for who, days in (("stat", 0), ("head", 0), ("one", 30)):
        with pytest.raises(Denied):
            records.look(circle.actor(who, days), copy)
    assert RecordLook.objects.count() == 1


def test_a_grant_is_taken_back_at_once(circle: Circle) -> None:
    _record(circle)
    row = circle.begun()
    member = row.team.get(person=circle.people["one"])
    team.revoke_access(circle.actor("stat"), member.grants.get(), reason="提前结束")
    copy = FrozenCopy.objects.get(inspection=row)
    with pytest.raises(Denied):
        records.look(circle.actor("one"), copy)
    end = circle.at + timedelta(days=2)
    team.grant_access(circle.actor("stat"), member, starts_at=circle.at, ends_at=end)
    records.look(circle.actor("one"), copy)


def test_named_records_can_be_frozen_later_but_not_those_of_other_courts(circle: Circle) -> None:
    row = circle.begun()
    record = _record(circle)
    made = records.freeze(circle.actor("one"), row, kind="fulfilment", keys=f"{record.pk}\n{record.pk}")
    assert len(made) == 1
    foreign = Fulfilment.objects.create(
        installation=circle.installation, clause="c", unit=circle.units["other_stat"], title="别院",
        happened_on=date(2026, 1, 9), recorded_at=circle.at,
    )  # fmt: skip
    with pytest.raises(HengjianError, match="没有这些记录"):
        records.freeze(circle.actor("one"), row, kind="fulfilment", keys=str(foreign.pk))
