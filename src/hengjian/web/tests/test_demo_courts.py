"""The courts of the demo live every state that statistics, releases, inspections and papers know."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from hengjian.apps.audit.verify import verify
from hengjian.apps.inspections.models import Rectification
from hengjian.apps.releases.models import Release
from hengjian.apps.statistics.scope import scene_of
from hengjian.base.times import to_instant
from hengjian.statistics.spans import Span
from hengjian.web.demo.clockwork import Clockwork, Life
from hengjian.web.demo.offices.province import OFFICE, story_of
from hengjian.web.demo.province import themes
from hengjian.web.demo.province.loading import take_over
from hengjian.web.demo.province.story import Story, at

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = to_instant(datetime(2026, 11, 23, 15))
APPS = ("statistics", "releases", "inspections", "papers")
THEMES = (
    "figures", "surveys", "releases", "uses", "inspections", "rectifying", "responsibility", "papers", "departments",
)  # fmt: skip
ABSENT = {
    ("Doubt", "state", "settled"): "only where a correction is taken back",
    ("Release", "grade", "sensitive"): "nothing is released under it",
}


def books(story: Story) -> Life:
    """The data of the courts month by month, without the daily check."""
    before = None
    for month in story.months:
        moment = at(month.first, 2, 30)
        yield moment
        day = month.first - timedelta(days=1)
        take_over(story.system(moment), story.dataset, story.cases, day, before)
        before = day


def test_every_state_is_lived(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    story = story_of(NOW, 2026, share=0.03)
    clockwork = Clockwork(NOW)
    clockwork.start([books(story)])
    for name in THEMES:
        clockwork.start(import_module(f"{themes.__name__}.{name}").lives(story))
    clockwork.run()
    missing = []
    for model in (model for label in APPS for model in apps.get_app_config(label).get_models()):
        for field in (field for field in model._meta.fields if field.choices):
            there = set(model._default_manager.values_list(field.name, flat=True))
            names = {
                (model.__name__, field.name, str(key)) for key, _ in field.choices or () if key not in there
            }
            missing += sorted(names - set(ABSENT))
    assert missing == []
    assert {login for login, _ in OFFICE.logins} <= set(story.court.users)
    assert Release.objects.filter(state="approved", opens_at__gt=NOW).exists()
    assert Release.objects.filter(state="approved", opens_at__lte=NOW, grade="public").exists()
    assert _hidden(story, "qinglan-yuanzhang") and not _hidden(story, "qinglan-tongji")
    assert Rectification.objects.filter(state="open", due_on__lt=NOW.date()).exists()
    assert Rectification.objects.filter(state="open", extensions__isnull=False).exists()
    assert verify().broken is None


def _hidden(story: Story, login: str) -> bool:
    """Whether the figures of the last full month stand in the tables of the person's own court as 未发布."""
    scene, month = scene_of(story.actor(login, NOW)), Span.parse(str(story.months[1]))
    return scene.hides(story.unit("qinglan").code, month)
