"""An office whose regulation knows no points, instructions or grades of faults: its pages lead nowhere else."""

from __future__ import annotations

import pytest

from hengjian.apps.bulletins.models import FaultCase
from hengjian.apps.conftest_bureau import Bureau

pytestmark = pytest.mark.django_db


def test_the_record_of_an_item_offers_only_what_the_regulation_has(bureau: Bureau) -> None:
    item = bureau.filed("gate")
    client = bureau.client("editor")
    page = client.get(f"/bulletins/desk/items/{item.pk}/facts/").content.decode()
    assert "登记采用" in page and "提出差错" in page
    assert "登记批示" not in page and "得分说明" not in page
    assert client.get(f"/bulletins/desk/items/{item.pk}/instruct/").status_code == 404


def test_a_fault_without_grades_is_proposed_by_form(bureau: Bureau) -> None:
    item = bureau.filed("gate", importance="important")
    address = f"/bulletins/desk/items/{item.pk}/fault/"
    client = bureau.client("editor")
    assert 'name="severity"' not in client.get(address).content.decode()
    typed = {"kind": "late", "unit": item.unit_id, "n": 1, "happened_at": "2024-06-05 09:00"}
    answer = client.post(address, typed | {"description": "上报晚于规定时间。"}, follow=True)
    assert FaultCase.objects.get().kind == "late"
    assert "等待认定" in answer.content.decode()
