"""Nobody sees an inbox of yesterday: what is kept is what would be found now, in two processes, on both databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from support import postgres
from support.source import ROOT

pytestmark = pytest.mark.slow
STEPS, SEED = 16, 3


def walk(folder: Any, url: str) -> dict[str, Any]:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"), "HENGJIAN_DATA_DIR": str(folder), "DATABASE_URL": url,
        "HENGJIAN_DB_POOL": "2",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/support/inboxes.py"), str(STEPS), str(SEED)],
        env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("vendor", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_after_every_act_anywhere_the_kept_inbox_is_the_computed_one(vendor: str, tmp_path: Any) -> None:
    if vendor == "sqlite":
        told = walk(tmp_path, "")
    elif postgres.find_initdb() is None:
        pytest.skip("no PostgreSQL server on this machine")
    else:
        with postgres.server() as url:
            told = walk(tmp_path, url)
    assert told["wrong"] == []
    assert told["found"] < told["looks"] * 0.8  # much was kept, or nothing was proven
    assert len({rows for _, rows in told["rows"]}) > 3  # and the inboxes changed
