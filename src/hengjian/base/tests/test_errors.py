"""An error is one sentence with its place."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import hengjian.base
import hengjian.policy
from hengjian.base.errors import HengjianError, ManyErrors, Place

MODULES = [
    name
    for package in (hengjian.base, hengjian.policy)
    for _, name, _ in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if ".tests" not in name
]


def test_an_error_begins_with_its_place():
    error = HengjianError("缺少牵头部门，请填写。", where=Place("items.csv", 7, "lead"), article="24")
    assert str(error) == "items.csv:7 [lead]: 缺少牵头部门，请填写。"
    assert (error.message, error.article) == ("缺少牵头部门，请填写。", "24")


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("a"), "a"),
        (Place("a", 3), "a:3"),
        (Place("a", 3, 5), "a:3:5"),
        (Place("a", column="x"), "a [x]"),
    ],
)
def test_places(place, text):
    assert str(place) == text


def test_many_errors_are_one_a_line():
    many = ManyErrors([HengjianError("一。"), HengjianError("二。", where=Place("a", 1))])
    assert str(many) == "一。\na:1: 二。"


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name):
    assert doctest.testmod(import_module(name)).failed == 0
