"""The province's file spelled out: units and people of sixteen courts from one pattern a level."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from hengjian.base.periods import Period, PeriodKind
from hengjian.web.demo.caserows import CourtPlan, Plan, Surge
from hengjian.web.demo.data import read

Json = dict[str, Any]
NAME = "province"


def expanded() -> Json:
    """What ``make_court`` reads: every unit, everybody with a seat."""
    data: Json = read(NAME)
    names = _names(data)
    units, people = [], []
    for court in data["courts"]:
        units.append({**court, "kind": "court", "class": court["level"]})
        for part in data["departments"][court["level"]]:
            units.append(
                {
                    "key": f"{court['key']}-{part['key']}",
                    "name": part["name"],
                    "kind": "department",
                    "parent": court["key"],
                }
            )
        people += _people(data, court)
    people += [head for court in data["courts"] for head in _office_heads(data, court)]
    for person in people:
        if not person.get("again"):
            person["name"] = data["named"].get(person["login"]) or next(names)
    return {**data, "units": units, "people": people}


def _names(data: Json) -> Iterator[str]:
    """Every combination once, the surnames changing fastest."""
    return (surname + given for given, surname in product(data["given"], data["surnames"]))


def _people(data: Json, court: Json) -> list[Json]:
    seats = list(data["seats"])
    if court["level"] != "basic":
        seats += data["upper_seats"]
    if court["level"] == "high":
        seats += data["high_seats"]
    prefix = f"{data['login_prefix']}{court['key']}"
    found = [
        {
            **seat,
            "login": f"{prefix}-{seat['login']}",
            "unit": f"{court['key']}-{seat['department']}",
            "at": court["key"],
        }
        for seat in seats
    ]
    for part in data["departments"][court["level"]]:
        if "tries" not in part:
            continue
        place = f"{court['key']}-{part['key']}"
        for role, end, title in (("staff", "lu", "书记员"), ("dept_head", "tz", "庭长")):
            found.append(
                {
                    "login": f"{prefix}-{part['key']}-{end}",
                    "unit": place,
                    "at": place,
                    "role": role,
                    "title": title,
                }
            )
    return found


def _office_heads(data: Json, court: Json) -> Iterator[Json]:
    """After everybody else, so that nobody's drawn name changes. ``again``: a further seat of somebody with one."""
    prefix = f"{data['login_prefix']}{court['key']}"
    for head in data["office_heads"]:
        place, own = f"{court['key']}-{head['department']}", head.get(court["level"])
        login = own["login"] if own else f"{head['department']}-fzr"
        yield {
            "login": f"{prefix}-{login}",
            "unit": place,
            "at": place,
            "role": "dept_head",
            "title": (own or head)["title"],
            "again": bool(own),
        }


def plan_of(first: date, last: date, seed: int, outage_on: date, share: float = 1) -> Plan:
    """What the maker of cases is told about the same courts; ``share`` of their usual size."""
    data: Json = read(NAME)
    codes = {court["key"]: court["code"] for court in data["courts"]}
    return Plan(
        courts=tuple(_court_plan(data, court, codes, share) for court in data["courts"]),
        first=first,
        last=last,
        seed=seed,
        outage=(codes[data["outage"]], outage_on),
        surges=tuple(_surge(codes[row["court"]], row, last, share) for row in data["surges"]),
    )


def _surge(court: str, row: Json, last: date, share: float) -> Surge:
    """In the month so many months before the last day."""
    month = Period.of(last, PeriodKind.MONTH)
    for _ in range(row["months_ago"]):
        month = month.previous()
    return Surge(court, row["type"], month.first, month.last, round(row["cases"] * share))


def _court_plan(data: Json, court: Json, codes: dict[str, str], share: float) -> CourtPlan:
    tried: dict[str, tuple[str, ...]] = {}
    for part in data["departments"][court["level"]]:
        for group in part.get("tries", ()):
            tried[group] = (*tried.get(group, ()), part["name"])
    return CourtPlan(
        code=court["code"],
        name=court["name"],
        level=court["level"],
        parent=codes.get(court.get("parent", ""), ""),
        yearly=max(1, round(court["yearly"] * share)),
        sloppiness=float(court["sloppiness"]),
        departments=tried,
    )
