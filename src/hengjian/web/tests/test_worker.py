"""A job that fails is written down with its reason, and cleared when it succeeds again."""

from __future__ import annotations

import pytest

from hengjian.apps.duties.models import JobState
from hengjian.web.worker import Job, run_job

pytestmark = pytest.mark.django_db


def test_a_failing_job_is_recorded_until_it_succeeds():
    def fail(now):
        raise OSError("磁盘满")

    assert not run_job(Job("提醒", 60, fail))
    state = JobState.objects.get(name="提醒")
    assert "磁盘满" in state.error and state.failing_since
    assert run_job(Job("提醒", 60, lambda now: None))
    state.refresh_from_db()
    assert state.error == "" and state.failing_since is None
