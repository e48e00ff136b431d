"""Who masters the systems his post needs: listed by the unit, told with day and proof, withdrawn when wrong."""

from __future__ import annotations

from datetime import date

import pytest

from hengjian.apps.desk.acts.skills import record_skill, require_systems, withdraw_skill
from hengjian.apps.desk.models import RequiredSystem, Skill
from hengjian.apps.desk.skills import Board, board
from hengjian.apps.indicators.conftest import City
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db
DAY = date(2022, 9, 1)


def listed(city: City, *systems: str, by: str = "civil") -> None:
    place = city.installation
    require_systems(
        city.actor(by), place, unit=city.units["民一庭"], systems=systems or ("网上开庭", "文书纠错")
    )


def told(city: City, who: str = "civil_staff", *, by: str = "civil", **more: object) -> list[Skill]:
    fields = {"system": "网上开庭", "way": "tested", "happened_on": DAY, "note": "上机考核 92 分"} | more
    return record_skill(
        city.actor(by), city.installation, unit=city.units["民一庭"], people=[city.people[who]], **fields
    )  # type: ignore[arg-type]


def civil(city: City) -> Board:
    return board(city.scene(), city.units["民一庭"])


def test_everybody_of_the_unit_needs_every_system(city: City) -> None:
    listed(city)
    assert (civil(city).needed, civil(city).missing) == (4, 4)
    told(city)
    assert (civil(city).there, civil(city).missing) == (1, 3)


def test_a_later_entry_of_the_same_person_counts_once(city: City) -> None:
    listed(city)
    told(city)
    told(city, way="observed", happened_on=date(2022, 9, 3))
    found = dict(next(row for person, row in civil(city).rows if person == city.people["civil_staff"]))
    assert civil(city).there == 1 and found["网上开庭"] is not None and found["网上开庭"].way == "observed"


def test_what_leaves_the_list_stays_on_record(city: City) -> None:
    listed(city)
    listed(city, "网上开庭")
    assert civil(city).systems == ("网上开庭",)
    assert RequiredSystem.objects.get(system="文书纠错").ended_at is not None


def test_a_withdrawn_entry_no_longer_counts(city: City) -> None:
    listed(city)
    (made,) = told(city)
    withdraw_skill(city.actor("civil"), made, reason="登错了人")
    assert civil(city).there == 0
    with pytest.raises(HengjianError, match="已经撤销过"):
        withdraw_skill(city.actor("civil"), made, reason="再次")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"system": "网上阅卷"}, "不在本单位必需的系统里"),
        ({"way": "guessed"}, "请选择认定的方式"),
        ({"happened_on": date(2022, 9, 6)}, "日期晚于今天"),
        ({"note": " "}, "请写明依据"),
        ({"who": "criminal"}, "请从本单位人员里选择"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(city: City, more: dict[str, object], sentence: str) -> None:
    listed(city)
    with pytest.raises(HengjianError, match=sentence):
        told(city, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["civil_staff", "criminal", "below_clerk", "leader"])
def test_only_the_unit_and_the_office_keep_the_register(city: City, who: str) -> None:
    with pytest.raises(Denied):
        listed(city, by=who)
    listed(city, by="tech")
    with pytest.raises(Denied):
        told(city, by=who)


def test_the_page_shows_its_own_unit_and_takes_entries(city: City) -> None:
    head, unit = city.client("civil"), city.units["民一庭"].pk
    assert head.post(f"/desk/skills/{unit}/require/", {"systems": "网上开庭\n文书纠错"}).status_code == 302
    form = {
        "system": "网上开庭", "people": [city.people["civil_staff"].pk], "way": "trained",
        "happened_on": "2022-09-01", "note": "九月培训",
    }  # fmt: skip
    assert head.post(f"/desk/skills/{unit}/record/", form).status_code == 302
    page = city.client("civil_staff").get("/desk/skills/").content.decode()
    assert "九月培训" in page and "培训合格" in page and "撤销" not in page
    assert head.post(f"/desk/skills/{unit}/record/", form | {"note": ""}).status_code == 422
    assert head.get(f"/desk/skills/?unit={city.units['刑一庭'].pk}").status_code == 404
    assert city.client("leader").get(f"/desk/skills/?unit={unit}").status_code == 200
    assert head.get("/desk/skills/export/").status_code == 200
    made = Skill.objects.get()
    assert head.post(f"/desk/skills/entry/{made.pk}/withdraw/", {"text": "登错"}).status_code == 302


def test_the_api_does_the_same(city: City) -> None:
    head, unit = city.client("civil"), city.units["民一庭"].pk
    kind = "application/json"
    done = head.post(f"/api/desk/skills/{unit}/required", {"systems": ["网上开庭"]}, content_type=kind)
    assert done.json() == ["网上开庭"]
    body = {
        "system": "网上开庭", "people": [city.people["civil"].pk], "way": "tested", "happened_on": "2022-09-01",
        "note": "95 分",
    }  # fmt: skip
    (made,) = head.post(f"/api/desk/skills/{unit}", body, content_type=kind).json()
    told = head.get(f"/api/desk/skills/{unit}").json()
    assert (told["needed"], told["there"]) == (2, 1)
    gone = head.post(f"/api/desk/skills/entries/{made['id']}/withdraw", {"reason": "登错"}, content_type=kind)
    assert (
        gone.status_code == 200 and city.client("criminal").get(f"/api/desk/skills/{unit}").status_code == 404
    )
