"""Files that are kept under their digest."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hengjian.apps.cases.intake import Arrived, keep


def test_a_file_sent_in_parts_is_linked_and_outlives_its_parts(tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DATA_DIR = tmp_path
    part = tmp_path / "part"
    part.write_bytes(b"case_id\n1\n")
    digest = hashlib.sha256(part.read_bytes()).hexdigest()
    kept, told = keep(Arrived(part, digest), "cases.csv")
    assert told == digest and kept.samefile(part)
    part.unlink()
    assert kept.read_bytes() == b"case_id\n1\n"
    assert keep(b"case_id\n1\n", "cases.csv") == (kept, digest)
