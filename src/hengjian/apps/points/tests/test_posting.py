"""Posting appends the difference between the facts and the ledger, once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from hengjian.apps.org.access import Denied
from hengjian.apps.points.acts.posting import post_open, post_period
from hengjian.apps.points.conftest import Desk
from hengjian.apps.points.jobs import post_all
from hengjian.apps.points.models import LedgerLine, PersonShare
from hengjian.apps.points.queries import score_of
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db


def test_an_adoption_becomes_a_line_with_its_article_and_evidence(desk: Desk) -> None:
    item = desk.item()
    fact = desk.fact("adopt", item, "2024-06-04T09:00", "bulletin")
    post_open(desk.editor(), desk.story.installation)
    line = LedgerLine.objects.get()
    assert (line.points, line.article, line.rule, line.evidence) == (
        Decimal(5),
        "24",
        "bulletin.problem",
        [fact.pk],
    )
    assert line.unit == desk.story.unit("civil1") and line.item == item
    assert score_of(desk.story.installation, line.unit, "2024-06") == 5


def test_posting_twice_adds_nothing(desk: Desk) -> None:
    desk.fact("adopt", desk.item(), "2024-06-04T09:00", "bulletin")
    post_open(desk.editor(), desk.story.installation)
    assert post_open(desk.editor(), desk.story.installation) == []
    assert post_period(desk.editor(), desk.story.installation, "2024-06") is None
    assert LedgerLine.objects.count() == 1


def test_a_withdrawn_fact_is_reversed_and_both_lines_stay(desk: Desk) -> None:
    fact = desk.fact("adopt", desk.item(), "2024-06-04T09:00", "bulletin")
    post_open(desk.editor(), desk.story.installation)
    desk.withdraw(fact, "2024-06-10T09:00")
    post_open(desk.editor(), desk.story.installation)
    first, back = LedgerLine.objects.order_by("pk")
    assert back.reverses == first and first.points + back.points == 0
    assert score_of(desk.story.installation, desk.story.unit("civil1"), "2024-06") == 0


def test_authors_share_the_points_of_their_department_exactly(desk: Desk) -> None:
    item = desk.item()
    for person in ("writer", "staff", "head"):
        desk.author(item, person)
    desk.fact("adopt", item, "2024-06-04T09:00", "bulletin")
    post_open(desk.editor(), desk.story.installation)
    shares = dict(PersonShare.objects.values_list("person__name", "points"))
    assert shares == {"林知微": Decimal("1.67"), "苏小满": Decimal("1.67"), "周以衡": Decimal("1.66")}


def test_points_without_a_recipient_are_kept_as_unallocated(desk: Desk) -> None:
    item = desk.joint(["civil1", "criminal"], lead=None)
    desk.fact("adopt", item, "2024-06-04T09:00", "province")
    post_open(desk.editor(), desk.story.installation)
    assert {(line.unit_id, line.points) for line in LedgerLine.objects.all()} == {
        (desk.story.unit("civil1").pk, Decimal(1)),
        (desk.story.unit("criminal").pk, Decimal(1)),
        (None, Decimal(3)),
    }


def test_an_error_costs_only_in_information_sent_to_a_superior(desk: Desk) -> None:
    item = desk.item()
    desk.fact("error", item, "2024-06-04T09:00", "minor", unit="civil1", sent_up=False)
    assert post_open(desk.editor(), desk.story.installation) == []
    desk.fact("error", item, "2024-06-04T09:00", "minor", unit="civil1", sent_up=True, n=2)
    post_open(desk.editor(), desk.story.installation)
    assert LedgerLine.objects.get().points == -2


def test_facts_no_clause_scores_do_not_disturb(desk: Desk) -> None:
    desk.fact("receive", desk.item(), "2024-06-04T09:00")
    assert post_open(desk.editor(), desk.story.installation) == []


@pytest.mark.parametrize("who", ["writer", "head", "president", "neighbour", "sysadmin", "disabled"])
def test_only_the_office_posts(desk: Desk, who: str) -> None:
    with pytest.raises(Denied):
        post_open(desk.story.actor(who), desk.story.installation)


@pytest.mark.parametrize("period", ["2024", "2024Q2", "2031-01", "六月"])
def test_a_period_that_is_none_is_refused(desk: Desk, period: str) -> None:
    with pytest.raises(HengjianError):
        post_period(desk.editor(), desk.story.installation, period)


@pytest.mark.parametrize("table", ["points_ledgerline", "points_posting", "points_personshare"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_the_ledger(desk: Desk, table: str, verb: str) -> None:
    item = desk.item()
    desk.author(item, "writer")
    desk.fact("adopt", item, "2024-06-04T09:00", "bulletin")
    post_open(desk.editor(), desk.story.installation)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(table))


def test_the_worker_posts_what_is_behind_and_then_rests(desk: Desk) -> None:
    desk.fact("adopt", desk.item(), "2024-06-04T09:00", "bulletin")
    now = desk.editor().at
    assert (post_all(now), post_all(now)) == (1, 0)
    assert LedgerLine.objects.get().posting.posted_by is None
