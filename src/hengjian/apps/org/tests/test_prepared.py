"""What is asked with SQL made once answers as the ORM does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hengjian.apps.conftest import Story
from hengjian.apps.org import access
from hengjian.apps.org.models import Appointment, Person, Post, Unit, User
from hengjian.apps.org.prepared import Prepared, names, taken

pytestmark = pytest.mark.django_db


def _cells(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_everybody_is_found_with_unit_and_court(story: Story) -> None:
    for user in User.objects.all():
        found = access._person_of(user)
        wanted = Person.objects.select_related("unit__parent").filter(user=user).first()
        assert (found is None) == (wanted is None)
        if found is None or wanted is None:
            continue
        assert found == wanted and _cells(found) == _cells(wanted)
        with CaptureQueriesContext(connection) as asked:
            assert _cells(found.unit) == _cells(wanted.unit)
            assert found.unit.parent == wanted.unit.parent
        assert not asked.captured_queries, "both come with the person"
        assert not found._state.adding and not found.unit._state.adding


def test_a_person_so_found_can_be_saved(story: Story) -> None:
    found = access._person_of(story.users["editor"])
    assert found is not None
    found.phone = "0000"
    found.save()
    assert Person.objects.get(pk=found.pk).phone == "0000"


def test_seats_are_those_in_force_on_the_day(story: Story) -> None:
    days = [date(2024, 6, 5), date(1990, 1, 1), date(2090, 1, 1)]
    Appointment.objects.filter(pk__in=Appointment.objects.values("pk")[:3]).update(valid_to=days[0])
    Post.objects.filter(pk__in=Post.objects.order_by("-pk").values("pk")[:2]).update(
        valid_to=days[0] + timedelta(1)
    )
    fields = access._Held._fields
    ways = [
        "post__unit__position",
        "post__unit_id",
        "post__role",
        "post_id",
        "seat",
        "post__subtree",
        "post__title",
    ]
    for person in Person.objects.all():
        for day in (*days, days[0] - timedelta(1)):
            rows = access._in_force(day).filter(person=person).order_by().values_list(*ways)
            held = access._held(person, day)
            assert held == sorted(access._Held(*row) for row in rows), (person, day, fields)
            assert all(type(seat.subtree) is bool for seat in held)


def test_answers_are_never_kept(story: Story) -> None:
    user = story.users["editor"]
    assert access.actor_for(user, story.at).grants
    Appointment.objects.filter(person__user=user).delete()
    assert access.actor_for(user, story.at).grants == ()
    Person.objects.filter(user=user).update(active=False)
    assert access.actor_for(user, story.at).grants == ()
    Person.objects.filter(user=user).update(user=None)
    assert access.actor_for(user, story.at).person is None


def test_dates_numbers_and_constants_stand_where_they_belong(story: Story) -> None:
    question = Prepared(
        lambda day, pk: Unit.objects.filter(valid_from__lte=day, pk__lt=pk).exclude(name="无").order_by("pk")
        .values_list(*names(Unit)), date, int,
    )  # fmt: skip
    for day, most in ((date(2100, 1, 1), 10_000_000), (date(1900, 1, 1), 10_000_000), (date(2100, 1, 1), 3)):
        wanted = list(Unit.objects.filter(valid_from__lte=day, pk__lt=most).order_by("pk"))
        found = [taken(Unit, row) for row in question.rows(day, most)]
        assert found == wanted
        assert [_cells(row) for row in found] == [_cells(row) for row in wanted]


def test_a_value_the_query_alters_is_refused(story: Story) -> None:
    with pytest.raises(ValueError, match="as it is"):
        Prepared(lambda n: Unit.objects.filter(pk=n + 1).values_list("pk"), int).rows(1)
