"""A plain evaluator of the Longkou readings, written from their text alone: loops over events, no SQL."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from hengjian.base.periods import Period, PeriodKind
from hengjian.scoring import UNALLOCATED
from hengjian.scoring.tests.longkou_facts import AMENDED_PACK, FORCE, LISTED, UNITS


class Plain:
    """Loops over events; knows every reading by its id."""

    def __init__(self, data, options):
        self.items = {i["item"]: i for i in data.items}
        self.opt = lambda name: options.get(name, "default")
        self.first = {}
        for e in sorted(data.events, key=lambda e: e["ts"]):
            if e["type"] == "submit":
                self.first.setdefault(e["item"], e["ts"])
        self.events = sorted(
            (e for e in data.events if e["ts"] >= FORCE), key=lambda e: (e["ts"], e["event_id"])
        )
        self.adopted = {e["item"] for e in self.events if e["type"] == "adopt" and e["value"] in LISTED}
        self.net = defaultdict(Decimal)
        self.timed = []
        self.adoptions()
        self.instructions()
        self.deductions()
        self.claw_back()

    def price(self, param, moment):
        return AMENDED_PACK.value(param, moment.date()) if param in AMENDED_PACK.params else None

    def fell(self, e):
        return self.first.get(e["item"], e["ts"]) if self.opt("R16") == "submission_date" else e["ts"]

    def worth(self, e, param):
        """None when the fact earns nothing on its day."""
        moment = self.fell(e)
        return self.price(param, moment) if moment >= FORCE else None

    def give(self, e, unit, param, points):
        if points:
            self.timed.append([self.fell(e), unit, param, e["item"], Decimal(points)])

    def lead_of(self, item):
        units = item["units"].split(";")
        return units[0] if len(units) == 1 else item["lead"] or None

    def give_lead(self, e, param, points):
        item = self.items[e["item"]]
        lead, units = self.lead_of(item), item["units"].split(";")
        if lead:
            self.give(e, lead, param, points)
        elif self.opt("R10") == "to_each":
            for unit in units:
                self.give(e, unit, param, points)
        elif self.opt("R10") == "split_equally":
            cents = int(points * 100)
            for place, unit in enumerate(units):
                share = cents // len(units) + (place < cents % len(units))
                self.give(e, unit, param, Decimal(share) / 100)
        else:
            self.give(e, UNALLOCATED, param, points)

    def adoptions(self):
        printed, flat, tiers, best = set(), set(), set(), {}
        for e in self.events:
            if e["type"] == "adopt" and e["value"] in LISTED:
                self.bulletin(e, printed)
                self.flat(e, flat)
                self.publication(e, tiers, best)

    def bulletin(self, e, printed):
        item = self.items[e["item"]]
        lead, param = self.lead_of(item), "bulletin." + item["class"]
        if not lead or (e["value"] != "bulletin" and self.opt("R08") == "default"):
            return
        worth = self.worth(e, param)
        if worth is not None and (e["item"] not in printed or self.opt("R05") == "every_printing"):
            self.give(e, lead, param, worth)
            printed.add(e["item"])

    def flat(self, e, done):
        item = self.items[e["item"]]
        lead = self.lead_of(item)
        if e["item"] in done or (e["value"] != "bulletin" and self.opt("R11") == "bulletin_only"):
            return
        param = "coop.other" if lead else "coop.nolead"
        worth = self.worth(e, param)
        if worth is None:
            return
        done.add(e["item"])
        for unit in item["units"].split(";"):
            if unit != lead:
                self.give(e, unit, param, worth)

    def publication(self, e, tiers, best):
        param = "pub." + e["value"]
        worth = self.worth(e, param)
        if worth is None:
            return
        if self.opt("R06") == "highest":
            before = best.get(e["item"], 0)
            self.give_lead(e, param, max(0, worth - before))
            best[e["item"]] = max(before, worth)
            return
        key = (e["item"], e["value"])
        if self.opt("R07") == "per_publication":
            key += (e["note"] or e["event_id"],)
        if key not in tiers:
            tiers.add(key)
            self.give_lead(e, param, worth)

    def instructions(self):
        best = {}
        for e in self.events:
            if e["type"] != "instruct":
                continue
            level = e["value"]
            if level == "own" and self.opt("R14") == "president_as_county":
                level = "county"
            worth = self.worth(e, "ins." + level)
            if worth is None or (self.opt("R13") == "requires_adoption" and e["item"] not in self.adopted):
                continue
            key = (e["item"], e["system"])
            if self.opt("R12") == "system_and_level":
                key += (e["value"],)
            if self.opt("R15") == "per_period":
                key += (Period.of(self.fell(e).date(), PeriodKind.MONTH),)
            before = best.get(key)
            if "first_only" in (self.opt("R12"), self.opt("R15")):
                points = worth if before is None else 0
            else:
                points = max(0, worth - (before or 0))
            best[key] = max(worth, before or 0)
            self.give_lead(e, "ins." + level, points)

    def hit(self, e):
        if self.opt("R25") != "every_partner":
            return [e["unit"]]
        units = self.items[e["item"]]["units"].split(";") if e["item"] else []
        return list(dict.fromkeys([e["unit"], *units]))

    def deductions(self):
        heaviest = {}
        for e in self.events:
            for unit in self.hit(e) if e["unit"] else []:
                if e["type"] == "late":
                    times = 1 if self.opt("R26") == "one_per_event" else e["n"]
                    self.deduct(e, unit, "ded.late", times)
                if e["type"] == "error" and e["sent_up"] == "1":
                    if e["value"] == "serious":
                        self.deduct(e, unit, "ded.error_serious", e["n"])
                    if e["value"] == "minor" or self.opt("R18") == "on_top":
                        self.deduct(e, unit, "ded.error_minor", e["n"])
                if e["type"] in ("inaccurate", "false"):
                    worth = self.worth(e, "ded." + e["type"])
                    if worth is None:
                        continue
                    key = (e["item"] or e["event_id"], unit)
                    if self.opt("R19") == "cumulative":
                        key += (e["type"],)
                    before = heaviest.get(key, 0)
                    self.give(e, unit, "ded." + e["type"], min(0, worth - before))
                    heaviest[key] = min(worth, before)

    def deduct(self, e, unit, param, times):
        worth = self.worth(e, param)
        if worth is not None:
            self.give(e, unit, param, worth * times)

    def claw_back(self):
        if self.opt("R20") != "claw_back":
            return
        told = {}
        for e in self.events:
            if e["type"] == "false" and e["item"]:
                told.setdefault(e["item"], e["ts"])
        for moment, unit, param, item, points in list(self.timed):
            if item in told and points > 0:
                self.timed.append([max(moment, told[item]), unit, param, item, -points])

    def base(self, unit, month):
        weeks, first = set(), month.first + timedelta(days=(3 - month.first.weekday()) % 7)
        while first < month.end:
            weeks.add(first)
            first += timedelta(days=7)
        day = month.first if self.opt("R22") == "first_day" else month.last
        points = self.price("base_points", datetime(day.year, day.month, day.day))
        if points is None or day < FORCE.date():
            return 0
        kinds = ("info", "briefing") if self.opt("R03") == "briefing_counts" else ("info",)
        late = {e["item"] for e in self.events if e["type"] == "late" and e["item"]}
        first_days = {}
        for e in self.events:
            item = self.items.get(e["item"])
            if e["type"] != "submit" or item["kind"] not in kinds:
                continue
            if self.opt("R04") == "late_excluded" and e["item"] in late:
                continue
            credited = {e["unit"]}
            if self.opt("R27") == "every_partner":
                credited |= set(item["units"].split(";"))
            if unit in credited:
                first_days.setdefault(e["item"], e["ts"].date())
        if self.opt("R01") == "count":
            return points if sum(month.contains(day) for day in first_days.values()) >= len(weeks) else 0
        covered = {day + timedelta(days=3 - day.weekday()) for day in first_days.values()}
        return points if weeks <= covered else 0

    def scores(self, months):
        sums = {(str(m), u): Decimal(self.base(u, m)) for m in months for u in UNITS}
        for moment, unit, _, _, points in self.timed:
            key = (str(Period.of(moment.date(), PeriodKind.MONTH)), unit)
            if key in sums:
                sums[key] += points
        if self.opt("R17") == "floor_zero":
            sums = {key: max(Decimal(0), points) for key, points in sums.items()}
        return sums

    def nets(self, months):
        sums = defaultdict(Decimal)
        names = {str(m) for m in months}
        for moment, unit, param, item, points in self.timed:
            period = str(Period.of(moment.date(), PeriodKind.MONTH))
            if period in names:
                sums[period, unit, param, item or ""] += points
        return {key: points for key, points in sums.items() if points}
