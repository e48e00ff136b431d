"""Cases of the sample freeze when the inspection begins; what is corrected later shows; every look is in both registers."""

from __future__ import annotations

from typing import Any

import pytest

from hengjian.apps.cases import store
from hengjian.apps.cases.dictionary import items
from hengjian.apps.cases.models import CaseLook, Dataset, Draw, DrawnCase
from hengjian.apps.inspections.acts import plan, records, team
from hengjian.apps.inspections.conftest import Circle
from hengjian.apps.inspections.models import FrozenCopy
from hengjian.base.errors import HengjianError
from hengjian.casedata.store import Column

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset(circle: Circle, settings: Any, tmp_path: Any) -> Dataset:
    settings.DATA_DIR = tmp_path
    made = Dataset.objects.create(
        installation=circle.installation, name="cases", title="案件", version=1, created_at=circle.at
    )
    columns = [Column(item.key, item.type) for item in items(made).values()]
    store.lake().create(made.name, columns)  # without the facts of the rules: nothing is checked here
    for case_id, court in (("c1", "county"), ("c2", "other")):
        values = {
            "case_no": f"（2026）{case_id}号",
            "court": circle.units[court].code,
            "accepted_on": "2026-01-05",
        }
        store.write_case(made, case_id, values, at=circle.at, author="测试", reason="入库")
    return made


def test_drawn_cases_freeze_and_a_correction_shows(circle: Circle, dataset: Dataset) -> None:
    draw = Draw.objects.create(
        dataset=dataset, period="2026-02", version=1, seed="1", seed_source="开奖", population="changed", share=1,
        drawn_at=circle.at,
    )  # fmt: skip
    for n, (case_id, court) in enumerate((("c1", "county"), ("c2", "other"))):
        DrawnCase.objects.create(draw=draw, case_id=case_id, court=circle.units[court], position=n)
    row = circle.name(circle.planned(), "one", "two")
    for key in ("one", "two"):
        team.declare(circle.actor(key), row)
    plan.set_scope(circle.actor("stat"), row, units=[circle.units["filing"]], sample="2026-02")
    team.order(circle.actor("stat"), row)
    for key in ("one", "two"):
        team.arrive(circle.actor(key), row)
    copy = FrozenCopy.objects.get(inspection=row, kind="case")
    assert (copy.key, copy.data["立案日期"]) == ("c1", "2026-01-05")
    store.write_case(dataset, "c1", {"accepted_on": "2026-01-06"}, at=circle.at, author="测试", reason="纠正")
    found = records.look(circle.actor("one"), copy)
    assert [(c.name, c.frozen, c.now) for c in found.changes] == [("立案日期", "2026-01-05", "2026-01-06")]
    look = CaseLook.objects.get()
    assert (look.case_id, look.person) == ("c1", circle.people["one"])


def test_cases_of_another_court_are_not_there(circle: Circle, dataset: Dataset) -> None:
    row = circle.begun()
    records.freeze(circle.actor("one"), row, kind="case", keys="c1")
    with pytest.raises(HengjianError, match="没有这些记录：c2"):
        records.freeze(circle.actor("one"), row, kind="case", keys="c2")
