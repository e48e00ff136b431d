"""The whole run as one SELECT, for engines that are handed text: Spark, ClickHouse, PostgreSQL.

Columns: ``hj_key`` and ``hj_rule``, the number of the rule in the plan. Reference tables are ``hj_ref_<name>``.
"""

from __future__ import annotations

from hengjian.casedata.compile.plan import BITS, Plan


def findings_query(plan: Plan, data: str, key: str) -> str:
    """One scan: masks a row, one join for each uniqueness, findings unnested from the rows with a bit set."""
    quote = plan.dialect.identifier
    masks = ", ".join(f"{text} AS m{index}" for index, text in enumerate(plan.masks()))
    words = range(len(plan.masks()))
    failing = " OR ".join(f"m{index} <> 0" for index in words)
    columns = [f"{quote(key)} AS hj_key", *([plan.projection()] if plan.projection() else [])]
    columns += [f"{_duplicate(value)} AS {quote(alias)}" for alias, value in plan.duplicates.items()]
    columns += [
        f"{_unknown(plan, value, ref)} AS {quote(alias)}" for alias, (value, ref) in plan.unknowns.items()
    ]
    masked = f"SELECT hj_key, {masks} FROM (SELECT {', '.join(columns)} FROM {data}) AS hj_rows"
    kept = f"SELECT * FROM ({masked}) AS hj_masked WHERE {failing}"
    return f"SELECT hj_key, hj_rule FROM ({kept}) AS hj_failed {_unnest(plan)}"


def _duplicate(value: str) -> str:
    return f"CASE WHEN {value} IS NOT NULL THEN count(*) OVER (PARTITION BY {value}) > 1 END"


def _unknown(plan: Plan, value: str, ref: tuple[str, str]) -> str:
    table, column = ref
    name = plan.dialect.identifier(column)
    known = f"SELECT CAST({name} AS {plan.dialect.text}) FROM hj_ref_{table} WHERE {name} IS NOT NULL"
    return f"CASE WHEN {value} IS NOT NULL THEN {value} NOT IN ({known}) END"


def _unnest(plan: Plan) -> str:
    """The numbers of the bits that are set."""
    bit = {
        "spark": "(m{word} & CAST({mask} AS BIGINT)) <> 0",
        "postgres": "(m{word} & CAST({mask} AS BIGINT)) <> 0",
        "clickhouse": "bitAnd(m{word}, toInt64({mask})) <> 0",
        "duckdb": "(m{word} & CAST({mask} AS BIGINT)) <> 0",
    }[plan.dialect.name]
    tests = [bit.format(word=n // BITS, mask=1 << n % BITS) for n in range(len(plan.predicates))]
    if plan.dialect.name == "clickhouse":
        numbers = ", ".join(f"if({test}, {n}, -1)" for n, test in enumerate(tests))
        return f"ARRAY JOIN arrayFilter(x -> x >= 0, [{numbers}]) AS hj_rule"
    numbers = ", ".join(f"CASE WHEN {test} THEN {n} END" for n, test in enumerate(tests))
    if plan.dialect.name == "spark":
        return f"LATERAL VIEW explode(array_compact(array({numbers}))) hj_bits AS hj_rule"
    array = f"ARRAY[{numbers}]"
    return f"CROSS JOIN LATERAL unnest({array}) AS hj_bits(hj_rule) WHERE hj_rule IS NOT NULL"
