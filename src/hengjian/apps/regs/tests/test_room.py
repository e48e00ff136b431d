"""The reading room: every page for everybody governed, nothing for the neighbour court, decisions only by the office."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hengjian.apps.audit.models import Entry
from hengjian.apps.conftest import Story
from hengjian.apps.org.access import Denied
from hengjian.apps.regs import queries
from hengjian.apps.regs.acts.install import accept_version, install, redate
from hengjian.apps.regs.acts.readings import decide
from hengjian.apps.regs.links import article_url
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 5)
PAGES = ("articles", "readings", "interpretation", "values", "coverage", "findings", "versions")


def decided(story: Story, who: str = "office_head", **changes: object) -> object:
    fields = {
        "reading": "R07", "option": "per_publication", "decided_by": "院党组会",
        "document": "会议纪要〔2024〕3号", "effective_from": DAY,
    } | changes  # fmt: skip
    return decide(story.actor(who), story.installation, **fields)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["writer", "office_head", "auditor"])
def test_everybody_governed_may_read(story: Story, page: str, who: str) -> None:
    assert story.client(who).get(reverse(f"regs:{page}", args=[story.installation.pk])).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_the_other_court_does_not_find_it(story: Story, page: str) -> None:
    assert (
        story.client("outsider").get(reverse(f"regs:{page}", args=[story.installation.pk])).status_code == 404
    )


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_sent_to_the_login(story: Story, page: str) -> None:
    assert story.client().get(reverse(f"regs:{page}", args=[story.installation.pk])).status_code == 302


def test_every_article_has_its_page(story: Story) -> None:
    client = story.client("writer")
    for article in queries.pack_for(story.installation, story.at).articles:
        response = client.get(article_url(story.installation, article.article))
        assert response.status_code == 200, article.article
        assert article.gist in response.content.decode()


def test_an_unknown_article_is_not_there(story: Story) -> None:
    assert story.client("writer").get(f"/regs/{story.installation.pk}/articles/99/").status_code == 404


def test_a_link_with_paragraph_leads_to_the_article(story: Story) -> None:
    assert article_url(story.installation, "24.2(3)") == f"/regs/{story.installation.pk}/articles/24/"


def test_reading_is_only_read(story: Story) -> None:
    assert (
        story.client("writer").post(reverse("regs:articles", args=[story.installation.pk])).status_code == 405
    )


def test_search_finds_by_word_and_by_number(story: Story) -> None:
    client, url = story.client("writer"), reverse("regs:articles", args=[story.installation.pk])
    for text in ("批示", "第二十五条"):
        page = client.get(url, {"q": text}).content.decode()
        assert "/articles/25/" in page and "/articles/1/" not in page


def test_the_list_asks_a_fixed_number_of_queries(story: Story) -> None:
    client, url = story.client("writer"), reverse("regs:articles", args=[story.installation.pk])
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as many:
        client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url, {"q": "批示"})
    assert len(many) == len(few) < 35


def test_a_decision_switches_the_pack_from_its_day(story: Story) -> None:
    decided(story)
    assert queries.pack_for(story.installation, story.at).chosen("R07") == "per_publication"
    page = story.client("writer").get(reverse("regs:readings", args=[story.installation.pk])).content.decode()
    assert "会议纪要〔2024〕3号" in page


def test_a_later_decision_supersedes_and_the_first_stays_on_record(story: Story) -> None:
    decided(story)
    decided(story, option="default", effective_from=date(2024, 6, 6))
    assert story.installation.decisions.count() == 2
    assert Entry.objects.filter(action="regs.reading.decide").count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"document": " "}, "有据可查"),
        ({"option": "nonsense"}, "没有“nonsense”"),
        ({"reading": "Z99"}, "没有口径“Z99”"),
    ],
)
def test_a_wrong_decision_is_refused(story: Story, changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(HengjianError, match=sentence):
        decided(story, **changes)


def test_the_same_decision_twice_is_refused(story: Story) -> None:
    decided(story)
    with pytest.raises(HengjianError, match="不必重复决定"):
        decided(story)


@pytest.mark.parametrize("who", ["writer", "editor", "sysadmin", "president"])
def test_only_the_office_decides(story: Story, who: str) -> None:
    with pytest.raises(Denied):
        decided(story, who)
    url = reverse("regs:decide", args=[story.installation.pk, "R07"])
    assert story.client(who).post(url, {}).status_code == 403


def test_deciding_by_the_form(story: Story) -> None:
    client, url = story.client("office_head"), reverse("regs:decide", args=[story.installation.pk, "R07"])
    assert client.get(url).status_code == 200
    assert client.post(url, {"option": "per_publication"}).status_code == 422
    sent = {
        "option": "per_publication",
        "decided_by": "院党组",
        "document": "纪要",
        "effective_from": "2024-06-01",
    }
    assert client.post(url, sent).status_code == 302
    assert client.get(reverse("regs:decide", args=[story.installation.pk, "Z99"])).status_code == 404


def test_a_pack_is_installed_with_date_and_evidence(story: Story) -> None:
    story.installation.delete()
    office, court = story.actor("office_head"), story.unit("court")
    with pytest.raises(HengjianError, match="启用依据"):
        install(office, court, pack="longkou", in_force_from=DAY, evidence="")
    made = install(office, court, pack="longkou", in_force_from=DAY, evidence="印发件")
    assert made.digest and made.in_force_from == DAY
    with pytest.raises(HengjianError, match="不必重复启用"):
        install(office, court, pack="longkou", in_force_from=DAY, evidence="印发件")
    with pytest.raises(HengjianError, match="没有制度包"):
        install(office, court, pack="nowhere", in_force_from=DAY, evidence="印发件")
    with pytest.raises(Denied):
        install(office, story.unit("other_court"), pack="longkou", in_force_from=DAY, evidence="x")


def test_a_changed_pack_is_said_until_somebody_accepts_it(story: Story) -> None:
    story.installation.digest = "old"
    story.installation.save()
    url = reverse("regs:articles", args=[story.installation.pk])
    assert "与启用时不同" in story.client("writer").get(url).content.decode()
    accept_version(story.actor("office_head"), story.installation)
    assert "与启用时不同" not in story.client("writer").get(url).content.decode()
    with pytest.raises(HengjianError, match="没有变化"):
        accept_version(story.actor("office_head"), story.installation)


def test_the_first_day_can_be_corrected_with_the_paper(story: Story) -> None:
    redate(story.actor("office_head"), story.installation, in_force_from=DAY, evidence="印发登记簿")
    entry = Entry.objects.get(action="regs.pack.redate")
    assert "印发登记簿" in entry.payload


def test_values_are_written_plainly(story: Story) -> None:
    page = story.client("writer").get(reverse("regs:values", args=[story.installation.pk])).content.decode()
    assert "E+" not in page and "15 衡" in page
