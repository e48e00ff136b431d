"""The product as a real server process on a free port, with a prepared court and signed-in clients.

Run as a program (``serving.py prepare LOGIN …``) it fills the database and prints a session key for each login;
``serving.py counted`` prints what the database holds.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

TOKEN = "x" * 32


@dataclass
class Server:
    """Started and killed with everything it started: one process group."""

    folder: Path
    root: Path
    port: int = field(default_factory=lambda: free_port())
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "PYTHONPATH": f"{self.root / 'src'}{os.pathsep}{self.root / 'tests'}",
            "HENGJIAN_DATA_DIR": str(self.folder), "DATABASE_URL": "", "PYTHONWARNINGS": "ignore",
        }  # fmt: skip

    def run(self, *arguments: str) -> str:
        """A command of the product on the same data; its output."""
        done = subprocess.run(
            [sys.executable, "-m", "hengjian", *arguments], env=self.environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{arguments}: {done.stdout[-800:]}{done.stderr[-2000:]}"
        return done.stdout

    def script(self, *arguments: str) -> Any:
        done = subprocess.run(
            [sys.executable, __file__, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "hengjian", "serve", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            if self.answers():
                return
            time.sleep(0.1)
        raise AssertionError((self.folder / "server.log").read_text()[-2000:])

    def answers(self) -> bool:
        try:
            with Client(self.port, "", 3) as client:
                return client.get("/accounts/login/") == 200
        except OSError:
            return False

    def kill(self) -> None:
        """SIGKILL to server, its processes and the background worker at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


class Client:
    """Just enough of a browser: a session cookie, a matching token, one connection a request."""

    def __init__(self, port: int, session: str, timeout: float = 40) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        self.session = session

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *exception: object) -> None:
        self.connection.close()

    def get(self, path: str) -> int:
        self.connection.request("GET", path, headers=self._headers())
        answer = self.connection.getresponse()
        answer.read()
        return answer.status

    def post(self, path: str, values: dict[str, str]) -> tuple[int, str]:
        """Status and where the answer sends the browser."""
        body = urlencode({**values, "csrfmiddlewaretoken": TOKEN})
        headers = self._headers() | {"Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST", path, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")

    def _headers(self) -> dict[str, str]:
        return {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "Connection": "close"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepare(number: int) -> list[str]:
    """A court, and ``number`` sessions of its writers."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from support.crowd import made_court

    court = made_court()
    logins = [court.liaison[unit] for unit in court.authors]
    keys = []
    for n in range(number):
        user = court.users[logins[n % len(logins)]]
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        keys.append(session.session_key)
    return keys


def counted() -> dict[str, Any]:
    from django.db import connection

    from hengjian.apps.bulletins.models import Item

    connection.ensure_connection()
    verdict = connection.connection.execute("PRAGMA integrity_check").fetchone()[0]
    return {"items": dict(Item.objects.values_list("client_key", "title")), "count": Item.objects.count(),
            "integrity": verdict}  # fmt: skip


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengjian.web.settings")
    from hengjian.web.setup import prepare_database, start_django

    start_django()
    if sys.argv[1] == "prepare":
        prepare_database()
        json.dump(prepare(int(sys.argv[2])), sys.stdout)
    else:
        json.dump(counted(), sys.stdout)


if __name__ == "__main__":
    main()
