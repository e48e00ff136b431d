"""The settings as an installation behind HTTPS has them, and the walls around the unit tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest
from pytest_socket import SocketConnectBlockedError

from support.source import ROOT


def manage(tmp_path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "src"), "HENGJIAN_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "hengjian.web.settings", "DATABASE_URL": "", **variables,
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "django", *arguments],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_deployment_check_finds_nothing_behind_https(tmp_path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", HENGJIAN_HTTPS="1")
    assert done.returncode == 0, done.stderr
    assert "0 silenced" in done.stdout + done.stderr


def test_deployment_check_would_find_debug_mode(tmp_path) -> None:
    done = manage(
        tmp_path, "check", "--deploy", "--fail-level", "WARNING", HENGJIAN_HTTPS="1", HENGJIAN_DEBUG="1"
    )
    assert done.returncode != 0
    assert "security.W018" in done.stderr


def test_secret_key_is_made_once_for_the_owner_only(tmp_path) -> None:
    assert manage(tmp_path, "check").returncode == 0
    key = tmp_path / "secret_key"
    assert key.stat().st_mode & 0o777 == 0o600
    first = key.read_text()
    assert manage(tmp_path, "check").returncode == 0
    assert key.read_text() == first and len(first) >= 50


def test_unit_tests_cannot_reach_the_network() -> None:
    with socket.socket() as probe, pytest.raises((SocketConnectBlockedError, UserWarning)):
        probe.settimeout(1)
        probe.connect(("192.0.2.1", 80))
