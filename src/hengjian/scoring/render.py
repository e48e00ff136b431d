"""Templates into SQL. Only fragments of this file enter the text; every value of a pack is bound."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hengjian.policy.clauses.points import (
    Alternatives,
    Exclude,
    Flag,
    HeaviestOf,
    HighestOf,
    OncePer,
    PerFact,
    QuotaBase,
)
from hengjian.scoring.rules import Numbered
from hengjian.scoring.templates import Texts, fill

FIELDS = {
    "type": "e.type",
    "value": "e.value",
    "system": "e.system",
    "channel": "e.channel",
    "sent_up": "e.sent_up",
    "kind": "i.kind",
    "class": "i.class",
    "routine": "i.routine",
    "joint": "i.joint",
}
_KEYS = {
    "item": "coalesce(item, event)",
    "unit": "unit",
    "value": "value",
    "type": "type",
    "system": "system",
    "publication": "publication",
    "event": "event",
}
_ITEM_FIELDS = ("kind", "class", "routine", "joint")
_ITEMS = "LEFT JOIN items i ON i.item = e.item"
_FILES = {
    "points_per": "points_per",
    "table": "points_per",
    "once_per": "once_per",
    "highest_of": "highest_of",
    "heaviest_of": "highest_of",
    "quota_base": "quota_base",
    "exclude": "exclude",
    "flag": "flag",
}
_PARTNERS = "list_distinct(list_filter(list_prepend({named}, coalesce({units}, [])), x -> x IS NOT NULL))"
_TO = {
    "others": ("unnest(list_filter(units, x -> x <> lead))", "lead IS NOT NULL"),
    "all_without_lead": ("unnest(units)", "lead IS NULL"),
    "named": ("actor", "true"),
    "partners": (f"unnest({_PARTNERS.format(named='actor', units='units')})", "true"),
}
# Items that can have no recipient are left out early.
_REACHABLE = {
    "nobody": " AND i.lead IS NOT NULL",
    "others": " AND i.lead IS NOT NULL AND len(i.units) > 1",
    "all_without_lead": " AND i.lead IS NULL",
}
_LEADLESS = {
    "nobody": ("lead", "lead IS NOT NULL"),
    "unallocated": ("lead", "true"),
    "to_each": ("unnest(CASE WHEN lead IS NULL THEN units ELSE [lead] END)", "true"),
    "split_equally": ("unnest(CASE WHEN lead IS NULL THEN units ELSE [lead] END)", "true"),
}
# An equal part in cents: the cents left over go to the first listed, one each.
_PART = """(sign(points) * ((abs(points) * 100)::BIGINT // parts
    + CASE WHEN part <= (abs(points) * 100)::BIGINT % parts THEN 1 ELSE 0 END)
    * 0.01::DECIMAL(3, 2))::DECIMAL(18, 2)"""
_RECEIVERS = "CASE WHEN lead IS NULL THEN units ELSE [lead] END"
_SPLIT = f"""(SELECT *, unnest({_RECEIVERS}) AS receiver, len({_RECEIVERS}) AS parts,
    unnest(range(1, len({_RECEIVERS}) + 1)) AS part FROM judged)"""


class Statement:
    """One clause on its way to SQL."""

    def __init__(self, numbered: Numbered, texts: Texts) -> None:
        self.clause: Any = numbered.clause
        self.texts = texts
        self.in_force = f"e.ts >= {_stamp(numbered.since)} AND e.ts < {_stamp(numbered.until)}"
        self.common = {
            "clause": f"{numbered.no:d}",
            "since": _stamp(numbered.since),
            "until": _stamp(numbered.until),
        }

    def fill(self, name: str, **fragments: str) -> str:
        return fill(name, **fragments, **self.common)

    def matches(self, alternatives: Alternatives) -> str:
        """A condition: one alternative in full, each field one of its values."""
        branches = [
            " AND ".join(self._one_of(FIELDS[name], values) for name, values in alternative.items()) or "true"
            for alternative in alternatives
        ]
        return "(" + " OR ".join(f"({branch})" for branch in branches) + ")"

    def _one_of(self, column: str, values: tuple[str, ...]) -> str:
        return f"{column} IN ({', '.join(self.texts.place(value) for value in values) or 'NULL'})"

    def items_of(self, alternatives: Alternatives, *, in_force: bool, columns: str) -> str:
        """The items (once each) that have a fact matching ``alternatives``."""
        force = f"{self.in_force} AND " if in_force else ""
        return (
            f"(SELECT {columns} FROM events e {_items_join(alternatives)}"
            f" WHERE {force}e.item IS NOT NULL AND {self.matches(alternatives)} GROUP BY e.item)"
        )


def _stamp(moment: datetime) -> str:
    return f"TIMESTAMP '{moment:%Y-%m-%d %H:%M:%S}'"


def _items_join(*conditions: Alternatives) -> str:
    used = {name for alternatives in conditions for match in alternatives for name in match}
    return _ITEMS if used & set(_ITEM_FIELDS) else ""


def statement(numbered: Numbered, clause_numbers: dict[str, int], texts: Texts) -> str:
    """The query that yields one clause's explanation rows; ``texts`` collects the words it compares with."""
    built = Statement(numbered, texts)
    match numbered.clause:
        case PerFact():
            return _per_fact(built)
        case QuotaBase():
            return _quota_base(built)
        case Exclude() as clause:
            numbers = [f"{clause_numbers[name]:d}" for name in clause.of if name in clause_numbers]
            return built.fill(
                "exclude",
                when=built.matches(clause.when),
                joins=_items_join(clause.when),
                of=", ".join(numbers) or "NULL",
            )
        case Flag() as clause:
            return built.fill("flag", when=built.matches(clause.when), joins=_items_join(clause.when))
    raise TypeError(type(numbered.clause))


def _per_fact(built: Statement) -> str:
    clause: PerFact = built.clause
    key = tuple(getattr(clause, "key", ()))
    early = "unit" in key
    given = _LEADLESS[clause.without_lead] if clause.to == "lead" else _TO[clause.to]
    fragments = {
        "candidates": f"(SELECT *, {given[0]} AS unit FROM valued WHERE {given[1]})" if early else "valued",
        "award": _award(clause, "unit" if early else given[0], "true" if early else given[1]),
    }
    if isinstance(clause, OncePer):
        fragments["key"] = ", ".join(_KEYS[name] for name in key)
    if isinstance(clause, (HighestOf, HeaviestOf)):
        parts = [_KEYS[name] for name in key] + (["account(fell)"] if clause.carry == "per_period" else [])
        fragments["key"] = ", ".join(parts)
        fragments["wins"] = (
            "best IS NULL" if clause.carry == "first_only" else "abs(worth) > coalesce(best, 0)"
        )
    return built.fill(_FILES[built.clause.shape], facts=_facts(built), **fragments)


def _facts(built: Statement) -> str:
    clause: PerFact = built.clause
    conditions = [clause.when] + ([clause.requires] if clause.requires else [])
    needs_item = clause.to != "named" or clause.by in _ITEM_FIELDS or clause.factor is not None
    joins = [_ITEMS if needs_item else _items_join(*conditions)]
    origin = "origin" in (clause.falls_on, clause.price_at) or clause.factor is not None
    if origin:
        first = built.items_of(clause.origin, in_force=False, columns="e.item, min(e.ts) AS ts")
        joins.append(f"LEFT JOIN {first} o ON o.item = e.item")
    if clause.requires:
        joins.append(
            f"LEFT JOIN {built.items_of(clause.requires, in_force=True, columns='e.item')} q ON q.item = e.item"
        )
    factor = "1"
    if clause.factor is not None:
        joins.append(
            "LEFT JOIN prices f ON f.clause = {{clause}} AND f.use = 'factor'"
            f" AND f.key = {FIELDS[clause.factor.by]}"
            " AND coalesce(o.ts, e.ts) >= f.since AND coalesce(o.ts, e.ts) < f.until"
        )
        factor = "coalesce(f.points, 1)"
    moment = {"event": "e.ts", "origin": "coalesce(o.ts, e.ts)"}
    reachable = _REACHABLE.get(clause.without_lead if clause.to == "lead" else clause.to, "")
    return built.fill(
        "_facts",
        fact_columns="e.value, coalesce(e.system, '') AS system,"
        " coalesce(nullif(trim(e.note), ''), e.event) AS publication",
        lead="i.lead" if needs_item else "NULL::VARCHAR",
        units="i.units" if needs_item else "NULL::VARCHAR[]",
        falls_on=moment[clause.falls_on],
        price_at=moment[clause.price_at],
        times="coalesce(e.n, 1)" if clause.times == "n" else "1",
        factor=factor,
        price_key=FIELDS[clause.by] if clause.by else "''",
        allowed="q.item IS NOT NULL" if clause.requires else "true",
        joins=" ".join(joins),
        when=built.matches(clause.when) + reachable,
    )


def _award(clause: PerFact, unit: str, where: str) -> str:
    points, source, verdict = "points", "judged", "verdict"
    if clause.to == "lead" and clause.without_lead == "split_equally":
        points, source, unit = _PART, _SPLIT, "receiver"
    if clause.to == "lead" and clause.without_lead == "unallocated":
        verdict = "CASE WHEN lead IS NULL AND points <> 0 THEN 9 ELSE verdict END"
    return (
        f"SELECT {{{{clause}}}}, price, {unit}, item, fell, account(fell), {points}, event, {verdict}, have, NULL, rival"
        f" FROM {source} WHERE {where}"
    )


def _quota_base(built: Statement) -> str:
    clause: QuotaBase = built.clause
    receiver = {
        "lead": "i.lead",
        "named": "e.actor",
        "partners": f"unnest({_PARTNERS.format(named='e.actor', units='i.units')})",
    }[clause.to]
    joins = [_ITEMS if clause.to != "named" or clause.weights else _items_join(clause.when)]
    if clause.barred_by:
        barred = built.items_of(clause.barred_by, in_force=True, columns="e.item")
        joins.append(f"LEFT JOIN {barred} x ON x.item = e.item")
    weekly = clause.measure == "weeks_covered"
    quota = clause.measure == "count"
    return built.fill(
        "quota_base",
        receiver=receiver,
        joins=" ".join(joins),
        when=built.matches(clause.when),
        allowed="x.item IS NULL" if clause.barred_by else "true",
        weight_key=FIELDS[clause.weights.by] if clause.weights else "NULL",
        weight="coalesce(w.points, 1)" if clause.weights else "1",
        weight_join=_WEIGHTS if clause.weights else "",
        period_of_fact="account(date_trunc('week', f.ts) + INTERVAL 3 DAY)" if weekly else "account(f.ts)",
        buckets=_WEEKS.format(per_week=clause.per_week) if weekly else _SINGLY,
        need="q.points" if quota else f"(p.weeks * {clause.per_week:d})" if not weekly else "p.weeks",
        price_day="p.last" if clause.price_at == "last_day" else "p.first",
        quota_join=_quota_join("p.last" if clause.price_at == "last_day" else "p.first") if quota else "",
        below="0" if clause.below == "nothing" else _PROPORTION,
    )


_WEIGHTS = """LEFT JOIN prices w ON w.clause = {{clause}} AND w.use = 'weight' AND w.key = f.weight_key
    AND f.ts >= w.since AND f.ts < w.until"""
_MARK = "struct_pack(ts := {ts}, event := {event}) AS mark"
_SINGLY = f"SELECT receiver, period, weight AS have, {_MARK.format(ts='ts', event='event')} FROM weighed"
_WEEKS = (
    "SELECT receiver, period, CASE WHEN count(*) >= {per_week:d} THEN 1 ELSE 0 END AS have, "
    + _MARK.format(ts="min(ts)", event="arg_min(event, (ts, event))")
    + " FROM weighed GROUP BY receiver, period, date_trunc('week', ts)"
)
# base × have ÷ need in whole cents, halves up.
_PROPORTION = """((((base * 100)::HUGEINT * (have * 100)::HUGEINT * 2 + (need * 100)::HUGEINT)
    // ((need * 100)::HUGEINT * 2)) * 0.01::DECIMAL(3, 2))::DECIMAL(18, 2)"""


def _quota_join(day: str) -> str:
    return (
        "LEFT JOIN prices q ON q.clause = {{clause}} AND q.use = 'quota' AND q.key = u.category"
        f" AND {day} >= q.since AND {day} < q.until"
    )
