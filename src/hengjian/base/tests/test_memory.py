"""The collector of cycles is off inside and as it was outside, also after an error and when nested."""

from __future__ import annotations

import gc

import pytest

from hengjian.base.memory import uncollected


def test_it_is_on_again_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), uncollected():
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()


def test_the_inner_one_does_not_turn_on_what_the_outer_one_turned_off() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
