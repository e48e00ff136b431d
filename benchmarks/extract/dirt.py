"""Dirty every document in every way and count the facts that change.

python benchmarks/extract/dirt.py [--documents DIR] [--show]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from run import SHARED, documents

from hengjian.extract import extract

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
from support.judgment_dirt import DIRT

QUIET = {"spans", "doubts", "id"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=SHARED)
    parser.add_argument("--show", help="show the changes of one kind")
    options = parser.parse_args()
    rows = [row for name, row in documents(options.documents) if name in ("openlaw", "invented")]
    for dirt in DIRT:
        changed: Counter[str] = Counter()
        for row in rows:
            before, after = extract(row["text"]), extract(dirt(row["text"]))
            for field in before.keys() - QUIET:
                if before[field] != after[field]:
                    changed[field] += 1
                    if options.show == dirt.__name__:
                        print(row["id"], field, "\n   ", before[field], "\n   ", after[field])
        print(
            f"{dirt.__name__:20} {sum(changed.values()):4} changes in {len(rows)} documents {dict(changed)}"
        )


if __name__ == "__main__":
    main()
