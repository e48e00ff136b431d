"""Which units may be named as partners: departments, or the bureaus and points a regulation appraises."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from hengjian.apps.bulletins.acts.create import create
from hengjian.apps.bulletins.acts.edit import edit
from hengjian.apps.bulletins.drafts import ItemDraft
from hengjian.apps.bulletins.joining import may_join
from hengjian.apps.bulletins.models import Item
from hengjian.apps.conftest import Story
from hengjian.apps.conftest_province import Province
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db
DAY = date(2024, 4, 3)


def joint(province: Province, *partners: str) -> Item:
    units = tuple(province.unit(key) for key in partners)
    draft = ItemDraft(title="两地联合整治", body="正文。", category="dynamic", joint=True, partners=units)
    return create(
        province.actor("city_writer"), installation=province.installation, unit=province.unit("city"),
        draft=draft, client_key=uuid4().hex,
    )  # fmt: skip


def test_bureaus_prisons_and_points_of_a_province_may_write_together(province: Province) -> None:
    names = {unit.name for unit in may_join(province.installation, DAY)}
    assert {"柳川市司法局", "省监狱局", "清岚县司法局", "厅法治调研处", "厅维稳办"} <= names
    assert not {"江岚省司法厅", "厅领导"} & names


def test_the_form_offers_them_and_speaks_of_units(province: Province) -> None:
    page = province.client("city_writer").get("/bulletins/items/new/").content.decode()
    offered = page.split('id="id_partners"')[1].split("id_lead_unit")[0]
    assert "柳川市司法局" in offered and "省监狱局" in offered and "澜州市司法局" not in offered
    assert "多单位合作，有牵头单位" in page and "合作部门" not in page.split("<aside")[0]


def test_an_item_of_two_bureaus_keeps_its_partner_when_that_one_is_abolished(province: Province) -> None:
    item = joint(province, "city2", "point")
    gone = province.unit("city2")
    gone.valid_to = date(2024, 4, 1)
    gone.save()
    assert gone not in may_join(province.installation, DAY)
    assert gone in may_join(province.installation, DAY, item)
    draft = ItemDraft(
        title="改题", body="正文。", category="dynamic", joint=True,
        partners=(province.unit("city2"), province.unit("prison")),
    )  # fmt: skip
    edit(province.actor("city_writer"), item, draft=draft)
    assert [p.unit.name for p in item.partners.all()] == ["柳川市司法局", "省监狱局"]


def test_who_is_not_of_the_house_cannot_be_named(province: Province) -> None:
    with pytest.raises(HengjianError, match="厅领导不在本制度的报送单位里"):
        joint(province, "city2", "leaders")


def test_nor_a_department_of_another_court(story: Story) -> None:
    draft = ItemDraft(title="跨院", category="dynamic", joint=True, partners=(story.unit("other_court"),))
    with pytest.raises(HengjianError, match="不在本制度的报送单位里"):
        create(
            story.actor("writer"), installation=story.installation, unit=story.unit("civil1"), draft=draft,
            client_key=uuid4().hex,
        )  # fmt: skip


def test_a_court_goes_on_to_offer_departments_by_that_name(story: Story) -> None:
    page = story.client("writer").get("/bulletins/items/new/").content.decode()
    assert "多部门合作，有牵头部门" in page
    assert "刑庭" in page.split('id="id_partners"')[1]
