"""The installed packs load; what they hold can be asked for."""

from datetime import date

import pytest

from hengjian.base.errors import HengjianError
from hengjian.policy import load_pack, pack_ids


@pytest.mark.parametrize("name", pack_ids())
def test_every_installed_pack_loads(name):
    assert load_pack(name).id == name


def test_a_pack_is_found_by_folder_too():
    assert load_pack(load_pack("longkou").folder).digest == load_pack("longkou").digest


def test_an_unknown_pack_names_the_installed_ones():
    with pytest.raises(HengjianError, match=r"没有制度包“nowhere”.*longkou"):
        load_pack("nowhere")


def test_longkou_states_its_assumed_date():
    info = load_pack("longkou").info
    assert (info.since, info.since_assumed) == (date(2023, 7, 1), True)
    assert "颁布日期" in info.since_reason
