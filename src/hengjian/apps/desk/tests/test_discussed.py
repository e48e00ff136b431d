"""What a meeting said stands on the page of the thing it was about."""

from __future__ import annotations

from datetime import date

import pytest

from hengjian.apps.desk.acts import meetings
from hengjian.apps.desk.models import Meeting
from hengjian.apps.indicators.acts import notices
from hengjian.apps.indicators.acts.cards import CardText, draft_card
from hengjian.apps.indicators.conftest import City, local
from hengjian.apps.indicators.models import Explanation, KpiNotice
from hengjian.apps.org.models import Unit

pytestmark = pytest.mark.django_db


def called(city: City) -> Meeting:
    return meetings.call(
        city.actor("tech"), city.installation, starts_at=local("2022-09-05T15:00"), place="三楼会议室"
    )


def held(city: City, meeting: Meeting, unit: Unit) -> None:
    items = list(meeting.items.all())
    meetings.minute(
        city.actor("tech", local("2022-09-05T17:00")), meeting, version=meeting.version, chair="顾怀远",
        present=[city.people["leader"]], absent="", summary="",
        conclusions={item.pk: f"已研究：{item.title}。" for item in items},
        decisions=[meetings.DecisionIn("逐件核对未网上立案的原因", unit, date(2022, 9, 20), items[0])],
    )  # fmt: skip


def seen(city: City, who: str, address: str) -> str:
    answer = city.client(who).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_indicator_tells_of_its_results_and_cards(city: City) -> None:
    city.report("filing_rate", "立案庭", 90, 100)
    text = CardText("一", "二", "月末", "系统", date(2022, 8, 1))
    draft_card(city.actor("filing"), city.installation, indicator="filing_rate", text=text)
    meeting = called(city)
    assert "例会研究" not in seen(city, "tech", "/indicators/filing_rate/")  # not held yet
    held(city, meeting, city.units["立案庭"])
    page = seen(city, "tech", "/indicators/filing_rate/")
    assert f"/desk/meetings/{meeting.pk}/" in page
    assert "已研究：2022年8月网上立案率未达标。" in page and "已研究：网上立案率指标口径。" in page
    assert page.count("逐件核对未网上立案的原因") == 1
    assert "例会研究" not in seen(city, "tech", "/indicators/payment_rate/")


def test_only_those_who_may_read_the_minutes_see_it(city: City) -> None:
    city.report("filing_rate", "立案庭", 90, 100)
    held(city, called(city), city.units["立案庭"])
    assert "例会研究" in seen(city, "filing", "/indicators/filing_rate/")  # named by a decision
    assert "例会研究" not in seen(city, "neighbour", "/indicators/filing_rate/")


def test_an_explanation_and_a_notice_tell_it_too(city: City) -> None:
    city.report("filing_rate", "立案庭", 90, 100)
    city.card("filing_rate")
    notice: KpiNotice = notices.prepare(
        city.actor("tech"), city.installation, clause="notices/monthly", period="2022-08"
    )
    late = Explanation.objects.create(
        installation=city.installation, unit=city.units["立案庭"], indicator="filing_rate", period="2022-07",
        trigger="below_target", article="推进要求", fact="7 月未达标。", opened_at=local("2022-08-10T09:00"),
        promised_on=date(2022, 9, 1), state=Explanation.State.ACCEPTED,
    )  # fmt: skip
    held(city, called(city), city.units["立案庭"])
    assert "已研究：立案庭承诺的网上立案率达标。" in seen(
        city, "tech", f"/indicators/explanations/{late.pk}/"
    )
    assert f"已研究：审议《{notice.title}》。" in seen(city, "tech", f"/indicators/notices/{notice.pk}/")
