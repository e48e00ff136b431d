"""Random facts, values and choices of readings for the Longkou regulation."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from hengjian.base.periods import Period
from hengjian.policy import DatedValue, Param, load_pack
from hengjian.scoring import ScoreInput

FORCE = datetime(2023, 7, 1)
LISTED = ("bulletin", "city", "province", "central")
UNITS = ("甲庭", "乙庭", "丙庭")
PACK = load_pack("longkou")
OPTIONS = {
    r.id: tuple(o for o in r.options if o != "default") for r in PACK.readings.values() if r.id[0] == "R"
}
OPTIONS = {name: options for name, options in OPTIONS.items() if options}
CLASHING = ({"R06", "R07"}, {"R12", "R15"})
# parameter → (from, value) where it is not the pack's: rises, falls, an end and a return
AMENDED = {
    "base_points": [(date(2023, 7, 1), 2), (date(2024, 1, 16), 3)],
    "bulletin.problem": [(date(2023, 7, 1), 5), (date(2024, 1, 16), 6)],
    "coop.other": [(date(2023, 7, 1), 1), (date(2024, 1, 10), 2)],
    "pub.city": [(date(2023, 7, 1), 1), (date(2024, 1, 5), None), (date(2024, 1, 20), Decimal("1.5"))],
    "pub.province": [(date(2023, 7, 1), 3), (date(2024, 1, 16), 4)],
    "ins.prefecture": [(date(2023, 7, 1), 5), (date(2024, 1, 16), 6)],
    "ins.province": [(date(2023, 7, 1), 10), (date(2024, 1, 16), 4)],
    "ded.late": [(date(2023, 7, 1), -2), (date(2024, 1, 16), -4)],
    "ded.false": [(date(2023, 7, 1), -10), (date(2024, 1, 16), -12)],
}


def values():
    found = {}
    for name, entries in AMENDED.items():
        dated = tuple(DatedValue.model_validate({"from": day, "value": value}) for day, value in entries)
        found[name] = Param(title=name, article="24", values=dated)
    return found


AMENDED_PACK = PACK.with_values(values())
MONTHS = [Period.parse(text) for text in ("2023-06", "2023-07", "2023-12", "2024-01", "2024-02")]


@st.composite
def facts(draw):
    items = []
    for number in range(draw(st.integers(1, 5))):
        units = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True))
        lead = units[0] if len(units) == 1 else draw(st.sampled_from([*units, ""]))
        items.append(
            {
                "item": f"i{number}",
                "kind": draw(st.sampled_from(["info", "info", "info", "briefing"])),
                "class": draw(st.sampled_from(["problem", "major", "dynamic", "experience"])),
                "joint": str(int(len(units) > 1)),
                "lead": lead,
                "units": ";".join(units),
            }
        )
    days = st.sampled_from(
        [date(2023, 6, 29), date(2023, 7, 1), date(2023, 7, 10), date(2023, 12, 31)]
        + [date(2024, 1, 1) + timedelta(days=n) for n in range(36)] * 2
    )
    moments = st.builds(
        lambda day, minute: datetime(day.year, day.month, day.day) + timedelta(minutes=minute),
        days,
        st.sampled_from([0, 600, 600, 601, 1439]),
    )
    events = []
    kinds = [
        "submit",
        "submit",
        "adopt",
        "adopt",
        "instruct",
        "instruct",
        "late",
        "error",
        "inaccurate",
        "false",
        "accident",
    ]
    for number in range(draw(st.integers(0, 40))):
        kind = draw(st.sampled_from(kinds))
        item = draw(st.sampled_from(items))
        own = draw(st.sampled_from(item["units"].split(";")))
        event = {
            "ts": draw(moments),
            "type": kind,
            "item": item["item"],
            "unit": "",
            "value": "",
            "system": "",
        }
        event |= {"n": draw(st.integers(1, 3)), "sent_up": "", "note": "", "event_id": f"e{number:02}"}
        if kind == "adopt":
            event["value"] = draw(st.sampled_from([*LISTED, "magazine"]))
            event["note"] = draw(st.sampled_from(["", "甲刊", "乙刊"]))
        elif kind == "instruct":
            event["value"] = draw(st.sampled_from(["central", "province", "prefecture", "county", "own"]))
            event["system"] = draw(st.sampled_from(["party", "gov"]))
        elif kind == "submit":
            event["unit"] = own
        else:
            event["unit"] = draw(st.sampled_from(UNITS))
            event["value"] = draw(st.sampled_from(["minor", "serious"])) if kind == "error" else ""
            event["sent_up"] = draw(st.sampled_from(["", "0", "1", "1"])) if kind == "error" else ""
            if draw(st.integers(0, 9)) == 0:
                event["item"] = ""
        events.append(event)
    for unit in draw(st.lists(st.sampled_from(UNITS), max_size=2, unique=True)):
        events += steady(unit, items, draw(st.integers(0, 4)), len(events))
    return ScoreInput([{"unit": unit} for unit in UNITS], items, draw(st.permutations(events)))


def steady(unit, items, missed, start):
    """An item a week through January, one week left out when ``missed`` is one of them."""
    found = []
    for week in range(4):
        if week == missed:
            continue
        name = f"w{start}-{unit}-{week}"
        items.append(
            {"item": name, "kind": "info", "class": "dynamic", "joint": "0", "lead": unit, "units": unit}
        )
        moment = datetime(2024, 1, 1, 9) + timedelta(days=7 * week + week)
        event = {"ts": moment, "type": "submit", "item": name, "unit": unit, "value": "", "system": ""}
        found.append(event | {"n": 1, "sent_up": "", "note": "", "event_id": f"s{name}"})
    return found


@st.composite
def choices(draw):
    names = draw(st.lists(st.sampled_from(sorted(OPTIONS)), max_size=4, unique=True))
    picked = {name: draw(st.sampled_from(OPTIONS[name])) for name in names}
    for pair in CLASHING:
        if pair <= set(picked):
            del picked[max(pair)]
    return picked


slow_ok = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
