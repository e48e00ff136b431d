"""For the whole suite: properties are judged by truth, never by time; helpers are not tests."""

from hypothesis import settings

settings.register_profile("hengjian", deadline=None)
settings.load_profile("hengjian")

collect_ignore_glob = ["tests/support/*", "tests/*/record.py"]
