"""Write ``expected/*.csv`` from what the product answers.

    python tests/authz/record.py              rows of new addresses are added, those of vanished ones dropped
    python tests/authz/record.py PART …       every row of these parts anew (api, items, org, …; ``all``)

The table is a promise, not a log: read every changed line (git diff tests/authz/expected) before you commit it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def main() -> None:
    parts = [] if sys.argv[1:] == ["all"] else sys.argv[1:]
    wanted = "every_door" + (f" and ({' or '.join(f'[{part}]' for part in parts)})" if parts else "")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:randomly",
        str(HERE / "test_matrix.py"),
        "-k",
        wanted,
    ]
    done = subprocess.run(
        command, env=os.environ | _environment("again" if sys.argv[1:] else "new"), cwd=ROOT, check=False
    )
    subprocess.run(
        ["git", "--no-pager", "diff", "--stat", "--", str(HERE / "expected")], cwd=ROOT, check=False
    )
    sys.exit(done.returncode)


def _environment(order: str) -> dict[str, str]:
    return {"HENGJIAN_RECORD": order, "PYTHONPATH": str(ROOT / "src")}


if __name__ == "__main__":
    main()
