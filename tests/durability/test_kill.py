"""kill -9 of the whole server under load, five times; and a backup taken while people write."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from support.serving import Client, Server
from support.source import ROOT

pytestmark = pytest.mark.slow
CLIENTS = 8
KILLS = 5


@dataclass
class Load:
    """Writers that never give up: a form is sent again with its key until the server acknowledges it."""

    server: Server
    sessions: list[str]
    acknowledged: dict[str, str] = field(default_factory=dict)
    again: int = 0
    strange: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self, name: str) -> None:
        self.stop.clear()
        self.threads = [
            threading.Thread(target=self._write, args=(f"{name}-{n}", session), daemon=True)
            for n, session in enumerate(self.sessions)
        ]
        for thread in self.threads:
            thread.start()

    def finish(self) -> None:
        """Let every writer see its last form acknowledged."""
        self.stop.set()
        for thread in self.threads:
            thread.join(120)
            assert not thread.is_alive()

    def _write(self, name: str, session: str) -> None:
        n = 0
        while not self.stop.is_set():
            key, n = f"{name}-{n}", n + 1
            while not self._sent(key, session):
                self.again += 1
                time.sleep(0.2)

    def _sent(self, key: str, session: str) -> bool:
        values = {
            "title": f"压力{key}", "body": "第一段写明事实。\n第二段写明做法。", "form": "info", "grade": "internal",
            "category": "experience", "joint": "alone", "client_key": key, "occurred_exact": "on",
        }  # fmt: skip
        try:
            with Client(self.server.port, session) as client:
                status, place = client.post("/bulletins/items/new/", values)
        except OSError:
            return False
        except Exception as broken:  # a torn answer is no acknowledgement
            return not repr(broken)
        if status != 302:
            if status != 503:
                self.strange.append(f"{status} for {key}")
            return False
        self.acknowledged[key] = place
        return True


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, ROOT)
    yield server
    server.kill()


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(server: Server) -> None:
    load = Load(server, server.script("prepare", str(CLIENTS)))
    server.start()
    load.start("kill")
    for n in range(KILLS):
        before = len(load.acknowledged)
        deadline = time.monotonic() + 30
        while len(load.acknowledged) < before + 10 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(load.acknowledged) >= before + 10, f"round {n}: no progress, {load.strange[-3:]}"
        server.kill()
        server.start()
    load.finish()
    server.kill()
    found = server.script("counted")
    assert load.strange == []
    assert set(load.acknowledged) - set(found["items"]) == set()
    assert all(found["items"][key] == f"压力{key}" for key in load.acknowledged)
    assert found["count"] == len(load.acknowledged), "a form sent again made a second item"
    assert load.again > 0, "no form was in the air at any kill: the test proves nothing"
    assert found["integrity"] == "ok"
    assert "审计链完整" in server.run("audit", "verify")


def test_a_backup_under_load_holds_everything_acknowledged_before_it(server: Server, tmp_path: Path) -> None:
    load = Load(server, server.script("prepare", "4"))
    server.start()
    load.start("backup")
    while len(load.acknowledged) < 15:
        time.sleep(0.05)
    before = set(load.acknowledged)
    server.run("backup", str(tmp_path / "backup.tar.gz"))
    load.finish()
    assert set(load.acknowledged) > before, "nothing was written during the backup"
    restored = Server(tmp_path / "restored", ROOT)
    restored.folder.mkdir()
    restored.run("restore", str(tmp_path / "backup.tar.gz"))
    found = restored.script("counted")
    assert before - set(found["items"]) == set()
    assert found["integrity"] == "ok"
    assert "审计链完整" in restored.run("audit", "verify")
    server.kill()
