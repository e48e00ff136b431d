"""A correction names each published figure it would change; it is restated with the old one kept, or noted."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from hengjian.apps.org.access import Denied
from hengjian.apps.releases import queries, uses
from hengjian.apps.releases.acts import releases as acts
from hengjian.apps.releases.acts.doubts import Change, _source, find, note, restate
from hengjian.apps.releases.acts.handouts import copy_release
from hengjian.apps.releases.checking import check_text
from hengjian.apps.releases.conftest import Land
from hengjian.apps.releases.models import Doubt, Figure, Release
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db


def doubted(land: Land, *now: tuple[str, str | None]) -> list[Doubt]:
    """Court → what the data give now."""
    figures = {f.court.code: f for f in Figure.objects.all()}
    changes = [Change(figures[f"L-{key}"], Decimal(v) if v else None) for key, v in now]
    return find(land.actor("stat"), land.installation, to_version="8", changes=changes, reason="更正一件")


def test_every_changed_figure_is_listed_with_its_uses(land: Land) -> None:
    land.sign(land.release(land.line(), land.line("qing", "321"), land.line("wang", "280")))
    copy_release(land.actor("stat"), Release.objects.get(), form="csv")
    found = doubted(land, ("qing", "322"), ("wang", "280"))
    assert [(str(d.figure.court), d.now) for d in found] == [("清岚法院", Decimal(322))]
    told = [use.kind for use in uses.of(land.actor("stat"), found[0].figure)]
    assert told == ["发布", "发出的文件"]
    assert doubted(land) == []
    assert Doubt.objects.get().state == Doubt.State.SETTLED


def test_restating_makes_a_new_figure_and_keeps_the_old(land: Land) -> None:
    land.sign(land.release(land.line(written="1,203.40", measure="万元")))
    [doubt] = doubted(land, ("high", "1203.5"))
    with pytest.raises(Denied):
        restate(land.actor("judge"), [doubt], text="更正")
    made = restate(land.actor("stat"), [doubt], text="漏报一件，已补录")
    assert made.cells.get().written == "1203.50"
    old = doubt.figure
    assert made.cells.get().source == f"{old.source}；更正：{doubt.reason}", "where the new value comes from"
    computed = Figure(source="案件数据第14版，按口径卡计算", data_version="14")
    newer = Doubt(figure=computed, to_version="23", reason="案件数据第23版")
    assert _source(computed, newer) == "案件数据第23版，按口径卡计算"
    land.sign(made)
    old, new = Figure.objects.order_by("revision")
    assert (new.revision, new.replaces, old.value) == (2, old, Decimal("1203.4"))
    assert list(queries.open_figures(land.actor("judge"))) == [new]
    doubt.refresh_from_db()
    assert doubt.state == Doubt.State.RESTATED
    page = land.client().get(f"/releases/public/{old.pk}/").content.decode()
    assert "已经重述" in page and "1203.50" in page


def test_until_the_restatement_opens_the_old_figure_stands(land: Land) -> None:
    land.sign(land.release())
    [doubt] = doubted(land, ("high", "12040"))
    made = restate(land.actor("stat"), [doubt], text="更正")
    acts.edit(
        land.actor("stat"), made, version=made.version, title=made.title, mode=made.mode, channel=made.channel,
        query_channel=made.query_channel, grade="public", opens_at=land.at + timedelta(hours=5),
    )  # fmt: skip
    made.refresh_from_db()
    land.sign(made)
    judge = land.actor("judge")
    assert [f.written for f in queries.current_figures(judge)] == ["12034"]
    text = "2025年上半年，江岚高院新收案件12040件。"
    [finding] = check_text(judge, text).findings
    assert finding.verdict == "differs" and "12034" in finding.message
    later = land.actor("judge", land.at + timedelta(hours=5))
    assert [f.written for f in queries.current_figures(later)] == ["12040"]
    [finding] = check_text(later, text.replace("12040", "12034")).findings
    assert "重述以前的数" in finding.message


def test_a_withdrawn_restatement_leaves_the_doubt_open(land: Land) -> None:
    land.sign(land.release())
    [doubt] = doubted(land, ("high", "12040"))
    made = restate(land.actor("stat"), [doubt], text="更正")
    acts.withdraw(land.actor("stat"), made, version=made.version, reason="再核")
    doubt.refresh_from_db()
    assert doubt.state == Doubt.State.OPEN


def test_a_note_stands_beside_the_figure_everywhere(land: Land) -> None:
    land.sign(land.release())
    [doubt] = doubted(land, ("high", None))
    with pytest.raises(HengjianError, match="请加注"):
        restate(land.actor("stat"), [doubt], text="更正")
    note(land.actor("stat"), doubt, text="不含移送案件。")
    figure = Figure.objects.get()
    for client, address in (
        (None, f"/releases/public/{figure.pk}/"),
        (None, "/releases/public/"),
        ("judge", "/releases/figures/"),
    ):
        assert "不含移送案件" in land.client(client).get(address).content.decode(), address
    [finding] = check_text(land.actor("judge"), "2025年上半年，江岚高院新收案件12034件。").findings
    assert "不含移送案件" in finding.message


def test_the_page_lists_and_restates(land: Land) -> None:
    land.sign(land.release())
    [doubt] = doubted(land, ("high", "12040"))
    client = land.client("stat")
    assert "12040" in client.get("/releases/corrections/").content.decode()
    answer = client.post("/releases/corrections/restate/", {"doubts": [doubt.pk], "text": "更正"})
    assert answer.status_code == 302
    assert land.client("judge").get("/releases/corrections/").status_code == 403
    assert "12040" not in land.client("lan_stat").get("/releases/corrections/").content.decode()
