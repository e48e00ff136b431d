"""The engine against a plain evaluator of the Hubei readings, written from their text alone."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.base.periods import Period, PeriodKind
from hengjian.policy import DatedValue, Param, load_pack
from hengjian.scoring import ScoreInput, Scorer
from hengjian.scoring.tests.longkou_facts import slow_ok

PACK = load_pack("hubei")
OPTIONS = [(r.id, o) for r in PACK.readings.values() for o in r.options if o != "default"]
AMENDED = {
    "quota.E_office6": [(date(2017, 1, 1), 6), (date(2017, 5, 15), 5)],
    "base_points": [(date(2017, 1, 1), 60), (date(2017, 5, 15), 50)],
    "adopt.website": [(date(2017, 1, 1), 3), (date(2017, 2, 15), 4)],
    "adopt.work_brief": [(date(2017, 1, 1), 5), (date(2017, 2, 15), None)],
    "factor.urgent": [(date(2017, 1, 1), 2), (date(2017, 2, 15), 3)],
}
QUARTERS = [Period.parse(text) for text in ("2017Q1", "2017Q2", "2017Q3")]
UNITS = [
    {"unit": "办公室", "category": "E_office6"},
    {"unit": "新增点", "category": "E_office6", "listed_from": date(2017, 4, 10)},
    {"unit": "撤销点", "category": "F_point", "listed_to": date(2017, 6, 29)},
    {"unit": "无定额处", "category": "其他"},
]
RESULTS = ["website", "work_brief", "esi_bulletin", "prov_party", "central", "leader_reference", "prov_npc"]
LEADERS = ["dept_leader", "moj_leader", "central_leader", "city_leader"]


def amended():
    entries = {
        name: tuple(DatedValue.model_validate({"from": day, "value": value}) for day, value in dated)
        for name, dated in AMENDED.items()
    }
    return PACK.with_values({n: Param(title=n, article="9", values=dated) for n, dated in entries.items()})


AMENDED_PACK = amended()


def quarter(moment):
    return Period.of(moment.date(), PeriodKind.QUARTER)


class Plain:
    def __init__(self, data, options):
        self.opt = lambda name: options.get(name, "default")
        self.data = data
        self.items = {i["item"]: i for i in data.items}
        order = sorted(data.events, key=lambda e: (e["ts"], e["event_id"]))
        self.sent = {}
        for e in order:
            if e["type"] == "submit":
                self.sent.setdefault(e["item"], e["ts"])
        self.events = [e for e in order if e["ts"] >= datetime(2017, 1, 1)]

    def factor(self, item, moment):
        name = item["class"]
        if name in ("difficulty", "urgent"):
            return AMENDED_PACK.value(f"factor.{name}", moment.date()) or 1
        return 1

    def arrived(self, e):
        item = self.items[e["item"]]
        urgent = e["channel"] == "mail_bwk" and item["class"] == "urgent"
        return e["type"] == "submit" and (e["channel"] in ("mail_zhk", "mail_dbk") or urgent)

    def base(self, unit, period):
        day = period.first if self.opt("H09") == "first_day" else period.last
        base = AMENDED_PACK.value("base_points", day)
        quota = f"quota.{unit['category']}"
        if quota not in AMENDED_PACK.params:
            return Decimal(0)
        need, have, seen = AMENDED_PACK.value(quota, day), Decimal(0), set()
        for e in self.events:
            item = self.items[e["item"]]
            if (
                item["unit"] != unit["unit"]
                or item["routine"] == "1"
                or not self.arrived(e)
                or e["item"] in seen
            ):
                continue
            seen.add(e["item"])
            if not period.contains(e["ts"].date()):
                continue
            research = item["class"] == "typical" and self.opt("H03") == "all_research"
            have += self.factor({"class": "difficulty"} if research else item, e["ts"])
        if have >= need:
            return base
        if self.opt("H01") == "proportional":
            return (base * have / need).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return Decimal(0)

    def quality(self):
        best, sums = {}, defaultdict(Decimal)
        mailed = {e["item"] for e in self.events if self.arrived(e)}
        for e in self.events:
            item = self.items[e["item"]]
            param = f"{e['type']}.{e['value']}"
            if e["type"] not in ("adopt", "instruct") or param not in AMENDED_PACK.params:
                continue
            if item["routine"] == "1" and self.opt("H06") == "default":
                continue
            if self.opt("H07") == "no_quality" and e["item"] not in mailed:
                continue
            worth, sent = AMENDED_PACK.value(param, e["ts"].date()), self.sent.get(e["item"], e["ts"])
            when = sent if self.opt("H05") == "submission_date" else e["ts"]
            if worth is None or when < datetime(2017, 1, 1):
                continue
            if self.opt("H02") == "quality_too":
                worth *= self.factor(item, sent)
            ladder = e["type"] if self.opt("H13") == "two_ladders" else ""
            key = (e["item"], ladder, quarter(when) if self.opt("H04") == "per_quarter" else "")
            sums[item["unit"], quarter(when)] += max(0, worth - best.get(key, 0))
            best[key] = max(worth, best.get(key, 0))
        return sums

    def scores(self):
        quality, found = self.quality(), {}
        for period in QUARTERS:
            for unit in self.data.units:
                listed = unit.get("listed_from", date.min) <= period.last <= unit.get("listed_to", date.max)
                points = self.base(unit, period) + quality[unit["unit"], period]
                found[str(period), unit["unit"]] = (points if listed else Decimal(0), listed)
        return found


@st.composite
def facts(draw):
    items = [
        {
            "item": f"i{number}",
            "unit": draw(st.sampled_from(UNITS))["unit"],
            "class": draw(st.sampled_from(["dynamic", "typical", "difficulty", "urgent"])),
            "routine": draw(st.sampled_from(["0", "0", "0", "1"])),
        }
        for number in range(draw(st.integers(1, 12)))
    ]
    days = st.integers(-3, 200).map(lambda n: datetime(2017, 1, 1, 10) + timedelta(days=n))
    channels = st.sampled_from(["mail_zhk", "mail_zhk", "mail_dbk", "mail_bwk", "other"])
    events = []
    for item in items:
        for _ in range(draw(st.integers(0, 2))):
            events.append(
                {"ts": draw(days), "type": "submit", "item": item["item"], "channel": draw(channels)}
            )
    for _ in range(draw(st.integers(0, 15))):
        kind = draw(st.sampled_from(["adopt", "instruct", "late"]))
        value = draw(st.sampled_from(RESULTS if kind == "adopt" else LEADERS))
        item = draw(st.sampled_from(items))["item"]
        events.append({"ts": draw(days), "type": kind, "item": item, "value": value})
    events = [{"event_id": f"e{n:02}", "channel": "", "value": ""} | e for n, e in enumerate(events)]
    return ScoreInput(UNITS, items, events)


@pytest.fixture(scope="module")
def scorer():
    with Scorer() as one:
        yield one


def compare(scorer, data, options):
    result = scorer.score(AMENDED_PACK.with_readings(options), data, QUARTERS)
    assert {(s.period, s.unit): (s.points, s.evaluated) for s in result.scores} == Plain(
        data, options
    ).scores()


@settings(slow_ok, max_examples=25)
@given(data=facts(), options=st.lists(st.sampled_from(OPTIONS), max_size=4).map(dict))
def test_random_facts_score_as_any_choice_of_readings_says(scorer, data, options):
    compare(scorer, data, options)


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_each_option_agrees_on_its_own(scorer, name, option):
    @settings(slow_ok, max_examples=3)
    @given(data=facts())
    def each(data):
        compare(scorer, data, {name: option})

    each()


def choices():
    return st.lists(st.sampled_from(OPTIONS), max_size=4).map(dict)
