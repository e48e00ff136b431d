"""Everything in the menu of the city opens; what the city has no regulation for is not in it."""

from __future__ import annotations

import pytest

from hengjian.apps.indicators.conftest import City
from hengjian.apps.ui import counts, nav

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["tech", "filing", "below", "president", "civil_staff", "sysadmin"])
def test_every_entry_opens_and_items_are_not_offered(city: City, who: str) -> None:
    counts.forget()
    menu = nav.menu_for(city.actor(who))
    assert "信息" not in dict(menu)
    client = city.client(who)
    for _, entries in menu:
        for entry in entries:
            assert client.get(entry.url).status_code == 200, entry.url
