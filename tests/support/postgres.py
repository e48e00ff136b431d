"""A throw-away PostgreSQL server on the loopback for the suite: start it, print its URL, stop it.

It need not outlive a power cut, so it waits for no disk; a commit still reaches the system before it is answered.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def find_initdb() -> Path | None:
    """The newest initdb on this machine."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return debian[-1] if debian else (Path(on_path) if on_path else None)


@contextmanager
def server() -> Iterator[str]:
    """Yield a DATABASE_URL of a fresh server; root runs it as the user postgres, as PostgreSQL demands."""
    initdb = find_initdb()
    if initdb is None:
        raise FileNotFoundError("no PostgreSQL server on this machine")
    folder = Path(tempfile.mkdtemp(prefix="hengjian-pg-", dir="/tmp"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")
    data, port = folder / "data", _free_port()

    def run(tool: str, *arguments: str) -> None:
        subprocess.run([*as_user, str(initdb.with_name(tool)), *arguments], check=True, capture_output=True)

    run("initdb", "-D", str(data), "-U", "hengjian", "--auth=trust", "--encoding=UTF8", "--data-checksums")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=120"
    options += " -c fsync=off -c full_page_writes=off"
    run("pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql://hengjian@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
