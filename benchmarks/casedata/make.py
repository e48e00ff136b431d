"""Cases of an invented province with injected errors and the exact truth.

    python benchmarks/casedata/make.py --rows 5000000 --out DIR [--seed 1]

Every row is drawn faultless; then each rule of ``rules.yaml`` gets its own 0.5 % of the rows (disjoint sets), in
which one change breaks this rule and no other. ``truth.parquet`` (case_id, rule_id) is therefore known by
construction, not by any engine. Written: cases.parquet, truth.parquet, courts.csv, causes.csv.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

SHARE = 0.005
CHUNK = 500_000
DAY0 = np.datetime64("2015-01-01", "D")
USCC = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", np.uint8)
CHECK = np.frombuffer(b"10X98765432", np.uint8)
COURTS = [f"鲁{city:02d}{court:02d}" for city in range(1, 18) for court in range(2, 12)]
CAUSES = [str(9000 + n) for n in range(400)]
STATES = np.array(["审理中", "已结"])
Columns = dict[str, np.ndarray]


def fixed_text(matrix: np.ndarray) -> pa.Array:
    """Rows of bytes as an Arrow text column."""
    rows, width = matrix.shape
    offsets = np.arange(0, width * rows + 1, width, dtype=np.int32)
    return pa.Array.from_buffers(
        pa.string(), rows, [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(matrix).tobytes())]
    )


def residents(rng: np.random.Generator, born: np.ndarray) -> np.ndarray:
    """Valid ids for dates of birth, as bytes."""
    rows = len(born)
    days = born.astype("datetime64[D]")
    years = days.astype("datetime64[Y]").astype(int) + 1970
    months = days.astype("datetime64[M]").astype(int) % 12 + 1
    first = days.astype("datetime64[M]").astype("datetime64[D]")
    number = (370100 + rng.integers(1, 90, rows)) * 10**8 + years * 10**4 + months * 100
    number = (number + (days - first).astype(int) + 1) * 1000 + rng.integers(0, 1000, rows)
    digits = np.empty((rows, 18), np.uint8)
    for place in range(16, -1, -1):
        digits[:, place] = number % 10
        number = number // 10
    weights = np.array([2 ** (17 - place) % 11 for place in range(17)], np.int32)
    digits[:, 17] = CHECK[(digits[:, :17].astype(np.int32) @ weights) % 11] - 48
    return digits + 48


def credit_codes(rng: np.random.Generator, rows: int) -> np.ndarray:
    """Valid unified social credit codes, as bytes."""
    places = rng.integers(0, 31, (rows, 18), dtype=np.uint8)
    places[:, 0:2] = (9, 1)
    places[:, 2:8] = rng.integers(0, 10, (rows, 6))
    weights = np.array([pow(3, place, 31) for place in range(17)], np.int32)
    places[:, 17] = (31 - (places[:, :17].astype(np.int32) @ weights) % 31) % 31
    return USCC[places]


def draw(rng: np.random.Generator, start: int, rows: int) -> Columns:
    """Faultless columns. Days are offsets from 2015-01-01; -1 is null."""
    col: Columns = {"id": np.arange(start, start + rows)}
    filed = rng.integers(1, 3650, rows)
    closed = rng.random(rows) < 0.85
    col["filed_on"] = filed
    col["accepted_on"] = filed + rng.integers(0, 7, rows)
    col["served_on"] = col["accepted_on"] + rng.integers(1, 15, rows)
    col["hearing_on"] = col["served_on"] + rng.integers(3, 40, rows)
    col["judged_on"] = np.where(closed, col["hearing_on"] + rng.integers(0, 40, rows), -1)
    col["closed_on"] = np.where(closed, col["judged_on"] + rng.integers(0, 5, rows), -1)
    col["delivered_on"] = np.where(closed, col["closed_on"] + rng.integers(0, 5, rows), -1)
    col["archived_on"] = np.where(closed, col["delivered_on"] + rng.integers(1, 60, rows), -1)
    col["entered_on"] = filed + rng.integers(0, 2, rows)
    col["born_on"] = rng.integers(-20_000, -8_000, rows)  # 1960 to 1993
    col["closed"] = closed.astype(np.int64)
    col["court"] = rng.integers(0, len(COURTS), rows)
    col["cause"] = rng.integers(0, len(CAUSES), rows)
    col["procedure"] = rng.integers(0, 2, rows)
    col["panel"] = np.where(col["procedure"] == 1, 3, 1)
    col["manner"] = np.where(closed, rng.integers(0, 5, rows), -1)
    col["claim"] = rng.integers(1_000_00, 90_000_000_00, rows)
    col["judged"] = np.where(closed, (col["claim"] * rng.random(rows)).astype(np.int64), -1)
    col["fee"] = np.maximum(col["claim"] // 50, 50_00)
    col["plaintiffs"] = rng.integers(1, 4, rows)
    col["defendants"] = rng.integers(1, 4, rows)
    col["parties"] = col["plaintiffs"] + col["defendants"]
    col["suspended"] = rng.integers(0, 30, rows)
    col["extended"] = rng.choice(np.array([0, 0, 0, 90, 180]), rows)
    col["approved"] = (col["extended"] > 0).astype(np.int64)
    col["judge"] = rng.integers(0, 400, rows)
    col["clerk"] = 400 + rng.integers(0, 400, rows)
    return col


PROCEDURES = ["简易程序", "普通程序"]
MANNERS = ["判决", "调解", "撤诉", "驳回起诉", "移送"]


def take(words: list[str], index: np.ndarray) -> pa.Array:
    return (
        pc.take(pa.array(words), pa.array(np.maximum(index, 0)), boundscheck=False)
        if (index >= 0).all()
        else (
            pc.if_else(pa.array(index >= 0), pc.take(pa.array(words), pa.array(np.maximum(index, 0))), None)
        )
    )


def days(values: np.ndarray) -> pa.Array:
    return pa.array(
        (DAY0 + values).astype("datetime64[D]"), mask=None if (values != -1).all() else values == -1
    )


def money(values: np.ndarray) -> pa.Array:
    return pa.array(values / 100, mask=values == -1)


def encode(col: Columns, rng: np.random.Generator) -> dict[str, pa.Array | np.ndarray]:
    """Columns as Arrow, the texts that take damage still as bytes."""
    years = (DAY0 + col["filed_on"]).astype("datetime64[Y]").astype(int) + 1970
    courts = take(COURTS, col["court"])
    numbers = pc.binary_join_element_wise(
        "（", pa.array(years).cast(pa.string()), "）", courts, "民初",
        pa.array(col["id"] + 1).cast(pa.string()), "号", "",
    )  # fmt: skip
    return {
        "case_id": pc.binary_join_element_wise("A", pa.array(col["id"]).cast(pa.string()), ""),
        "case_no": numbers,
        "court_code": courts,
        "cause": take(CAUSES, col["cause"]),
        "procedure": take(PROCEDURES, col["procedure"]),
        "state": take(list(STATES), col["closed"]),
        "closing_manner": take(MANNERS, col["manner"]),
        **{name: days(col[name]) for name in DATES},
        "party_id": residents(rng, DAY0 + col["born_on"]),
        "agent_id": residents(rng, DAY0 + col["born_on"]),
        "company_code": credit_codes(rng, len(years)),
        "claim_amount": money(col["claim"]),
        "judged_amount": money(col["judged"]),
        "fee": money(col["fee"]),
        "plaintiffs": pa.array(col["plaintiffs"]),
        "defendants": pa.array(col["defendants"]),
        "parties": pa.array(col["parties"]),
        "panel_size": pa.array(col["panel"]),
        "suspended_days": pa.array(col["suspended"]),
        "extended_days": pa.array(col["extended"]),
        "extension_approved": pa.array(col["approved"] == 1),
        "judge": pc.binary_join_element_wise("法官", pa.array(col["judge"]).cast(pa.string()), ""),
        "clerk": pc.binary_join_element_wise("书记员", pa.array(col["clerk"]).cast(pa.string()), ""),
    }


DATES = (
    "filed_on", "accepted_on", "served_on", "hearing_on", "judged_on", "closed_on", "delivered_on",
    "archived_on", "entered_on", "born_on",
)  # fmt: skip


def _put(name: str, change: Callable[[Columns, np.ndarray], np.ndarray]) -> Callable[..., None]:
    def act(col: Columns, rows: np.ndarray) -> None:
        col[name][rows] = change(col, rows)

    return act


def _null(name: str) -> Callable[..., None]:
    return _put(name, lambda col, rows: np.full(len(rows), -1))


def _closed_text(col: Columns, rows: np.ndarray) -> None:
    """An open case with a manner of closing."""
    for name in ("judged_on", "closed_on", "delivered_on", "archived_on", "judged"):
        col[name][rows] = -1
    col["closed"][rows] = 0
    col["manner"][rows] = 0


# Changes before the encoding (numbers) …
NUMBERS: dict[str, Callable[[Columns, np.ndarray], None]] = {
    "accepted-before-filed": _put("accepted_on", lambda c, r: c["filed_on"][r] - 1),
    "hearing-before-served": _put("hearing_on", lambda c, r: c["served_on"][r] - 1),
    "judged-before-hearing": _put("judged_on", lambda c, r: c["hearing_on"][r] - 1),
    "delivered-before-closed": _put("delivered_on", lambda c, r: c["closed_on"][r] - 1),
    "archived-before-delivered": _put("archived_on", lambda c, r: c["delivered_on"][r] - 1),
    "entered-late": _put("entered_on", lambda c, r: c["filed_on"][r] + 40),
    "closed-without-manner": _null("manner"),
    "open-with-manner": _closed_text,
    "closed-without-judgment-day": _null("judged_on"),
    "claim-not-positive": _put("claim", lambda c, r: -c["claim"][r] - 5),
    "fee-missing": _null("fee"),
    "no-plaintiff": _put("plaintiffs", lambda c, r: np.zeros(len(r), np.int64)),
    "no-defendant": _put("defendants", lambda c, r: np.zeros(len(r), np.int64)),
    "parties-do-not-add-up": _put("parties", lambda c, r: c["parties"][r] + 1),
    "panel-even": _put("panel", lambda c, r: np.full(len(r), 2)),
    "panel-of-one-in-ordinary": _put("panel", lambda c, r: np.full(len(r), 1)),
    "suspended-too-long": _put("suspended", lambda c, r: np.full(len(r), 4000)),
    "extension-not-approved": _put("approved", lambda c, r: np.zeros(len(r), np.int64)),
    "extension-of-odd-length": _put("extended", lambda c, r: np.full(len(r), 45)),
    "judge-is-clerk": _put("clerk", lambda c, r: np.full(len(r), -7)),
    "born-after-filing": _put("born_on", lambda c, r: c["filed_on"][r] + 10),
    "cause-missing": _null("cause"),
}
CLOSED_ONLY = {
    "judged-before-hearing", "delivered-before-closed", "archived-before-delivered", "closed-without-manner",
    "closed-without-judgment-day", "open-with-manner",
}  # fmt: skip


def damage_numbers(col: Columns, rule: str, rows: np.ndarray) -> None:
    """Break ``rule`` in ``rows`` and undo what that would break besides."""
    NUMBERS[rule](col, rows)
    if rule in {"no-plaintiff", "no-defendant"}:
        col["parties"][rows] = col["plaintiffs"][rows] + col["defendants"][rows]
    if rule in {"panel-even", "panel-of-one-in-ordinary"}:
        col["procedure"][rows] = 1 if rule == "panel-of-one-in-ordinary" else 0
    if rule == "extension-not-approved":
        col["extended"][rows] = 90
    if rule == "extension-of-odd-length":
        col["approved"][rows] = 1
    if rule == "claim-not-positive":
        col["judged"][rows] = -1
    if rule == "hearing-before-served":
        col["judged_on"][rows] = np.where(col["judged_on"][rows] < 0, -1, col["hearing_on"][rows] + 1)


# … and after it (texts).
TEXTS = (
    "bad-party-id", "bad-agent-id", "bad-company-code", "bad-case-no", "case-no-twice", "court-unknown",
    "cause-unknown", "case-no-of-other-court",
)  # fmt: skip
RULES = (*NUMBERS, *TEXTS)


def damage_texts(
    cells: dict[str, pa.Array | np.ndarray], chosen: dict[str, np.ndarray]
) -> dict[str, pa.Array]:
    """Break the rules about texts; give all columns as Arrow."""
    for name, rule in (("party_id", "bad-party-id"), ("agent_id", "bad-agent-id")):
        matrix, rows = cells[name], chosen[rule]
        matrix[rows, 16] = (matrix[rows, 16] - 48 + 1) % 10 + 48
    matrix, rows = cells["company_code"], chosen["bad-company-code"]
    matrix[rows, 9] = np.where(matrix[rows, 9] == 55, 56, 55)
    texts = {name: fixed_text(cell) if isinstance(cell, np.ndarray) else cell for name, cell in cells.items()}
    numbers = texts["case_no"]
    wrong = pc.replace_substring(numbers, "民初", "民出")
    other = pc.replace_substring_regex(numbers, "鲁[0-9]{4}", "沪0101")
    rows = chosen["case-no-twice"]
    rows = rows[: len(rows) // 2 * 2]
    source = np.arange(len(numbers))
    source[rows[1::2]] = rows[0::2]
    for column in ("case_no", "court_code"):  # the copy stays consistent with its court
        texts[column] = pc.take(texts[column], pa.array(source))
    mask = np.zeros(len(numbers), np.int8)
    mask[chosen["bad-case-no"]], mask[chosen["case-no-of-other-court"]] = 1, 2
    texts["case_no"] = pc.if_else(
        pa.array(mask == 1), wrong, pc.if_else(pa.array(mask == 2), other, texts["case_no"])
    )
    for column, rule, value in (
        ("court_code", "court-unknown", "鲁9999"),
        ("cause", "cause-unknown", "0000"),
    ):
        flags = np.zeros(len(numbers), np.bool_)
        flags[chosen[rule]] = True
        texts[column] = pc.if_else(pa.array(flags), value, texts[column])
    flags = np.zeros(len(numbers), np.bool_)
    flags[chosen["court-unknown"]] = True  # its number follows the court, or a second rule would break
    moved = pc.replace_substring_regex(texts["case_no"], "鲁[0-9]{4}", "鲁9999")
    texts["case_no"] = pc.if_else(pa.array(flags), moved, texts["case_no"])
    flags[:] = False
    flags[chosen["judge-is-clerk"]] = True
    texts["clerk"] = pc.if_else(pa.array(flags), texts["judge"], texts["clerk"])
    return texts


def choose(rng: np.random.Generator, col: Columns) -> dict[str, np.ndarray]:
    """Disjoint rows for every rule, at least ``SHARE`` of all each."""
    rows = len(col["id"])
    count = -(-int(rows * SHARE) // 2) * 2 + 2
    free = rng.permutation(rows)
    closed = free[col["closed"][free] == 1]
    chosen: dict[str, np.ndarray] = {}
    used = np.zeros(rows, np.bool_)
    for rule in sorted(RULES, key=lambda rule: rule not in CLOSED_ONLY):
        pool = closed if rule in CLOSED_ONLY else free
        pool = pool[~used[pool]][:count]
        used[pool] = True
        chosen[rule] = np.sort(pool)
    return chosen


def make_chunk(rng: np.random.Generator, start: int, rows: int) -> tuple[pa.Table, pa.Table]:
    col = draw(rng, start, rows)
    chosen = choose(rng, col)
    for rule in NUMBERS:
        damage_numbers(col, rule, chosen[rule])
    table = pa.table(damage_texts(encode(col, rng), chosen))
    ids = np.concatenate([chosen[rule] for rule in RULES])
    names = np.repeat(np.arange(len(RULES)), [len(chosen[rule]) for rule in RULES])
    truth = pa.table(
        {
            "case_id": table["case_id"].take(pa.array(ids)),
            "rule_id": pa.array(list(RULES)).take(pa.array(names)),
        }
    )
    return table, truth


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(options.seed)
    cases = truths = None
    for start in range(0, options.rows, CHUNK):
        table, truth = make_chunk(rng, start, min(CHUNK, options.rows - start))
        cases = cases or pq.ParquetWriter(options.out / "cases.parquet", table.schema)
        truths = truths or pq.ParquetWriter(options.out / "truth.parquet", truth.schema)
        cases.write_table(table, row_group_size=122_880)
        truths.write_table(truth)
    if cases and truths:
        cases.close()
        truths.close()
    pcsv.write_csv(pa.table({"code": COURTS}), options.out / "courts.csv")
    pcsv.write_csv(pa.table({"code": CAUSES}), options.out / "causes.csv")


if __name__ == "__main__":
    main()
