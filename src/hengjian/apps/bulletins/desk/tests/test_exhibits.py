"""Evidence of a case without an item: laid down by the office and by the unit, read by who sees the case, never removed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from hengjian.apps.bulletins.desk.acts.exhibit import add_exhibit
from hengjian.apps.bulletins.desk.acts.fault import decide_fault, propose_violation
from hengjian.apps.bulletins.models import Exhibit, FaultCase
from hengjian.apps.conftest_bureau import Bureau
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError


@pytest.fixture
def case(bureau: Bureau, settings: Any, tmp_path: Path) -> FaultCase:
    settings.MEDIA_ROOT = tmp_path
    return propose_violation(
        bureau.actor("editor"), bureau.installation, unit=bureau.unit("gate"), kind="omitted",
        description="6月2日的活动没有报送。", happened_at=bureau.at,
    )  # fmt: skip


def upload(text: str = "县里的简报", name: str = "简报.txt") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, text.encode())}


def test_both_sides_lay_down_papers_and_the_decider_reads_them(bureau: Bureau, case: FaultCase) -> None:
    url = f"/bulletins/faults/{case.pk}/exhibits/"
    assert bureau.client("editor").post(url, upload()).status_code == 302
    assert bureau.client("head").post(url, upload("通话记录", "记录.txt")).status_code == 302
    assert [(e.name, e.by_unit) for e in case.exhibits.all()] == [("简报.txt", False), ("记录.txt", True)]
    president = bureau.client("president")
    page = president.get(f"/bulletins/faults/{case.pk}/").content.decode()
    assert "主管部门提交" in page and "责任部门提交" in page
    paper = case.exhibits.get(by_unit=True)
    answer = president.get(f"/bulletins/faults/exhibits/{paper.pk}/")
    assert b"".join(answer.streaming_content).decode() == "通话记录"  # type: ignore[attr-defined]


def test_the_neighbour_neither_sees_nor_adds(bureau: Bureau, case: FaultCase) -> None:
    bureau.client("editor").post(f"/bulletins/faults/{case.pk}/exhibits/", upload())
    neighbour, paper = bureau.client("river_head"), Exhibit.objects.get()
    assert neighbour.get(f"/bulletins/faults/exhibits/{paper.pk}/").status_code == 404
    assert neighbour.post(f"/bulletins/faults/{case.pk}/exhibits/", upload("x")).status_code == 404
    with pytest.raises(Denied):
        add_exhibit(bureau.actor("president"), case, name="a.txt", content=ContentFile(b"x"))


def test_the_same_paper_is_kept_once_and_a_wrong_file_is_refused(bureau: Bureau, case: FaultCase) -> None:
    editor = bureau.actor("editor")
    for name in ("一.txt", "二.txt"):
        add_exhibit(editor, case, name=name, content=ContentFile("同一份".encode()))
    assert case.exhibits.count() == 1
    with pytest.raises(HengjianError, match="不能上传"):
        add_exhibit(editor, case, name="a.exe", content=ContentFile(b"MZ"))


def test_after_the_decision_nothing_is_added(bureau: Bureau, case: FaultCase) -> None:
    decide_fault(bureau.actor("president"), case, confirmed=False, reason="证据不足")
    with pytest.raises(HengjianError, match="不能再补材料"):
        add_exhibit(bureau.actor("editor"), case, name="a.txt", content=ContentFile("晚了".encode()))
    page = bureau.client("editor").get(f"/bulletins/faults/{case.pk}/").content.decode()
    assert "提交材料" not in page
