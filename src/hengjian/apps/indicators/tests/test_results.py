"""Figures come in once, are questioned, corrected with a reason; results are the engine's and nobody else's to see."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hengjian.apps.indicators.acts.cards import CardText, decide_card, draft_card
from hengjian.apps.indicators.acts.figures import Doubtful, verify_figure
from hengjian.apps.indicators.acts.targets import decide_target, propose_target
from hengjian.apps.indicators.conftest import City, local
from hengjian.apps.indicators.models import Figure
from hengjian.apps.indicators.queries import report_of, visible_figures
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.kpi import Status

pytestmark = pytest.mark.django_db
AUGUST = Period.parse("2022-08")
RATE = "filing_rate"


def row(city: City, unit: str, indicator: str = RATE, period: Period = AUGUST) -> tuple[Status, int | None]:
    report = report_of(city.scene(), period)
    found = next(r for r in report.results if (r.indicator, r.unit) == (indicator, unit))
    return found.status, found.short_by


def test_a_reported_figure_is_judged(city: City) -> None:
    city.report(RATE, "立案庭", 195, 200)
    assert row(city, "立案庭") == (Status.MISSED, 3)
    assert row(city, "清岚县人民法院") == (Status.NO_DATA, None)


def test_what_was_reported_is_not_asked_again(city: City) -> None:
    city.report(RATE, "立案庭", 195, 200)
    with pytest.raises(HengjianError, match="已于 2022-09-05 报过（195/200），不必再报"):
        city.report(RATE, "立案庭", 199, 200, by="filing_clerk")


def test_a_correction_needs_a_reason_and_keeps_the_old_figure(city: City) -> None:
    old = city.report(RATE, "立案庭", 195, 200)
    new = city.report(RATE, "立案庭", 199, 200, reason="漏计四件")
    old.refresh_from_db()
    assert (old.superseded_at is not None, new.supersedes) == (True, old)
    assert row(city, "立案庭") == (Status.MET, 0)


def test_an_unlikely_figure_is_asked_about_and_taken_with_an_answer(city: City) -> None:
    city.report(RATE, "立案庭", 198, 200, period="2022-07")
    with pytest.raises(Doubtful, match="变动 79 个百分点"):
        city.report(RATE, "立案庭", 40, 200)
    made = city.report(RATE, "立案庭", 40, 200, answer="系统停用半月")
    assert made.doubts and made.doubts_answer == "系统停用半月"


@pytest.mark.parametrize(
    ("who", "unit", "may"),
    [
        ("filing_clerk", "立案庭", True),
        ("filing_clerk", "清岚县人民法院", True),  # the lead reports for all
        ("below_clerk", "清岚县人民法院", True),
        ("below_clerk", "望溪县人民法院", False),
        ("neighbour", "清岚县人民法院", False),
        ("civil_staff", "民一庭", False),
        ("sysadmin", "立案庭", False),
    ],
)
def test_who_reports_for_whom(city: City, who: str, unit: str, may: bool) -> None:
    if may:
        assert city.report(RATE, unit, 99, 100, by=who).pk
    else:
        with pytest.raises(Denied):
            city.report(RATE, unit, 99, 100, by=who)


@pytest.mark.parametrize(
    ("numbers", "sentence"), [((3, 2), "分子 3 大于分母 2"), ((1, 0), "分母是 0"), ((-1, 2), "")]
)
def test_a_figure_that_cannot_be_is_refused(city: City, numbers: tuple[int, int], sentence: str) -> None:
    if numbers[0] >= 0:
        with pytest.raises(HengjianError, match=sentence):
            city.report(RATE, "立案庭", *numbers)


def test_a_month_not_yet_over_is_refused(city: City) -> None:
    with pytest.raises(HengjianError, match="还没有结束"):
        city.report(RATE, "立案庭", 1, 2, period="2022-09")


def test_a_lead_that_reports_of_itself_is_verified_by_another(city: City) -> None:
    figure = city.report(RATE, "立案庭", 99, 100, by="filing_clerk")
    assert city.scene().conflicted(city.scene().measure(RATE))
    with pytest.raises(Denied, match="技术处"):
        verify_figure(city.actor("civil"), figure)
    verify_figure(city.actor("tech"), figure)
    figure.refresh_from_db()
    assert figure.verified_by == city.people["tech"]
    own = city.report(RATE, "清岚县人民法院", 99, 100, by="tech")
    with pytest.raises(Denied, match="不能核验自己"):
        verify_figure(city.actor("tech"), own)


def test_departments_see_their_own_figures_leads_see_all_of_theirs(city: City) -> None:
    city.report(RATE, "立案庭", 99, 100)
    city.report(RATE, "清岚县人民法院", 99, 100)
    city.report("hearing_rate", "民一庭", 40, 100)

    def seen(who: str) -> set[tuple[str, str]]:
        rows = visible_figures(city.scene(who))
        return {(f.indicator, f.unit.name) for f in rows}

    assert seen("below_clerk") == {(RATE, "清岚县人民法院")}
    assert seen("neighbour") == set()
    assert seen("filing") == {(RATE, "立案庭"), (RATE, "清岚县人民法院")}
    assert seen("management") == {("hearing_rate", "民一庭")}
    assert len(seen("president")) == len(seen("tech")) == Figure.objects.count()


def test_a_target_is_proposed_by_the_lead_decided_by_the_office_and_dated(city: City) -> None:
    city.report(RATE, "立案庭", 195, 200, period="2022-07")
    city.report(RATE, "立案庭", 194, 200)
    with pytest.raises(Denied):
        propose(city, "civil")
    target = propose(city, "filing")
    assert row(city, "立案庭")[0] is Status.MISSED
    with pytest.raises(Denied):
        decide_target(city.actor("filing"), target, accept=True, opinion="第 2 次例会")
    decide_target(city.actor("tech"), target, accept=True, opinion="第 2 次例会")
    assert row(city, "立案庭") == (Status.MET, 0)
    assert row(city, "立案庭", period=Period.parse("2022-07"))[0] is Status.MISSED


def propose(city: City, who: str):  # type: ignore[no-untyped-def]
    return propose_target(
        city.actor(who),
        city.installation,
        indicator=RATE,
        since=date(2022, 8, 15),
        value=Decimal(97),
        reason="全省平均 96%",
        source="省法院 8 月通报",
    )


def test_a_card_is_drafted_by_the_lead_and_decided_once(city: City) -> None:
    text = CardText("网上立案数", "立案数", "月末", "立案系统", date(2022, 8, 1))
    with pytest.raises(Denied, match="立案庭"):
        draft_card(city.actor("civil"), city.installation, indicator=RATE, text=text)
    card = draft_card(city.actor("filing"), city.installation, indicator=RATE, text=text)
    decide_card(city.actor("tech"), card, version=1, decided_by="办公室", document="纪要一")
    with pytest.raises(HengjianError, match="已被改动"):
        decide_card(city.actor("tech"), card, version=1, decided_by="办公室", document="纪要一")


def test_half_a_year_is_the_sum_of_its_months(city: City) -> None:
    for month in range(7, 13):
        at = local("2023-01-05T10:00")
        city.at = at
        city.report(RATE, "立案庭", 99, 100 + month, period=f"2022-{month:02}")
    report = report_of(city.scene(), Period.parse("2022H2"))
    found = next(r for r in report.results if (r.indicator, r.unit) == (RATE, "立案庭"))
    assert (found.numerator, found.denominator) == (Decimal(594), Decimal(657))
