"""One world a module, made once; each test has its own copy of the objects in a savepoint of its own."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from authz.world import World, build
from hengjian.apps.conftest import Story, tell
from hengjian.apps.conftest_bureau import bureau as bureau
from hengjian.apps.conftest_province import province as province
from hengjian.apps.indicators.conftest import city as city
from hengjian.apps.ui import counts

MEMORY = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("files")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder, CACHES=MEMORY),
        transaction.atomic(),
    ):
        yield build(tell())
        transaction.set_rollback(True)


@pytest.fixture
def world(made: World, db: None) -> World:
    counts.forget()
    return deepcopy(made)


@pytest.fixture
def story(world: World) -> Story:
    return world.story
