"""Notices of a regulation without points: counted, ranked by adoptions, findings listed, signed and printed."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from python_calamine import CalamineWorkbook

from hengjian.apps.bulletins.desk.acts.outside import record_adoption
from hengjian.apps.bulletins.models import FaultCase, Item
from hengjian.apps.conftest_bureau import Bureau
from hengjian.apps.points.acts import notices
from hengjian.apps.points.models import Notice
from hengjian.apps.points.printing import document_of
from hengjian.apps.points.recognition import person_rows, recognition
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.times import to_instant
from hengjian.documents import Table as DocumentTable

AFTER = to_instant(datetime(2024, 7, 10, 10))


def adopt(bureau: Bureau, item: Item, tier: str, carrier: str, name: str = "县公众网") -> None:
    at = (item.filed_at or bureau.at) + timedelta(days=1)
    record_adoption(
        bureau.actor("editor", at), item, tier=tier, carrier=carrier, publication=name, happened_at=at,
        client_key=uuid4().hex,
    )  # fmt: skip


def prepared(bureau: Bureau, clause: str = "notices/submissions", period: str = "2024Q2") -> Notice:
    return notices.prepare(bureau.actor("editor", AFTER), bureau.installation, clause=clause, period=period)


def test_the_list_of_carriers_decides_what_is_commended(bureau: Bureau) -> None:
    for n, (tier, carrier, name) in enumerate(
        [
            ("county", "county_portal", "县公众网"),
            ("county", "press", "县报"),
            ("city", "press", "市报"),
            ("county", "", "不在名单"),
        ]
    ):
        adopt(bureau, bureau.filed("gate", title=f"第{n}篇"), tier, carrier, name)
    found = recognition(bureau.installation, pack_for(bureau.installation, AFTER), Period.parse("2024Q2"))
    assert found.commended == {bureau.unit("gate").pk: 2}
    row = person_rows(found)[0]
    assert (str(row.person), len(row.work.submitted), row.work.adopted, row.work.commended) == (
        "柳依山",
        4,
        4,
        2,
    )


def test_the_quarterly_notice_counts_ranks_and_names(bureau: Bureau) -> None:
    adopt(bureau, bureau.filed("gate", title="甲"), "city", "press", "澜州日报")
    bureau.filed("river", title="乙")
    content = prepared(bureau).content
    sections = {s["key"]: s for s in content["sections"]}
    rows = {r["name"]: r for r in sections["departments"]["rows"]}
    assert (rows["城关司法所"]["place"], rows["城关司法所"]["submitted"], rows["城关司法所"]["adopted"]) == (
        1,
        1,
        1,
    )
    assert rows["柳河司法所"]["place"] == 2
    assert [(r["name"], r["author"], r["publication"]) for r in sections["items"]["rows"]] == [
        ("甲", "柳依山", "澜州日报")
    ]
    duties = {(r["unit"], r["due"], r["done"]) for r in sections["duties"]["rows"]}
    assert ("法制股", "1", "0") in duties
    assert not [u for u, _, _ in duties if u == "公证处"]
    assert ("公证处", "1", "0") in {(r["unit"], r["due"], r["done"]) for r in sections["plan"]["rows"]}
    awards = {a["key"]: [n["name"] for n in a["names"]] for a in content["awards"]}
    assert awards == {"adopted": ["甲"], "authors": ["柳依山"]}
    assert content["unit_word"] == ""


def test_it_is_signed_by_its_flow_and_printed(bureau: Bureau) -> None:
    adopt(bureau, bureau.filed("gate"), "city", "press")
    notice = prepared(bureau)
    assert notice.title == "清岚县司法局2024年第二季度信息报送和采纳情况通报"
    notice = notices.submit(bureau.actor("editor", AFTER), notice, version=notice.version)
    for who in ("vice", "president"):
        notice = notices.approve(bureau.actor(who, AFTER), notice, version=notice.version)
    notice = notices.publish(bureau.actor("editor", AFTER), notice, version=notice.version)
    assert notice.state == Notice.State.PUBLISHED
    client = bureau.client("writer")
    page = client.get(f"/points/notices/{notice.pk}/").content.decode()
    assert "采用表彰" in page
    assert "合计得" not in page
    for suffix, mark in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        assert client.get(f"/points/notices/{notice.pk}/{suffix}/").content.startswith(mark)


def test_facts_that_changed_after_drafting_stop_it(bureau: Bureau) -> None:
    item = bureau.filed("gate")
    notice = prepared(bureau)
    adopt(bureau, item, "city", "press")
    with pytest.raises(HengjianError, match="重新生成"):
        notices.submit(bureau.actor("editor", AFTER), notice, version=notice.version)


def test_the_year_shows_the_plan_beside_what_was_done(bureau: Bureau) -> None:
    bureau.filed("legal", datetime(2023, 5, 5, 10))
    content = prepared(bureau, "notices/yearly", "2023").content
    rows = {r["name"]: r for r in content["sections"][0]["rows"]}
    assert (rows["法制股"]["planned"], rows["法制股"]["submitted"]) == (4, 1)
    assert rows["城关司法所"]["planned"] is None


def test_no_ledger_where_there_are_no_points(bureau: Bureau) -> None:
    client = bureau.client("editor")
    assert client.get("/points/").status_code == 404
    menu = client.get("/").content.decode()
    assert "积分台账" not in menu
    assert "/points/notices/" in menu


def test_people_and_departments_have_their_pages_and_tables(bureau: Bureau) -> None:
    adopt(bureau, bureau.filed("gate", title="甲"), "city", "press", "澜州日报")
    president, writer, neighbour = (bureau.client(who) for who in ("president", "writer", "river_writer"))
    people = president.get("/points/work/people/?period=2024Q2").content.decode()
    assert "柳依山" in people
    assert "澜州日报" in people
    assert "柳依山" in writer.get("/points/work/people/?period=2024").content.decode()
    assert "柳依山" not in neighbour.get("/points/work/people/?period=2024Q2").content.decode()
    page = president.get("/points/work/assessment/?period=2024Q2").content.decode()
    assert "不作要求" in page
    assert writer.get("/points/work/assessment/").status_code == 403
    for name in ("people", "assessment"):
        assert president.get(f"/points/work/{name}/?period=2024Q2&export=xlsx").content[:2] == b"PK"


def exported(bureau: Bureau, period: str) -> dict[str, dict[str, object]]:
    answer = bureau.client("president").get(f"/points/work/assessment/?period={period}&export=xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    heads, *rows = book.get_sheet_by_index(0).to_python()
    return {str(row[1]): dict(zip(map(str, heads), row, strict=True)) for row in rows}


def test_the_assessor_is_given_tasks_work_and_what_was_found(bureau: Bureau) -> None:
    """Every department stands in it, also without work; an empty cell is a task the annex does not give."""
    adopt(bureau, bureau.filed("gate", title="甲"), "city", "press", "澜州日报")
    bureau.filed("gate", title="乙")
    FaultCase.objects.create(
        installation=bureau.installation, kind="omitted", unit=bureau.unit("river"), happened_at=bureau.at,
        state=FaultCase.State.CONFIRMED, proposed_at=bureau.at,
    )  # fmt: skip
    quarter, year = exported(bureau, "2024Q2"), exported(bureau, "2024")
    assert list(quarter) == ["办公室", "法制股", "公证处", "城关司法所", "柳河司法所"]
    due, done = "每季至少一篇信息：应报", "每季至少一篇信息：已报"
    assert {name: (row[due], row[done]) for name, row in quarter.items()} == {
        "办公室": (1, 0),
        "法制股": (1, 0),
        "公证处": ("", ""),
        "城关司法所": (1, 2),
        "柳河司法所": (1, 0),
    }
    gate = quarter["城关司法所"]
    assert [gate[head] for head in ("报送篇数", "上报篇数", "采用篇次", "应表彰采用")] == [2, 0, 1, 1]
    assert quarter["柳河司法所"]["认定的情形"] == "漏报"
    task = "全年报送任务：应报"
    assert (year["法制股"][task], year["公证处"][task]) == (4, 1)
    assert year["法制股"]["全年报送任务：已报"] == 0 and year["城关司法所"]["报送篇数"] == 2


def test_the_notice_of_unmet_duties_names_those_alone_who_did_not_report(bureau: Bureau) -> None:
    bureau.filed("gate", title="甲")
    made = prepared(bureau, "notices/unmet")
    [unmet, findings] = made.content["sections"]
    short = {row["name"] for row in unmet["rows"] if row["missed"] != "0"}
    assert short == {row["name"] for row in unmet["rows"]} and bureau.unit("legal").name in short
    assert bureau.unit("gate").name not in short and findings["rows"] == [] and not unmet["ranked"]
    assert {row["per"] for row in unmet["rows"]} == {"quarter"}, "the year is not over"
    assert made.content["details"] == {"columns": [], "rows": []}
    text = document_of(made)
    tables = [block for block in text.blocks if isinstance(block, DocumentTable)]
    assert any("缺" in str(row) for table in tables for row in table.rows)
