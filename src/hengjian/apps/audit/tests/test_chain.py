"""The chain: every act leaves one entry, an act without entry rolls back, a changed row is found."""

from __future__ import annotations

import itertools

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from hengjian.apps.audit.acting import ACTIONS, act, log
from hengjian.apps.audit.chain import digest_of
from hengjian.apps.audit.models import Entry
from hengjian.apps.org.access import system_actor
from hengjian.apps.org.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return system_actor("测试", timezone.now())


@act("test.unit.make", "测试：设立单位")
def make_unit(actor, name):
    unit = Unit.objects.create(code=name, name=name, kind=Unit.Kind.COURT)
    log(unit, name=name)
    return unit


@act("test.unit.silent", "测试：不留痕")
def make_silently(actor, name):
    return Unit.objects.create(code=name, name=name, kind=Unit.Kind.COURT)


@act("test.unit.pair", "测试：连设两个")
def make_pair(actor, *names):
    for name in names:
        make_unit(actor, name)
    log(None, label="两个单位")


def test_each_act_leaves_a_chained_entry(actor):
    make_unit(actor, "甲")
    make_pair(actor, "乙", "丙")
    entries = list(Entry.objects.order_by("n"))
    assert [e.action for e in entries] == [
        "test.unit.make",
        "test.unit.make",
        "test.unit.make",
        "test.unit.pair",
    ]
    assert all(later.previous == earlier.digest for earlier, later in itertools.pairwise(entries))
    assert all(e.digest == digest_of(e) for e in entries)


def test_an_act_that_says_nothing_rolls_back(actor):
    with pytest.raises(RuntimeError):
        make_silently(actor, "丁")
    assert not Unit.objects.exists()


def test_the_database_itself_refuses_to_change_an_entry(actor):
    make_unit(actor, "甲")
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET actor_name = 'x'")


def test_action_keys_are_registered():
    assert ACTIONS["test.unit.make"] == "测试：设立单位"
