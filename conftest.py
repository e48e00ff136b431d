"""For the whole suite: properties are judged by truth, never by time; helpers are not tests."""

import os

import pytest
from hypothesis import settings

settings.register_profile("hengjian", deadline=None)
settings.load_profile("hengjian")

collect_ignore_glob = ["tests/support/*", "tests/*/record.py"]

LONG = (
    "tests/browser/test_every_page.py",
    "tests/browser/test_figures.py",
    "tests/browser/test_province.py",
    "tests/authz/test_visible.py",
    "tests/authz/test_matrix.py",
    "tests/authz/",
    "tests/concurrency/",
    "tests/durability/",
    "src/hengjian/apps/releases/",
    "src/hengjian/apps/cases/",
)
"""Files that take minutes go first, so that no processor waits at the end for the other to finish one of them."""

ASKING = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long files first. The second run, on PostgreSQL, leaves out what asks no database: the first has said all there
    is to say."""
    items.sort(key=lambda item: _turn(item.nodeid))
    if os.environ.get("HENGJIAN_TESTS") != "database":
        return
    out = [item for item in items if not _asks_a_database(item)]
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if _asks_a_database(item)]


def _asks_a_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db") or item.get_closest_marker("postgres"):
        return True
    return bool(ASKING & set(getattr(item, "fixturenames", ())))


def _turn(nodeid: str) -> int:
    return next((turn for turn, place in enumerate(LONG) if nodeid.startswith(place)), len(LONG))
