"""An upheld appeal changes the facts and the ledger by itself; the next notice prints it."""

from __future__ import annotations

from datetime import datetime

import pytest

from hengjian.apps.bulletins.models import Fact
from hengjian.apps.org.access import Denied
from hengjian.apps.points import queries
from hengjian.apps.points.acts import appeals, notices
from hengjian.apps.points.acts.appeals import Correction, decide, file_appeal
from hengjian.apps.points.conftest import Desk
from hengjian.apps.points.models import Appeal, LedgerLine, Notice, Posting
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_instant

pytestmark = pytest.mark.django_db


@pytest.fixture
def june(desk: Desk) -> Notice:
    """民一庭: +5 for a bulletin, −5 for an item found inaccurate, recorded by the editor; published 2 July."""
    item = desk.item("civil1")
    desk.fact("adopt", item, "2024-06-05T09:00", "bulletin")
    desk.fact("inaccurate", item, "2024-06-12T09:00", unit="civil1", decided_by=desk.story.person("editor"))
    editor = desk.editor("2024-07-02T08:30")
    notice = notices.prepare(editor, desk.story.installation, clause="notices/monthly", period="2024-06")
    notice = notices.submit(editor, notice, version=notice.version)
    notice = notices.approve(desk.president(), notice, version=notice.version)
    return notices.publish(editor, notice, version=notice.version)


def filed(desk: Desk, notice: Notice, who: str = "writer", unit: str = "civil1", on: str = "2024-07-05T09:00",
          line: LedgerLine | None = None, key: str = "k1") -> Appeal:  # fmt: skip
    actor = desk.story.actor(who, to_instant(datetime.fromisoformat(on)))
    return file_appeal(actor, notice, unit=desk.story.unit(unit), text="失实认定有误，原文引自裁判文书。",
                       client_key=key, line=line)  # fmt: skip


def minus_five() -> LedgerLine:
    return LedgerLine.objects.get(points=-5)


def test_an_upheld_appeal_withdraws_the_fact_and_posts_at_once(desk: Desk, june: Notice) -> None:
    appeal = filed(desk, june, line=minus_five())
    fact = Fact.objects.get(kind="inaccurate")
    decide(
        desk.president("2024-07-08T09:00"),
        appeal,
        upheld=True,
        decision="经核实不构成失实。",
        withdraw=[fact.pk],
    )
    assert not Fact.objects.standing().filter(kind="inaccurate").exists()
    assert queries.score_of(desk.story.installation, desk.story.unit("civil1"), "2024-06") == 5
    posting = Posting.objects.get(cause="appeal")
    assert posting.appeal_id == appeal.pk and posting.period.key == "2024-06"


def test_the_next_notice_prints_the_correction(desk: Desk, june: Notice) -> None:
    appeal = filed(desk, june, line=minus_five())
    fact = Fact.objects.get(kind="inaccurate")
    decide(
        desk.president("2024-07-08T09:00"), appeal, upheld=True, decision="不构成失实。", withdraw=[fact.pk]
    )
    july = notices.prepare(
        desk.editor("2024-08-01T09:00"), desk.story.installation, clause="notices/monthly", period="2024-07"
    )
    [correction] = july.content["corrections"]
    assert (correction["cause"], correction["period"]) == ("申诉决定", "2024年6月")
    assert correction["changes"] == [{"name": "民事审判第一庭", "points": "+5"}]


def test_a_corrected_fact_takes_the_place_of_the_wrong_one(desk: Desk, june: Notice) -> None:
    line = LedgerLine.objects.get(points=5)
    appeal = filed(desk, june, line=line)
    fact = Fact.objects.get(kind="adopt")
    decide(desk.president("2024-07-08T09:00"), appeal, upheld=True, decision="应为省级采用。",
           corrections=[Correction(of=fact.pk, value="province")])  # fmt: skip
    standing = Fact.objects.standing().get(kind="adopt")
    assert standing.value == "province" and standing.happened_at == fact.happened_at
    assert queries.score_of(desk.story.installation, desk.story.unit("civil1"), "2024-06") == 3 - 5


def test_other_late_facts_stay_held(desk: Desk, june: Notice) -> None:
    desk.fact("adopt", desk.item("filing", "dynamic"), "2024-06-28T09:00", "bulletin")
    appeal = filed(desk, june, line=minus_five())
    fact = Fact.objects.get(kind="inaccurate")
    decide(
        desk.president("2024-07-08T09:00"), appeal, upheld=True, decision="不构成失实。", withdraw=[fact.pk]
    )
    [waiting] = queries.held(desk.story.installation, desk.president("2024-07-08T09:00").at)
    assert waiting.difference.net == {desk.story.unit("filing").pk: 2}


def test_a_rejected_appeal_changes_nothing(desk: Desk, june: Notice) -> None:
    lines = LedgerLine.objects.count()
    decide(desk.president("2024-07-08T09:00"), filed(desk, june), upheld=False, decision="认定有据。")
    assert LedgerLine.objects.count() == lines and Appeal.objects.get().state == Appeal.State.REJECTED


def test_who_decided_the_fact_cannot_decide_the_appeal(desk: Desk, june: Notice) -> None:
    fact = desk.fact("late", desk.item("criminal"), "2024-06-12T09:00", unit="criminal", by="office_head")
    assert fact.recorded_by == desk.story.person("office_head")
    appeal = filed(desk, june, "neighbour", "criminal")
    from hengjian.apps.points.acts.posting import restate

    restate(desk.editor("2024-07-06T09:00"), desk.story.installation, "2024-06", reason="补记迟报")
    with pytest.raises(HengjianError, match="应当回避"):
        decide(desk.story.actor("office_head"), appeal, upheld=False, decision="认定有据。")
    decide(desk.president("2024-07-08T09:00"), appeal, upheld=False, decision="认定有据。")


def test_the_window_closes(desk: Desk, june: Notice) -> None:
    filed(desk, june, on="2024-07-17T23:59")
    with pytest.raises(HengjianError, match="届满"):
        filed(desk, june, on="2024-07-18T00:00", key="k2")


def test_the_same_form_sent_twice_files_once(desk: Desk, june: Notice) -> None:
    assert filed(desk, june).pk == filed(desk, june).pk


@pytest.mark.parametrize(
    ("who", "unit"), [("neighbour", "civil1"), ("staff", "civil1"), ("president", "civil1")]
)
def test_only_the_department_itself_files(desk: Desk, june: Notice, who: str, unit: str) -> None:
    with pytest.raises(Denied):
        filed(desk, june, who, unit)


def test_a_line_of_another_department_is_refused(desk: Desk, june: Notice) -> None:
    with pytest.raises(HengjianError, match="不是本部门"):
        filed(desk, june, "neighbour", "criminal", line=minus_five())


@pytest.mark.parametrize("who", ["writer", "head", "editor", "leader"])
def test_only_those_with_the_right_decide(desk: Desk, june: Notice, who: str) -> None:
    with pytest.raises(Denied):
        decide(desk.story.actor(who), filed(desk, june), upheld=False, decision="不成立。")


def test_a_decided_appeal_is_not_decided_again(desk: Desk, june: Notice) -> None:
    appeal = decide(desk.president(), filed(desk, june), upheld=False, decision="认定有据。")
    with pytest.raises(HengjianError, match="刷新"):
        decide(desk.president(), appeal, upheld=False, decision="再议。")
    with pytest.raises(HengjianError, match="刷新"):
        appeals.withdraw_appeal(desk.story.actor("writer"), appeal)


def test_upholding_needs_a_fact_and_only_one_at_issue(desk: Desk, june: Notice) -> None:
    appeal = filed(desk, june, line=minus_five())
    with pytest.raises(HengjianError, match="勾选"):
        decide(desk.president(), appeal, upheld=True, decision="成立。")
    foreign = Fact.objects.get(kind="adopt")
    with pytest.raises(HengjianError, match="不在本次申诉的范围"):
        decide(desk.president(), appeal, upheld=True, decision="成立。", withdraw=[foreign.pk])
    assert Appeal.objects.get().state == Appeal.State.FILED
