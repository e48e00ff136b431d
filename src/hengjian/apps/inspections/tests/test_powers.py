"""Letters with numbers, answers, refusals; interviews; evidence that proves itself."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.inspections import access, custody
from hengjian.apps.inspections.acts import evidence, interviews, requests
from hengjian.apps.inspections.conftest import PDF, Circle
from hengjian.apps.inspections.models import Custody, Inspection, Interview, Request
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db


def test_numbers_run_on_without_gaps_whatever_fails_between(circle: Circle) -> None:
    row = circle.begun()
    first = circle.letter(row)
    with pytest.raises(HengjianError):
        requests.issue(
            circle.actor("one"),
            row,
            unit=circle.units["other_stat"],
            text=requests.RequestText("inquiry", "一", "二"),
            client_key="x",
        )
    second = circle.letter(row)
    demand = circle.letter(row, power="records")
    assert (second.number, demand.number) == (first.number + 1, 1)


def test_a_letter_sent_twice_is_one(circle: Circle) -> None:
    row = circle.begun()
    text = requests.RequestText("inquiry", "事由", "一\n二")
    send = {"unit": circle.units["filing"], "text": text, "client_key": "same"}
    first = requests.issue(circle.actor("one"), row, **send)  # type: ignore[arg-type]
    assert requests.issue(circle.actor("one"), row, **send) == first  # type: ignore[arg-type]


def test_only_the_team_issues_and_only_the_unit_answers(circle: Circle) -> None:
    row = circle.begun()
    for who in ("stat", "head", "high_stat"):
        with pytest.raises(Denied):
            circle.letter(row, by=who)
    letter = circle.letter(row)
    for who in ("clerk", "civil_head", "one"):
        with pytest.raises(Denied):
            requests.answer(circle.actor(who), letter, text="属实")
    requests.answer(circle.actor("head"), letter, text="属实")
    letter.refresh_from_db()
    assert letter.state == Request.State.ANSWERED


def test_no_limit_is_made_up(circle: Circle) -> None:
    row = circle.begun()
    circle.letter(row)
    (waiting,) = [r for r in rows_for(circle.actor("head")) if r.kind == "检查查询书"]
    assert waiting.due_at is None and waiting.remaining == "未规定"


def test_a_limit_that_was_set_counts(circle: Circle) -> None:
    row = circle.begun()
    circle.letter(row, due=(circle.at + timedelta(days=1)).date())
    (late,) = [r for r in rows_for(circle.actor("head", 3)) if r.kind == "检查查询书"]
    assert late.state.value == "overdue"


def test_an_answer_brings_material_into_the_vault(circle: Circle) -> None:
    row = circle.begun()
    letter = circle.letter(row)
    made = requests.answer(
        circle.actor("head"), letter, text="见附件", file=ContentFile(PDF, "登记簿.pdf"), client_key="f"
    )
    assert made.evidence is not None and custody.verify(made.evidence).good
    assert access.visible_evidence(circle.actor("head")).get() == made.evidence
    assert not access.visible_evidence(circle.actor("civil_head")).exists()


def test_a_unit_may_give_in_what_the_team_holds_already_and_learns_nothing_of_it(circle: Circle) -> None:
    row = circle.begun()
    held = circle.evidence(row)
    made = requests.answer(
        circle.actor("head"),
        circle.letter(row),
        text="见附件",
        file=ContentFile(PDF, "登记簿.pdf"),
        client_key="f",
    )
    assert made.evidence is not None and made.evidence.sha256 == held.sha256 and made.evidence != held
    with pytest.raises(HengjianError, match="不必重复收存"):
        circle.evidence(row)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("一、迟延的原因\n（二）由谁录入\n3.更正情况\n4、日期", "迟延的原因\n由谁录入\n更正情况\n日期"),
        ("3月立案的案件\n2.5万元以下的案件\n十月的登记簿", "3月立案的案件\n2.5万元以下的案件\n十月的登记簿"),
    ],
)
def test_numbers_typed_before_questions_are_not_printed_twice(circle: Circle, typed: str, kept: str) -> None:
    text = requests.RequestText("inquiry", "立案日期的核对", typed)
    made = requests.issue(
        circle.actor("one"), circle.begun(), unit=circle.units["filing"], text=text, client_key="n"
    )
    assert made.questions == kept


def test_a_refusal_stands_in_the_register_and_the_unit_is_heard_once(circle: Circle) -> None:
    row = circle.begun()
    letter = circle.letter(row)
    with pytest.raises(HengjianError, match="写明"):
        requests.assess(circle.actor("one"), letter, state="refused", kind="refuse")
    requests.assess(circle.actor("one"), letter, state="refused", note="口头拒绝提供", kind="refuse")
    refusal = row.refusals.get()
    assert refusal.request == letter
    requests.explain(circle.actor("head"), refusal, text="误会，当日已补交。")
    with pytest.raises(HengjianError, match="不能更改"):
        requests.explain(circle.actor("head"), refusal, text="改口")
    requests.answer(circle.actor("head"), letter, text="补交")


def test_a_full_answer_needs_an_answer(circle: Circle) -> None:
    letter = circle.letter(circle.begun())
    with pytest.raises(HengjianError, match="不能这样核对"):
        requests.assess(circle.actor("one"), letter, state="full")


def test_a_stale_page_is_told_so(circle: Circle) -> None:
    letter = circle.letter(circle.begun())
    requests.answer(circle.actor("head"), letter, version=letter.version, text="属实")
    with pytest.raises(HengjianError, match="已被改动"):
        requests.assess(circle.actor("one"), letter, version=1, state="partly", note="缺附件")


# interviews


def _text(circle: Circle, **more: object) -> interviews.InterviewText:
    end = circle.at - timedelta(minutes=5)
    fields = {
        "name": "苏小满（法官助理）", "place": "二楼会议室", "began_at": end - timedelta(hours=1), "ended_at": end,
        "text": "问：何时录入？\n答：当日。", "person": circle.people["clerk"],
    }  # fmt: skip
    return interviews.InterviewText(**(fields | more))  # type: ignore[arg-type]


def _asked(circle: Circle, row: Inspection) -> Interview:
    both = [circle.people["one"], circle.people["two"]]
    return interviews.record(circle.actor("one"), row, text=_text(circle), askers=both)


def test_one_inspector_may_not_question_alone_nor_with_an_outsider(circle: Circle) -> None:
    row = circle.begun()
    for askers in (("one",), ("one", "stat")):
        with pytest.raises(HengjianError, match="2人以上"):
            people = [circle.people[key] for key in askers]
            interviews.record(circle.actor("one"), row, text=_text(circle), askers=people)


def test_a_note_is_read_back_before_the_person_signs_it(circle: Circle) -> None:
    note = _asked(circle, circle.begun())
    with pytest.raises(HengjianError, match="先宣读核对"):
        interviews.sign(circle.actor("clerk"), note)
    interviews.read_back(circle.actor("two"), note, corrections="应为次日。")
    note.refresh_from_db()
    interviews.sign(circle.actor("clerk"), note)
    note.refresh_from_db()
    assert (note.state, note.signed_how, note.corrections) == ("signed", "本人登录确认", "应为次日。")


def test_nobody_else_signs_and_a_refused_signature_says_why(circle: Circle) -> None:
    note = _asked(circle, circle.begun())
    interviews.read_back(circle.actor("one"), note)
    with pytest.raises(Denied):
        interviews.sign(circle.actor("head"), note)
    with pytest.raises(HengjianError, match="签名方式"):
        interviews.sign(circle.actor("one"), note)
    interviews.refuse_signature(circle.actor("one"), note, reason="称记录不全")
    note.refresh_from_db()
    assert note.state == Interview.State.UNSIGNED


# the vault


def test_evidence_carries_both_digests_and_a_chain(circle: Circle) -> None:
    piece = circle.evidence(circle.begun())
    assert piece.sha256 != piece.sm3 and len(piece.sm3) == 64
    evidence.view(circle.actor("two"), piece)
    evidence.seal(circle.actor("one"), piece, note="现场封存")
    kinds = list(piece.custody.values_list("kind", flat=True))
    assert kinds == [Custody.Kind.STORED, Custody.Kind.VIEWED, Custody.Kind.SEALED]
    assert custody.verify(piece).good


@pytest.mark.parametrize("harm", ["file", "gone", "note", "link"])
def test_whatever_is_touched_is_found(circle: Circle, harm: str) -> None:
    piece = circle.evidence(circle.begun())
    evidence.hand_over(circle.actor("one"), piece, to="技术室", note="恢复数据")
    path = Path(piece.file.path)
    if harm == "file":
        path.write_bytes(PDF + b"!")
    elif harm == "gone":
        path.unlink()
    elif harm == "note":
        piece.custody.filter(n=2).update(note="移交给别人")
    else:
        piece.custody.filter(n=1).delete()
    assert not custody.verify(piece).good


def test_verifying_all_is_itself_in_the_chain(circle: Circle) -> None:
    row = circle.begun()
    piece = circle.evidence(row)
    assert [v.good for v in evidence.verify(circle.actor("stat"), row)] == [True]
    assert piece.custody.last().kind == Custody.Kind.VERIFIED  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.exe", b"MZ", "不收"),
        ("a.pdf", b"not a pdf", "与扩展名不符"),
        ("a.mp3", b"", "空的"),
        ("a.mp4", b"\0\0\0\x18moov", "与扩展名不符"),
    ],
)
def test_what_the_vault_does_not_take(circle: Circle, name: str, data: bytes, said: str) -> None:
    row = circle.begun()
    with pytest.raises(HengjianError, match=said):
        circle.evidence(row, data=data, name=name)


def test_sound_and_film_are_taken_but_not_more_than_allowed(circle: Circle, settings) -> None:  # type: ignore[no-untyped-def]
    row = circle.begun()
    circle.evidence(row, data=b"ID3\x04" + b"x" * 50, name="录音.mp3")
    circle.evidence(row, data=b"\0\0\0\x18ftypisom" + b"y" * 50, name="录像.mp4")
    settings.EVIDENCE_MAX_BYTES = 10
    with pytest.raises(HengjianError, match="超过"):
        circle.evidence(row, data=PDF, name="大.pdf")


def test_the_vault_is_closed_to_outsiders(circle: Circle) -> None:
    piece = circle.evidence(circle.begun())
    for who in ("head", "president", "other_head", "clerk"):
        assert not access.visible_evidence(circle.actor(who)).exists(), who
    with pytest.raises(Denied):
        evidence.view(circle.actor("head"), piece)
