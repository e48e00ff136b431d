from __future__ import annotations

from pathlib import Path

import pytest

from hengjian.apps.cases import rulebook
from hengjian.apps.cases.tests.story import RULES, Province, make_province
from hengjian.casedata.rules.load import Loaded
from hengjian.policy import Pack


@pytest.fixture
def province(
    db: None,
    settings: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Province:
    """Four courts under a dozen of the pack's rules: the circle, not the rules, is tried here."""
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    whole = rulebook.of_pack

    def few(pack: Pack) -> Loaded:
        found = whole(pack)
        return Loaded([rule for n, rule in enumerate(found.rules) if n % 20 == 0 or rule.id in RULES])

    monkeypatch.setattr(rulebook, "of_pack", few)
    return make_province()
