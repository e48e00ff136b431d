"""An article is named everywhere by one tag, and the tag knows which reading room it belongs to."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from hengjian.apps.conftest import Story

pytestmark = pytest.mark.django_db
CARD = "{% article_card '24' 'gist' 'longkou/points/bulletin' %}"


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def frame(**rooms: int) -> SimpleNamespace:
    return SimpleNamespace(rooms=rooms)


def test_the_page_says_whose_article_it_is(story: Story) -> None:
    place = story.installation
    href = f'href="/regs/{place.pk}/articles/24/"'
    assert href in render("{% article '24.2' %}", installation=place)
    assert href in render("{% article '24' %}", item=SimpleNamespace(installation_id=place.pk))
    assert href in render("{% article '24' %}", governed=SimpleNamespace(installation=place))
    assert 'href="/regs/9/articles/24/"' in render("{% article '24' 9 %}", installation=place)


def test_a_full_clause_id_says_it_too() -> None:
    rooms = frame(longkou=3, wuhua=4)
    assert 'href="/regs/4/articles/24/"' in render("{% article '24' 'wuhua/duties/x' %}", frame=rooms)
    html = render(CARD, frame=rooms)
    assert 'href="/regs/3/articles/24/"' in html and 'href="/regs/3/articles/24/#points/bulletin"' in html


def test_with_one_regulation_there_is_no_doubt_and_with_two_no_guess() -> None:
    assert "href" in render("{% article '24' %}", frame=frame(longkou=3))
    assert "href" not in render("{% article '24' %}", frame=frame(longkou=3, wuhua=4))
    assert "href" not in render(CARD, frame=frame(hubei=5))


def test_several_references_are_several_links() -> None:
    html = render("{% article '13、附件 一、23' %}", frame=frame(longkou=3))
    assert re.findall(r'href="/regs/3/articles/(\d+)/"', html) == ["13", "23"] and ">附件 一</span>、" in html


@pytest.mark.parametrize("who", ["writer", "head", "leader", "president", "editor", "office_head"])
def test_every_article_named_on_the_first_page_can_be_opened(story: Story, who: str) -> None:
    client = story.client(who)
    page = client.get("/").content.decode()
    links = set(re.findall(r'class="ref" href="([^"]+)"', page))
    for link in links:
        assert client.get(link).status_code == 200, link
    if who in ("editor", "office_head"):
        assert links
