"""The API of the reading room reads and decides as the pages do."""

from __future__ import annotations

import pytest

from hengjian.apps.conftest import Story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("what", ["articles", "articles/24", "readings", "values", "findings"])
def test_what_may_be_read(story: Story, what: str) -> None:
    url = f"/api/regs/installations/{story.installation.pk}/{what}"
    assert story.client("writer").get(url).json()
    assert story.client("outsider").get(url).status_code == 404
    assert story.client().get(url).status_code == 401


def test_an_unknown_article_is_not_there(story: Story) -> None:
    url = f"/api/regs/installations/{story.installation.pk}/articles/99"
    assert story.client("writer").get(url).status_code == 404


def test_deciding_needs_the_office(story: Story) -> None:
    url = f"/api/regs/installations/{story.installation.pk}/readings/R07/decide"
    body = {
        "option": "per_publication",
        "decided_by": "院党组",
        "document": "纪要",
        "effective_from": "2024-06-01",
    }
    sent = {
        who: story.client(who).post(url, body, content_type="application/json")
        for who in ("writer", "office_head")
    }
    assert {who: answer.status_code for who, answer in sent.items()} == {"writer": 403, "office_head": 200}
    listed = story.client("writer").get(f"/api/regs/installations/{story.installation.pk}/readings").json()
    assert next(row for row in listed if row["reading"] == "R07")["chosen"] == "per_publication"


def test_installing_needs_the_office_of_the_place(story: Story) -> None:
    body = {
        "pack": "longkou",
        "unit": story.unit("other_court").pk,
        "in_force_from": "2024-01-01",
        "evidence": "x",
    }

    def send(who: str) -> int:
        return (
            story.client(who)
            .post("/api/regs/installations", body, content_type="application/json")
            .status_code
        )

    assert (send("writer"), send("office_head")) == (403, 404)
