"""From a document to a correction or a new case: compared, decided, nothing typed twice, nobody sees what is not his."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hengjian.apps.audit.models import Entry
from hengjian.apps.cases.acts.correct import give_back
from hengjian.apps.cases.models import CaseLook
from hengjian.apps.cases.tests.story import AT, Province, make_province, upload
from hengjian.apps.org.access import Denied
from hengjian.apps.papers import beside, jobs
from hengjian.apps.papers.access import visible_papers
from hengjian.apps.papers.acts import hand_in as reading
from hengjian.apps.papers.acts.decide import correct, decide, enter, type_record
from hengjian.apps.papers.acts.hand_in import again, hand_in
from hengjian.apps.papers.models import Batch, Decision, Paper
from hengjian.base.errors import HengjianError
from hengjian.casedata.store import Store

pytestmark = pytest.mark.django_db

JUDGMENT = """清岚县人民法院
民事判决书
（2026）鲁9901民初2号
原告：宁禾，男，1980年2月3日出生，汉族，住清岚县东街1号。
被告：路川，女，1985年5月6日出生，汉族，住清岚县西街2号。
原告宁禾与被告路川买卖合同纠纷一案，本院于2026年1月6日立案后，依法适用简易程序，公开开庭进行了审理。本案现已审理终结。
宁禾向本院提出诉讼请求：判令路川支付货款10000元。
本院认为，双方买卖合同成立并生效，路川应当支付货款。依照《中华人民共和国民法典》第六百二十六条规定，判决如下：
路川于本判决生效之日起十日内支付宁禾货款10000元。
案件受理费50元，由路川负担。
如不服本判决，可以在判决书送达之日起十五日内向本院递交上诉状，上诉于澜州市中级人民法院。
审判员　安衡
二〇二六年二月三日
书记员　魏记
"""
CASE = (
    "c2,（2026）鲁9901民初2号,鲁9901,民一庭,民事,民初,2026-01-06,,,2026-01-05,一审,新收,"
    "买卖合同纠纷,宁禾,路舟,2026\n"
)


@pytest.fixture
def province(db: None, settings: object, tmp_path: Path) -> Province:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    return make_province()


def give(province: Province, text: str = JUDGMENT, who: str = "clerk", unit: str = "civil") -> Paper:
    batch = hand_in(province.actor(who), province.dataset, province.units[unit], pasted=text)
    return batch.papers.get()


def test_a_document_is_read_and_compared_with_the_case_of_its_number(province: Province) -> None:
    upload(province, CASE)
    paper = give(province)
    assert (paper.state, paper.case_id, paper.case_no) == ("open", "c2", "（2026）鲁9901民初2号")
    assert paper.differences == 1  # the defendant
    shown = province.client("clerk").get(reverse("papers:paper", args=[paper.pk]))
    assert shown.status_code == 200
    page = shown.content.decode()
    assert 'id="m-defendant" class="differs"' in page
    assert 'name="item-decided_on" value="accepted"' in page  # the record has no such day yet
    assert 'name="item-cause"' not in page  # the same in both: nothing to decide
    assert CaseLook.objects.get().case_id == "c2"


def test_what_is_taken_becomes_one_correction_with_the_words_it_rests_on(province: Province) -> None:
    upload(province, CASE)
    paper = give(province)
    clerk = province.actor("clerk")
    decide(
        clerk,
        paper,
        verdicts={"defendant": "accepted", "decided_on": "accepted", "clerk": "rejected"},
        version=paper.version,
    )
    paper.refresh_from_db()
    made = Decision.objects.get(item="defendant")
    assert (made.recorded, made.extracted, made.quote) == ("路舟", "路川", "路川")
    assert paper.text[made.start : made.end] == "路川"
    correction = correct(clerk, paper, version=paper.version)
    assert correction.changes == {"defendant": ["路舟", "路川"], "decided_on": [None, "2026-02-03"]}
    assert "“路川”（第" in correction.reason
    assert Entry.objects.filter(action="papers.item.decide").exists()
    paper.refresh_from_db()
    assert (paper.state, paper.correction) == ("done", correction)
    with pytest.raises(HengjianError, match="已办结"):
        decide(clerk, paper, verdicts={"clerk": "accepted"}, version=paper.version)


def test_queue_and_document_lead_to_each_other_and_tell_how_it_ended(province: Province) -> None:
    upload(province, CASE)
    paper = give(province)
    clerk = province.actor("clerk")
    decide(clerk, paper, verdicts={"defendant": "accepted"}, version=paper.version)
    correction = correct(clerk, paper, version=paper.version + 1)
    client = province.client("clerk")
    queue = client.get(reverse("cases:correction", args=[correction.pk])).content.decode()
    place = reverse("papers:paper", args=[paper.pk])
    assert f'href="{place}#m-defendant"' in queue
    assert "<mark>路川</mark>，女" in queue
    page = client.get(place).content.decode()
    assert f'href="{reverse("cases:correction", args=[correction.pk])}"' in page
    assert "待确认" in page
    queue_url = reverse("cases:correction", args=[correction.pk])
    masked = province.client("it").get(queue_url).content.decode()
    assert "路川" not in masked.partition("文书依据")[2]
    give_back(province.actor("head"), correction)
    page = client.get(place).content.decode()
    assert "退回" in page and "可以改变决定" in page
    assert place in client.get("/papers/?state=open").content.decode()
    assert place not in client.get("/papers/?state=done").content.decode()
    paper.refresh_from_db()
    again_sent = correct(clerk, paper, version=paper.version)
    assert again_sent.pk != correction.pk
    assert (
        "文书依据" in client.get(queue_url.replace(str(correction.pk), str(again_sent.pk))).content.decode()
    )


def test_a_name_is_marked_as_the_party_it_names_and_silence_is_no_agreement(province: Province) -> None:
    upload(province, CASE)
    page = province.client("clerk").get(reverse("papers:paper", args=[give(province).pk])).content.decode()
    assert "宁禾<sup>[原告" in page
    row = page.partition('data-item="hearing_on"')[2].partition("</tr>")[0]
    assert "一致" not in row


def test_two_people_do_not_overwrite_each_other(province: Province) -> None:
    upload(province, CASE)
    paper = give(province)
    decide(province.actor("clerk"), paper, verdicts={"clerk": "accepted"}, version=paper.version)
    with pytest.raises(HengjianError, match="已有人核对"):
        decide(province.actor("head"), paper, verdicts={"clerk": "rejected"}, version=paper.version)


def test_a_case_the_store_lacks_is_entered_without_typing(province: Province) -> None:
    paper = give(province, who="statistics", unit="basic")
    actor = province.actor("statistics")
    assert (paper.case_id, paper.differences) == ("", 0)
    wanted = dict.fromkeys(("case_no", "cause", "plaintiff", "defendant", "decided_on"), "accepted")
    decide(actor, paper, verdicts=wanted, version=paper.version)
    paper.refresh_from_db()
    file = province.client("statistics").get(reverse("papers:row", args=[paper.pk]))
    row = next(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert (row["案由"], row["裁判日期"]) == ("买卖合同纠纷", "2026-02-03")
    sent = enter(actor, paper, case_id="c9", version=paper.version)
    assert (sent.state, sent.rows, sorted(sent.columns.values())) == (
        "previewed", 1, sorted([*wanted, "case_id", "court"]),
    )  # fmt: skip


def test_a_record_kept_elsewhere_is_typed_and_compared(province: Province) -> None:
    paper = give(province)
    done = type_record(
        province.actor("clerk"),
        paper,
        values={"clerk": "卫记", "decided_on": "2026-02-03"},
        version=paper.version,
    )
    assert done.differences == 1


def test_many_documents_are_read_by_the_worker_and_failures_are_named(province: Province) -> None:
    upload(province, CASE)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("甲.txt", JUDGMENT.encode("gbk"))
        file.writestr("乙.pdf", b"%PDF-1.4 nonsense")
        file.writestr("空.txt", b" ")
    files = [("包.zip", packed.getvalue()), ("丁.txt", JUDGMENT.replace("民初2号", "民初7号").encode())]
    clerk = province.actor("clerk")
    batch = hand_in(clerk, province.dataset, province.units["civil"], files=files, client_key="once")
    assert batch.papers.filter(state="waiting").count() == 4
    assert hand_in(clerk, province.dataset, province.units["civil"], files=files, client_key="once") == batch
    assert jobs.waiting(AT) == 4
    assert jobs.waiting(AT + timedelta(seconds=5)) == 0
    told = {p.name: (p.state, p.differences, bool(p.error)) for p in batch.papers.all()}
    assert told == {
        "甲.txt": ("open", 1, False), "乙.pdf": ("failed", 0, True),
        "空.txt": ("failed", 0, True), "丁.txt": ("open", 0, False),
    }  # fmt: skip
    page = province.client("clerk").get(reverse("papers:batch", args=[batch.pk])).content.decode()
    assert "已读 4 份，共 4 份" in page
    assert again(clerk, batch) == 2


def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed while it reads the third of six, in the transaction of that document."""
    files = [(f"{n}.txt", JUDGMENT.replace("民初2号", f"民初{n}号").encode()) for n in range(1, 7)]
    clerk = province.actor("clerk")
    batch = hand_in(clerk, province.dataset, province.units["civil"], files=files)
    whole, asked = beside.differing, []

    def killed(paper: Paper, case: object) -> int:
        asked.append(paper.pk)
        if len(asked) == 3:
            raise SystemExit(137)
        return whole(paper, None)

    monkeypatch.setattr(beside, "differing", killed)
    with pytest.raises(SystemExit):
        jobs.waiting(AT)
    assert sorted(batch.papers.values_list("state", flat=True)) == ["open"] * 2 + ["waiting"] * 4
    first = {paper.pk: paper.read_at for paper in batch.papers.exclude(read_at=None)}
    monkeypatch.setattr(beside, "differing", whole)
    assert jobs.waiting(AT + timedelta(seconds=30)) == 4
    assert batch.papers.filter(state="open").count() == batch.papers.count() == 6
    assert all(batch.papers.get(pk=pk).read_at == at for pk, at in first.items())
    assert sorted(batch.papers.values_list("case_no", flat=True)) == [
        f"（2026）鲁9901民初{n}号" for n in range(1, 7)
    ]
    read = Entry.objects.filter(
        action="papers.paper.read", object_id__in=map(str, batch.papers.values_list("pk", flat=True))
    )
    assert read.count() == 6


def test_punishments_and_payments_are_told_one_by_one(province: Province) -> None:
    people = "被告人宁禾，男，1980年2月3日出生，汉族，住清岚县东街1号。\n"
    people += "被告人路川，男，1985年5月6日出生，汉族，住清岚县西街2号。\n"
    order = (
        "一、被告人宁禾犯盗窃罪，判处有期徒刑一年，并处罚金人民币二千元；犯诈骗罪，判处有期徒刑八个月；决定执行有期徒刑一年四个月，并处罚金人民币二千元。\n"
        "二、被告人路川犯盗窃罪，判处拘役三个月，缓刑四个月。\n审判员　安衡\n二〇二六年二月三日\n书记员　魏记\n"
    )
    paper = give(
        province,
        f"清岚县人民法院\n刑事判决书\n（2026）鲁9901刑初3号\n公诉机关清岚县人民检察院。\n{people}"
        f"清岚县人民检察院指控被告人宁禾、路川犯盗窃罪一案，现已审理终结。判决如下：\n{order}",
    )
    page = province.client("clerk").get(reverse("papers:paper", args=[paper.pk])).content.decode()
    for line in (
        "盗窃罪：有期徒刑 12 个月，罚金 2,000 元",
        "决定执行：有期徒刑 16 个月，罚金 2,000 元",
        "拘役 3 个月，缓刑 4 个月",
    ):
        assert line in page
    assert "盗窃罪<sup>[案由、罪名]</sup>" in page or "盗窃罪<sup>[罪名、案由]</sup>" in page
    anchors = re.findall(r'href="#(t-[^"]+)"', page)
    assert len(anchors) == 4
    assert all(page.count(f'id="{anchor}"') == 1 for anchor in anchors)


def test_the_cases_of_many_documents_are_asked_of_the_store_at_once(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number may stand twice by mistake: the case of the own department counts."""
    other = CASE.replace("c2,", "c1,").replace("民一庭", "刑庭")
    upload(province, other + CASE + CASE.replace("c2,", "c3,").replace("民初2号", "民初3号"))
    files = [(f"{n}.txt", JUDGMENT.replace("民初2号", f"民初{n}号").encode()) for n in range(2, 6)]
    batch = hand_in(province.actor("clerk"), province.dataset, province.units["civil"], files=files)
    asked: list[int] = []
    whole = Store.rows

    def counted(self: Store, table: str, key: str, values: list[str], version: int | None = None) -> object:
        asked.append(len(values))
        return whole(self, table, key, values, version)

    monkeypatch.setattr(Store, "rows", counted)
    jobs.waiting(AT)
    assert asked == [4]
    assert dict(batch.papers.values_list("name", "case_id")) == {
        "2.txt": "c2", "3.txt": "c3", "4.txt": "", "5.txt": "",
    }  # fmt: skip


def test_a_document_that_breaks_the_reader_does_not_hold_up_the_others(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [("甲.txt", b"x"), ("乙.txt", JUDGMENT.encode())]
    batch = hand_in(province.actor("clerk"), province.dataset, province.units["civil"], files=files)
    whole = reading.extract

    def fragile(text: str, id: str) -> object:
        return whole(text, id) if len(text) > 1 else 1 / 0

    monkeypatch.setattr(reading, "extract", fragile)
    jobs.waiting(AT)
    assert dict(batch.papers.values_list("name", "state")) == {"甲.txt": "failed", "乙.txt": "open"}
    assert "ZeroDivisionError" in batch.papers.get(name="甲.txt").error


def test_neighbours_find_nothing_and_without_the_right_the_text_stays_closed(province: Province) -> None:
    upload(province, CASE)
    paper = give(province)
    stranger = province.actor("stranger")
    assert not visible_papers(stranger).exists()
    client = province.client("stranger")
    for url in (f"/papers/{paper.pk}/", f"/papers/{paper.pk}/row.csv", f"/papers/batches/{paper.batch_id}/"):
        assert client.get(url).status_code == 404
    assert client.get(f"/api/papers/{paper.pk}").status_code == 404
    with pytest.raises(Denied):
        hand_in(stranger, province.dataset, province.units["civil"], pasted=JUDGMENT)
    assert province.client("it").get(f"/papers/{paper.pk}/").status_code == 403
    masked = province.client("it").get(f"/api/papers/{paper.pk}/items")
    assert masked.status_code == 200
    assert "路川" not in masked.content.decode()


def test_the_case_of_another_department_is_not_shown(province: Province) -> None:
    upload(province, CASE.replace("民一庭", "刑庭"))
    assert give(province).case_id == ""
    assert give(province, who="statistics", unit="basic").case_id == "c2"


def test_the_form_decides_without_script_and_refuses_nothing_chosen(province: Province) -> None:
    upload(province, CASE)
    paper = give(province)
    client = province.client("clerk")
    url = reverse("papers:paper_do", args=[paper.pk, "decide"])
    assert client.post(url, {"version": paper.version}).status_code == 422
    assert client.post(url, {"version": paper.version, "item-clerk": "accepted"}).status_code == 302
    paper.refresh_from_db()
    answer = client.post(
        f"/api/papers/{paper.pk}/decide",
        {"version": paper.version, "verdicts": {"defendant": "accepted"}},
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content
    paper.refresh_from_db()
    done = client.post(reverse("papers:paper_do", args=[paper.pk, "correct"]), {"version": paper.version})
    assert done.status_code == 302
    assert done["Location"].startswith("/cases/corrections/")


def test_what_the_record_lacks_is_taken_with_one_button_but_no_contradiction(province: Province) -> None:
    upload(province, CASE)
    paper = give(province)
    client = province.client("clerk")
    assert "项都采用文书" in client.get(reverse("papers:paper", args=[paper.pk])).content.decode()
    sent = {"version": paper.version, "rest": "1", "item-clerk": "rejected"}
    assert client.post(reverse("papers:paper_do", args=[paper.pk, "decide"]), sent).status_code == 302
    told = dict(paper.decisions.values_list("item", "verdict"))
    assert told.pop("clerk") == "rejected"
    assert "decided_on" in told and set(told.values()) == {"accepted"}
    assert "defendant" not in told  # the record says another name: a person looks


def test_the_list_takes_files_and_pasted_text(province: Province) -> None:
    client = province.client("clerk")
    assert client.get("/papers/").status_code == 200
    place = province.units["civil"].pk
    assert client.post("/papers/", {"place": place, "pasted": ""}).status_code == 422
    assert 'name="documents"' in client.get("/papers/").content.decode()
    file = SimpleUploadedFile("甲.txt", JUDGMENT.encode("gbk"))
    sent = client.post("/papers/", {"place": place, "documents": [file]})
    assert sent["Location"] == reverse("papers:paper", args=[Batch.objects.get().papers.get().pk])


def test_the_name_of_a_file_is_for_those_who_may_read_names(province: Province) -> None:
    upload(province, CASE)
    files = [("宁禾诉路川.txt", JUDGMENT.encode()), ("路川.pdf", b"%PDF-1.4 nothing")]
    hand_in(province.actor("clerk"), province.dataset, province.units["civil"], files=files)
    jobs.waiting(AT + timedelta(minutes=1))
    told = province.client("it").get("/api/papers/").content.decode()
    assert "路川" not in told and ".txt" in told
    paper = Paper.objects.get(name="宁禾诉路川.txt")
    assert "宁禾" not in province.client("it").get(f"/api/papers/{paper.pk}").content.decode()
    assert "宁禾诉路川.txt" in province.client("clerk").get("/papers/").content.decode()
