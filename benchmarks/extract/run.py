"""Accuracy per field against gold, with gains and losses against the last stored result, and speed.

    python benchmarks/extract/run.py [--documents DIR] [--misses [FIELD]] [--raw] [--store]

``known.csv`` lists where a platform record contradicts its own text; those are counted apart.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gold import Verdict, verdicts

from hengjian.extract import extract

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("HENGJIAN_SHARED", HERE.parents[2] / "shared")) / "data" / "documents"
INVENTED = HERE.parents[1] / "src" / "hengjian" / "extract" / "tests" / "documents"
LAST = HERE / "last.json"
Judged = dict[str, list[tuple[str, Verdict]]]


def documents(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(file, row) of every document of the folder; without the folder the invented ones."""
    for path in sorted((folder if folder.is_dir() else INVENTED).glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield path.stem, json.loads(line)


def known_errors() -> set[tuple[str, str]]:
    """(document, field) where the gold is wrong."""
    with (HERE / "known.csv").open(encoding="utf-8", newline="") as file:
        return {(row["id"], row["field"]) for row in csv.DictReader(file)}


def judge(folder: Path, *, raw: bool = False) -> tuple[Judged, int, int, float]:
    """Verdicts by field with (documents, characters, seconds of one core)."""
    rows = list(documents(folder))
    began = time.process_time()
    facts = [extract(row["text_raw" if raw and "text_raw" in row else "text"], row["id"]) for _, row in rows]
    seconds = time.process_time() - began
    score: Judged = defaultdict(list)
    for (_, row), one in zip(rows, facts, strict=True):
        for verdict in verdicts(row, one):
            score[verdict[0]].append((row["id"], verdict))
    return score, len(rows), sum(len(row["text"]) for _, row in rows), seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=SHARED)
    parser.add_argument("--misses", nargs="?", const="", help="show what was missed, of one field or of all")
    parser.add_argument("--raw", action="store_true", help="read text_raw where there is one")
    parser.add_argument("--store", action="store_true", help="make this the last result")
    options = parser.parse_args()
    score, count, size, seconds = judge(options.documents, raw=options.raw)
    last = json.loads(LAST.read_text(encoding="utf-8")) if LAST.exists() else {}
    known = known_errors()
    missed: dict[str, list[str]] = {}
    for field, found in sorted(score.items()):
        wrong = [(id, one) for id, one in found if not one[3]]
        for id, one in wrong:
            if options.misses in ("", field) and (id, field) not in known:
                print(f"{field:10} {id}\n    want {one[1]}\n    have {one[2]}")
        missed[field] = sorted({id for id, _ in wrong})
        _print(field, found, known, last.get(field), missed[field])
    print(f"{count} documents, {size} characters, {seconds / size * 3e6:.2f} ms per 3,000 characters")
    if options.store:
        LAST.write_text(json.dumps(missed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _print(
    field: str,
    found: list[tuple[str, Verdict]],
    known: set[tuple[str, str]],
    last: list[str] | None,
    missed: list[str],
) -> None:
    fair = [one for id, one in found if one[3] or (id, field) not in known]
    right = sum(one[3] for one in fair)
    change = ""
    if last is not None:
        gained, lost = set(last) - set(missed), set(missed) - set(last)
        change = f"  +{len(gained)} -{len(lost)}" + (f"  lost: {', '.join(sorted(lost))}" if lost else "")
    raw = sum(one[3] for _, one in found) / len(found)
    share = right / max(1, len(fair))
    print(f"{field:12} {right:4} / {len(fair):4}  {share:7.1%}   with platform errors {raw:7.1%}{change}")


if __name__ == "__main__":
    main()
