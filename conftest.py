"""For the whole suite: properties are judged by truth, never by time; helpers are not tests."""

import os

import pytest
from hypothesis import settings

settings.register_profile("hengjian", deadline=None)
settings.load_profile("hengjian")

collect_ignore_glob = ["tests/support/*", "tests/*/record.py"]

ASKING = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The second run, on PostgreSQL, leaves out what asks no database: the first has said all there is to say."""
    if os.environ.get("HENGJIAN_TESTS") != "database":
        return
    out = [item for item in items if not _asks_a_database(item)]
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if _asks_a_database(item)]


def _asks_a_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db") or item.get_closest_marker("postgres"):
        return True
    return bool(ASKING & set(getattr(item, "fixturenames", ())))
