"""Accuracy per field against gold and speed, as a table.

python benchmarks/extract/run.py [--documents DIR] [--misses [FIELD]] [--dump FILE]
"""

from __future__ import annotations

import argparse
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


def documents(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(file, row) of every document of the folder."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield path.stem, json.loads(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=SHARED)
    parser.add_argument("--misses", nargs="?", const="", help="show what was missed, of one field or of all")
    parser.add_argument("--raw", action="store_true", help="read text_raw where there is one")
    options = parser.parse_args()
    rows = list(documents(options.documents))
    began = time.process_time()
    judged = [
        (name, row, extract(row["text_raw" if options.raw and "text_raw" in row else "text"], row["id"]))
        for name, row in rows
    ]
    seconds = time.process_time() - began
    score: dict[str, list[Verdict]] = defaultdict(list)
    for name, row, facts in judged:
        for verdict in verdicts(row, facts):
            score[verdict[0]].append(verdict)
            if not verdict[3] and options.misses is not None and options.misses in ("", verdict[0]):
                print(f"{verdict[0]:10} {name} {row['id']}\n    want {verdict[1]}\n    have {verdict[2]}")
    for field, found in sorted(score.items()):
        right = sum(one[3] for one in found)
        print(f"{field:12} {right:4} / {len(found):4}  {right / len(found):7.1%}")
    size = sum(len(row["text"]) for _, row in rows)
    print(f"{len(rows)} documents, {size} characters, {seconds / size * 3e6:.2f} ms per 3,000 characters")


if __name__ == "__main__":
    main()
