"""Two years of figures of the invented city: reported, published, explained."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from math import ceil
from random import Random

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree
from hengjian.apps.indicators.acts import cards, explanations, leads, notices, targets
from hengjian.apps.indicators.acts.figures import FigureIn, record_benchmark, report_figures
from hengjian.apps.indicators.models import Explanation, Target
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.times import to_instant
from hengjian.policy.clauses.measure import Measure
from hengjian.web.demo.city_records import COUNTED, Wanted, correct_month, load_month, recorded, send_anew
from hengjian.web.demo.clockwork import Life, Stretch
from hengjian.web.demo.court import Court

Courts = dict[str, tuple[str, Wanted]]
"""Court → its code and what it filed in a month."""

OPEN_AT_END = 2
NEW_TARGET = ("filing_rate", Decimal("98.5"))
UNDECIDED = frozenset({"mobile_active", "broadcast", "petition"})  # their cards wait


@dataclass
class Story:
    """The city, its months, and what all lives share."""

    court: Court
    random: Random
    months: list[Period]
    until: datetime
    sizes: dict[tuple[str, int], int] = field(default_factory=dict)
    shorts: dict[int, dict[tuple[str, int], int]] = field(default_factory=dict)

    def actor(self, login: str, at: datetime) -> Actor:
        return self.court.actor(login, at)

    @cached_property
    def scene(self) -> Scene:
        return Scene(self.court.installation, self.actor("zy-jishu", self.until))

    @property
    def middle(self) -> Period:
        return self.months[len(self.months) // 2]

    def published_on(self, period: Period) -> datetime:
        return at(period.end + timedelta(days=11), 16)

    def is_latest(self, period: Period) -> bool:
        """The last month whose notice is out by now."""
        return self.published_on(period) <= self.until < self.published_on(period.next())

    def head_of(self, unit: Unit) -> str:
        """The login of whoever heads a unit."""
        key = next(key for key, row in self.court.units.items() if row.pk == unit.pk)
        own = [
            p["login"]
            for p in self.court.data["people"]
            if p["at"] == key and p["role"] in ("dept_head", "president")
        ]
        return own[0] if own else f"{self.court.data['login_prefix']}{key}-fzr"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return to_instant(datetime.combine(day, time(hour, minute)))


def cards_life(story: Story) -> Life:
    """The leads fill in the cards in the first week; the office decides all but three."""
    day = story.months[0].first + timedelta(days=4)
    yield at(day, 9)
    drafted = []
    for measure in story.scene.by_key.values():
        if measure.indicator in UNDECIDED:
            continue
        text = _card(story, measure)
        lead = story.actor(story.head_of(story.scene.leads(measure)[0]), at(day, 9))
        place = story.court.installation
        drafted.append(cards.draft_card(lead, place, indicator=measure.indicator, text=text))
    yield at(day + timedelta(days=9), 15)
    for card in drafted:
        office = story.actor("zy-jishu", at(day + timedelta(days=9), 15))
        cards.decide_card(
            office, card, version=card.version, decided_by="领导小组办公室", document="第 1 次例会纪要"
        )


def _card(story: Story, measure: Measure) -> cards.CardText:
    """As the pack suggests, with the counting only where the city has records."""
    rows = story.scene.pack.tables["suggested_cards"]
    row = next((r for r in rows if r["indicator"] == measure.indicator), None)
    since = story.months[0].first
    if row is None:
        return cards.CardText(
            f"本期{measure.group}中符合要求的件数", f"本期应当适用{measure.group}的件数",
            "每期末日 24 时", f"{measure.group}业务系统", since,
        )  # fmt: skip
    parts = ("date", "department", "among", "top", "top_of", "bottom_of")
    formula = {key: row[key] for key in parts} if measure.indicator in COUNTED else {}
    return cards.CardText(
        row["numerator"], row["denominator"], row["cutoff"], row["source"], since, row["excluded"], formula
    )


def lines_life(story: Story) -> Life:
    """A lead says which assessments of its line are about the same matter."""
    moment = at(story.months[0].first + timedelta(days=20), 10)
    yield moment
    lead, place = story.actor("zy-lian", moment), story.court.installation
    for indicator, item, same, note in (
        ("filing_rate", "网上立案率", True, ""),
        ("service_rate", "电子送达成功率", False, "条线只数送达成功的，这里数发出的；两个数分别列出。"),
    ):
        leads.record_line(
            lead, place, indicator=indicator, line="省法院立案条线", document="全省法院立案工作考核办法（演示）",
            item=item, same=same, note=note,
        )  # fmt: skip


def target_life(story: Story) -> Life:
    """In the middle of a month in the middle of the two years one target is eased, another is set."""
    indicator, value = NEW_TARGET
    day = story.middle.first + timedelta(days=14)
    yield at(day - timedelta(days=6), 10)
    made = [
        targets.propose_target(
            story.actor(login, at(day - timedelta(days=6), 10)),
            story.court.installation,
            indicator=key,
            since=day,
            value=number,
            reason=why,
            source="省法院第三季度通报",
        )
        for login, key, number, why in (
            ("zy-lian", indicator, value, "全省平均降到 97.8%，按通报整体情况阶段性调整。"),
            ("zy-petition-fzr", "petition", Decimal(60), "网上信访系统上线满一年，按阶段确定。"),
        )
    ]
    yield at(day - timedelta(days=1), 16)
    for target in made:
        office = story.actor("zy-jishu", at(day - timedelta(days=1), 16))
        targets.decide_target(office, Target.objects.get(pk=target.pk), accept=True, opinion="例会审议通过。")


def month_life(story: Story, n: int) -> Life:
    """Reported on the fifth, published on the twelfth, explained within the month."""
    period = story.months[n]
    reported = at(period.end + timedelta(days=4), 10)
    yield reported
    office = story.actor("zy-jishu", reported)
    report_figures(office, story.court.installation, figures=_figures(story, n))
    _benchmarks(story, n, office)
    courts: Courts = {}
    if period in recorded(story.months):
        courts = yield from _counted(story, n, reported)
    published = story.published_on(period)
    yield published
    _publish(story, "notices/monthly", str(period), published)
    if period.first.month == 6:
        _publish(story, "notices/half-yearly", f"{period.first.year}H1", published)
    if period.first.month == 12 and n >= 5:
        _publish(story, "notices/half-yearly", f"{period.first.year}H2", published)
    if period.first.month == 12 and n >= 11:
        _publish(story, "notices/yearly", str(period.first.year), published)
    if period in recorded(story.months):
        leads.send_feeds(story.actor("zy-jishu", published), story.court.installation, period=period)
    if not story.is_latest(period):
        yield from _explained(story, period, published)
    if courts and n == len(story.months) - 2:
        yield from _late_word(story, period, courts)


def _late_word(story: Story, period: Period, courts: Courts) -> Life:
    """A court sends a few cases of the month before the last anew: its notice is out, nobody has counted again yet."""
    moment = story.published_on(story.months[-1]) + timedelta(days=1)
    yield moment
    send_anew(story.actor("zy-jishu", moment), story.scene, period, courts)


def _counted(story: Story, n: int, reported: datetime) -> Stretch[Courts]:
    """Three indicators of the last months come from case records; in the last one a few cases were wrong."""
    period, scene, courts = story.months[n], story.scene, _courts(story, n)
    load_month(story.actor("zy-jishu", reported), scene, period, courts)
    if n == len(story.months) - 1:
        moment = reported + timedelta(days=3)
        yield moment
        correct_month(story.actor("zy-jishu", moment), scene, period, courts)
    return courts


def _courts(story: Story, n: int) -> Courts:
    """Court → its code and what it filed in the month."""
    scene = story.scene
    own, courts = story.court.installation.unit, {}
    short = _short(story, n)
    for number, unit in enumerate([own, *(u for u in scene.units if u.kind == Unit.Kind.COURT)]):
        answering = unit if unit.pk != own.pk else scene.unit_by_name["立案庭"]
        tops: dict[str, int] = {}
        size = base = max(40, _size(story, scene.by_key[COUNTED[0]], answering))
        for key in COUNTED:
            size = tops[COUNTED[0]] if key == COUNTED[1] else base
            missing = short.get((key, answering.pk), 0)
            tops[key] = _top(story, scene.by_key[key], size, n, missing=missing)
        wanted = Wanted(base, tops[COUNTED[0]], tops[COUNTED[1]], base, tops[COUNTED[2]])
        courts[unit.name] = (f"澜{number:02}", wanted)
    return courts


def _publish(story: Story, clause: str, period: str, moment: datetime) -> None:
    office = story.actor("zy-jishu", moment - timedelta(hours=6))
    try:
        notice = notices.prepare(office, story.court.installation, clause=clause, period=period)
    except HengjianError:
        return  # the first months have no decided card yet
    notice = notices.submit(office, notice, version=notice.version)
    for login in ("zy-fenguan", "zy-yuanzhang"):
        course = running.current(notice)
        assert course is not None
        agree(story.actor(login, moment - timedelta(hours=1)), course)
    notice.refresh_from_db()
    notices.publish(story.actor("zy-jishu", moment), notice, version=notice.version)


def _explained(story: Story, period: Period, published: datetime) -> Life:
    """Every head explains, the office reviews, the group hears."""
    mine = Explanation.objects.filter(installation=story.court.installation, period=str(period))
    yield published + timedelta(days=3)
    for row in mine.select_related("unit"):
        when = published + timedelta(days=3)
        explanations.submit(
            story.actor(story.head_of(row.unit), when),
            row,
            version=row.version,
            why="个别案件仍在窗口线下办理，部分人员操作不熟。",
            measures="一、逐件登记线下办理的原因；二、月底前组织一次操作培训；三、每周核对一次数据。",
            promised_on=(period.next().next().end - timedelta(days=1)),
        )
    yield published + timedelta(days=6)
    for row in mine.filter(state=Explanation.State.SUBMITTED):
        explanations.accept(
            story.actor("zy-jishuchu", published + timedelta(days=6)), row, version=row.version
        )
    yield published + timedelta(days=9)
    for row in mine.filter(state=Explanation.State.ACCEPTED):
        explanations.report(
            story.actor("zy-jishuchu", published + timedelta(days=9)), row, version=row.version
        )


def _figures(story: Story, n: int) -> list[FigureIn]:
    """All responsible units of all indicators; a few fall short, fewer as time goes on."""
    period = story.months[n]
    short = _short(story, n)
    found = []
    counted = COUNTED if period in recorded(story.months) else ()
    for measure in (m for m in story.scene.by_key.values() if m.indicator not in counted):
        for unit in story.scene.responsible(measure):
            size = _size(story, measure, unit)
            top = _top(story, measure, size, n, missing=short.get((measure.indicator, unit.pk), 0))
            found.append(
                FigureIn(
                    measure.indicator,
                    unit,
                    period,
                    Decimal(top),
                    Decimal(size),
                    evidence=f"省法院{period.label}通报及业务系统导出",
                    answer="已逐件核对，确认无误。",
                )
            )
    return found


def _size(story: Story, measure: Measure, unit: Unit) -> int:
    """Cases a month: courts have more, some departments hardly any; it varies by a tenth."""
    key = (measure.indicator, unit.pk)
    if key not in story.sizes:
        court = unit.kind == Unit.Kind.COURT
        story.sizes[key] = (
            story.random.randint(150, 460) if court else story.random.choice((3, 24, 40, 66, 90))
        )
    usual = story.sizes[key]
    return max(2, round(usual * story.random.uniform(0.92, 1.08)))


def _top(story: Story, measure: Measure, size: int, n: int, *, missing: int) -> int:
    """A numerator that meets the target with a little to spare, or lacks ``missing`` cases."""
    scale = 100 if measure.unit == "percent" else 1
    param = measure.target.param
    bar = story.scene.pack.value(param, story.months[n].last) if param else Decimal(70)
    need = ceil(float((bar or Decimal(0)) * size / scale) - 1e-9)
    if missing:
        return max(0, need - missing)
    room = size - need if measure.unit == "percent" else need
    return min(
        need + round(room * story.random.uniform(0.1, 0.7)), size if measure.unit == "percent" else 10**6
    )


def _short(story: Story, n: int) -> dict[tuple[str, int], int]:
    """Who falls short by how much: five a month at first, two in the end, only where enough cases give a verdict."""
    if n in story.shorts:
        return story.shorts[n]
    count = OPEN_AT_END if n >= len(story.months) - 3 else max(OPEN_AT_END, 5 - n // 6)
    judged = [
        m for m in story.scene.by_key.values() if m.target.kind == "number" and m.indicator not in UNDECIDED
    ]
    found: dict[tuple[str, int], int] = {}
    while len(found) < count:
        measure = story.random.choice(judged)
        courts = [u for u in story.scene.responsible(measure) if u.kind == Unit.Kind.COURT]
        found[measure.indicator, story.random.choice(courts).pk] = story.random.randint(2, 9)
    story.shorts[n] = found
    return found


def _benchmarks(story: Story, n: int, office: Actor) -> None:
    """The superior court publishes eight indicators; the city is among the first five but for a few months."""
    listed = [m for m in story.scene.by_key.values() if m.target.kind == "number"][:8]
    period = story.months[n]
    for place, measure in enumerate(listed):
        bar = story.scene.pack.value(measure.target.param or "", period.last) or Decimal(50)
        away = n < len(story.months) - 3 and (n + place) % 9 == 0
        record_benchmark(
            office,
            story.court.installation,
            indicator=measure.indicator,
            period=period,
            average=bar * Decimal("0.97"),
            excellent=min(bar * Decimal("1.01"), Decimal(100))
            if measure.unit == "percent"
            else bar * Decimal("1.3"),
            rank=6 + place % 3 if away else 1 + (n + place) % 5,
            ranked=18,
            source=f"省法院{period.label}信息化应用通报",
        )
