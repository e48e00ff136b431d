"""The yearly plan: from the annex, changed and approved, carried on; the quarter beside the year."""

from __future__ import annotations

from datetime import datetime

import pytest

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree, send_back
from hengjian.apps.conftest_bureau import Bureau
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.duties.look import Governed, Look
from hengjian.apps.duties.models import Plan
from hengjian.apps.duties.plans.acts.plan import change, draft, submit
from hengjian.apps.duties.plans.findings import of_annex, of_plan
from hengjian.apps.duties.plans.numbers import columns_of, source_for, tables_of
from hengjian.apps.duties.plans.progress import year_table
from hengjian.apps.duties.plans.units import governed_by
from hengjian.apps.org.access import Denied
from hengjian.apps.org.models import UnitAlias
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_instant

TABLE = "plan_2022"


def governed(bureau: Bureau) -> Governed:
    return governed_by(bureau.installation, bureau.at)


def numbers(bureau: Bureau, year: int) -> dict[str, dict[str, int | None]]:
    g = governed(bureau)
    source = source_for(bureau.installation, g.pack, TABLE, year, g.departments)
    return {str(unit): dict(source.rows[unit.pk]) for unit in g.departments if unit.pk in source.rows}


def approved(bureau: Bureau, year: int, **wanted: dict[str, int | None]) -> Plan:
    plan = draft(bureau.actor("editor"), bureau.installation, table=TABLE, year=year)
    rows = {bureau.unit(key).pk: value for key, value in wanted.items()}
    plan = change(bureau.actor("editor"), plan, numbers=rows)
    plan = submit(bureau.actor("editor"), plan)
    course = running.current(plan)
    assert course is not None
    agree(bureau.actor("president"), course)
    plan.refresh_from_db()
    return plan


def test_the_annex_counts_by_the_names_of_its_rows(bureau: Bureau) -> None:
    assert numbers(bureau, 2024) == {
        "办公室": {"minimum": 4, "quarterly": 1},
        "法制股": {"minimum": 4, "quarterly": 1},
        "公证处": {"minimum": 1, "quarterly": None},
    }


def test_an_alias_finds_its_row_and_the_rest_is_told(bureau: Bureau) -> None:
    UnitAlias.objects.create(unit=bureau.unit("gate"), text="水寨司法所")
    g = governed(bureau)
    source = source_for(bureau.installation, g.pack, TABLE, 2024, g.departments)
    assert source.places[bureau.unit("gate").pk] == "第1行"
    assert "河东司法所" in source.unmatched


def test_the_printed_total_of_the_annex_is_reported(bureau: Bureau) -> None:
    told = " ".join(a.message for a in of_annex(governed(bureau).pack, TABLE))
    assert "58" in told
    assert "62" in told


def test_a_plan_counts_from_its_approval_and_in_the_years_after(bureau: Bureau) -> None:
    plan = draft(bureau.actor("editor"), bureau.installation, table=TABLE, year=2024)
    assert "城关司法所" not in numbers(bureau, 2024)
    rows = {bureau.unit("gate").pk: {"minimum": 6, "quarterly": 1}}
    plan = submit(bureau.actor("editor"), change(bureau.actor("editor"), plan, numbers=rows))
    assert "城关司法所" not in numbers(bureau, 2024)
    course = running.current(plan)
    assert course is not None
    agree(bureau.actor("president"), course)
    assert numbers(bureau, 2024)["城关司法所"] == {"minimum": 6, "quarterly": 1}
    assert numbers(bureau, 2026)["城关司法所"] == {"minimum": 6, "quarterly": 1}
    assert "城关司法所" not in numbers(bureau, 2023)


def test_the_next_year_begins_from_what_holds(bureau: Bureau) -> None:
    approved(bureau, 2024, gate={"minimum": 6, "quarterly": 1})
    plan = draft(bureau.actor("editor"), bureau.installation, table=TABLE, year=2025)
    assert plan.origin == "2024年任务计划"
    assert plan.rows.get(unit=bureau.unit("gate")).numbers == {"minimum": 6, "quarterly": 1}


def test_a_row_tells_where_it_comes_from(bureau: Bureau) -> None:
    plan = draft(bureau.actor("editor"), bureau.installation, table=TABLE, year=2024)
    assert plan.rows.get(unit=bureau.unit("notary")).source == "附表（plan_2022）第34行"
    change(
        bureau.actor("editor"), plan, numbers={bureau.unit("notary").pk: {"minimum": 2, "quarterly": None}}
    )
    assert plan.rows.get(unit=bureau.unit("notary")).source == "拟定时修改"


def test_an_approved_plan_is_closed_and_a_returned_one_is_open(bureau: Bureau) -> None:
    plan = submit(
        bureau.actor("editor"), draft(bureau.actor("editor"), bureau.installation, table=TABLE, year=2024)
    )
    course = running.current(plan)
    assert course is not None
    send_back(bureau.actor("president"), course, reason="太少")
    plan.refresh_from_db()
    assert plan.state == Plan.State.DRAFT
    plan = submit(bureau.actor("editor"), plan)
    again = running.current(plan)
    assert again is not None
    agree(bureau.actor("president"), again)
    with pytest.raises(HengjianError, match="不能修改"):
        change(bureau.actor("editor"), plan, numbers={})


def test_only_the_office_makes_plans(bureau: Bureau) -> None:
    with pytest.raises(Denied):
        draft(bureau.actor("head"), bureau.installation, table=TABLE, year=2024)


def test_a_year_has_one_plan(bureau: Bureau) -> None:
    draft(bureau.actor("editor"), bureau.installation, table=TABLE, year=2024)
    with pytest.raises(HengjianError, match="已经有了"):
        draft(bureau.actor("editor"), bureau.installation, table=TABLE, year=2024)


def test_foreign_units_and_odd_numbers_are_refused(bureau: Bureau) -> None:
    plan = draft(bureau.actor("editor"), bureau.installation, table=TABLE, year=2024)
    with pytest.raises(HengjianError, match="不属于"):
        change(bureau.actor("editor"), plan, numbers={999999: {"minimum": 1}})
    with pytest.raises(HengjianError, match="999"):
        change(bureau.actor("editor"), plan, numbers={bureau.unit("gate").pk: {"minimum": -1}})
    with pytest.raises(HengjianError, match="列"):
        change(bureau.actor("editor"), plan, numbers={bureau.unit("gate").pk: {"other": 1}})


def test_advice_names_units_left_out_and_quarters_above_the_year(bureau: Bureau) -> None:
    g = governed(bureau)
    rows = {unit.pk: {"minimum": 4, "quarterly": 1} for unit in g.departments}
    rows[bureau.unit("gate").pk] = {"minimum": 2, "quarterly": 1}
    del rows[bureau.unit("river").pk]
    told = {a.where: a.message for a in of_plan(g.departments, rows, columns_of(g.pack, TABLE))}
    assert set(told) == {"城关司法所", "柳河司法所"}
    assert "没有列入" in told["柳河司法所"]


def test_the_inbox_says_how_many_are_still_lacking(bureau: Bureau) -> None:
    approved(bureau, 2024, gate={"minimum": 4, "quarterly": 1})
    bureau.filed("gate", datetime(2024, 2, 5, 10))
    rows = [r.title for r in rows_for(bureau.actor("writer")) if r.kind == "报送任务"]
    assert rows == ["每季至少一篇信息：第二季度还差 1 篇", "全年报送任务：2024年还差 3 篇"]


def test_a_unit_with_a_yearly_number_only_has_no_quarter(bureau: Bureau) -> None:
    rows = [r.title for r in rows_for(bureau.actor("notary_head")) if r.kind == "报送任务"]
    assert rows == ["全年报送任务：2024年还差 1 篇"]


def test_four_in_the_last_quarter_fulfil_the_year_and_the_quarters_stay_visible(bureau: Bureau) -> None:
    approved(bureau, 2024, legal={"minimum": 4, "quarterly": 1})
    for day in (2, 3, 4, 5):
        bureau.filed("legal", datetime(2024, 12, day, 10), title=f"第{day}篇")
    actor = bureau.actor("editor", datetime(2025, 1, 3, 9))
    look = Look(actor, actor.at)
    row = year_table(look, look.governed[0], [bureau.unit("legal")], 2024).rows[0]
    assert [r.done for r in row.parts] == [0, 0, 0, 4]
    assert [b.css for b in row.bars] == ["missed", "missed", "missed", "done"]
    assert row.year is not None
    assert not row.year.short


def test_pages_for_the_office_the_department_and_the_leader(bureau: Bureau) -> None:
    editor, writer, president = (bureau.client(who) for who in ("editor", "writer", "president"))
    assert "附表" in editor.get("/plans/").content.decode()
    made = editor.post("/plans/new/", {"year": 2025}, follow=True)
    plan = Plan.objects.get()
    assert "2025年任务计划" in made.content.decode()
    form = {"version": plan.version, "submit": "1"}
    for unit in ("office", "legal", "notary", "gate", "river"):
        form |= {f"{bureau.unit(unit).pk}:minimum": 4, f"{bureau.unit(unit).pk}:quarterly": 1}
    assert editor.post(f"/plans/{plan.pk}/", form).status_code == 302
    plan.refresh_from_db()
    assert plan.state == "submitted"
    assert "主要领导批准" in president.get(f"/plans/{plan.pk}/").content.decode()
    assert writer.get(f"/plans/{plan.pk}/").status_code == 404
    course = running.current(plan)
    assert course is not None
    president.post(f"/approvals/{course.pk}/agree/", {"version": course.version, "text": ""})
    assert writer.get(f"/plans/{plan.pk}/").status_code == 200
    page = editor.get("/progress/?year=2025").content.decode()
    assert page.count('<svg class="quarters"') == 5
    assert writer.get("/progress/").content.decode().count('<svg class="quarters"') == 1
    assert editor.get("/progress/?export=xlsx").content[:2] == b"PK"
    assert editor.get(f"/plans/{plan.pk}/?export=xlsx").content[:2] == b"PK"


def test_who_is_not_in_the_plan_owes_what_the_text_asks_of_all(bureau: Bureau) -> None:
    g, look = governed(bureau), Look(bureau.actor("editor"), bureau.at)
    rows = {str(row.unit): row for row in year_table(look, g, list(g.departments), 2024).rows}
    unlisted, notary = rows["柳河司法所"], rows["公证处"]
    assert [part.needed for part in unlisted.parts] == [1, 1, 1, 1]
    assert unlisted.year is not None and unlisted.year.needed is None
    assert [part.needed for part in notary.parts] == [None] * 4
    told = [
        a.message
        for a in of_plan(g.departments, source_of(g), columns_of(g.pack, TABLE))
        if a.where == "柳河司法所"
    ]
    assert "只按正文办理“每季至少一篇信息”" in told[0]
    page = bureau.client("president").get("/overview/").content.decode()
    assert "未规定" in page


def source_of(g: Governed) -> dict[int, dict[str, int | None]]:
    found = source_for(g.installation, g.pack, TABLE, 2024, g.departments)
    return {unit: dict(row) for unit, row in found.rows.items()}


def test_the_reading_that_only_the_plan_counts_asks_nothing_of_them(bureau: Bureau) -> None:
    pack = governed(bureau).pack.with_readings({"W12": "plan_only"})
    assert columns_of(pack, TABLE)["quarterly"].unlisted is None


def test_longkou_has_no_plan(story: object) -> None:
    client = story.client("editor")  # type: ignore[attr-defined]
    assert "/plans/" not in client.get("/").content.decode()
    assert client.get("/plans/").status_code == 404


def test_the_plan_of_the_pack_is_known(bureau: Bureau) -> None:
    assert tables_of(governed(bureau).pack) == [TABLE]
    assert to_instant(datetime(2024, 6, 5, 10)) == bureau.at
