"""A throw-away IMAP server on the loopback: a real Dovecot with its own folders, run by an ordinary user."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER, PASSWORD = "info@court.invalid", "not-a-secret"
CONFIG = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{folder}/Maildir
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
"""


def find_dovecot() -> str | None:
    return shutil.which("dovecot") or next((p for p in ("/usr/sbin/dovecot",) if Path(p).exists()), None)


class Server:
    """Started and killed at will; the mail stays. ``deliver`` puts a message there as a delivery agent does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self._as_user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
        self._count = 0
        user, uid, gid = _who(bool(self._as_user))
        self._owner = (uid, gid)
        for name in ("run", "state", "home", "Maildir/new", "Maildir/cur", "Maildir/tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        group = subprocess.run(["id", "-gn", user], capture_output=True, text=True, check=True).stdout.strip()
        values = {"folder": folder, "port": self.port, "password": PASSWORD, "user": user, "group": group}
        (folder / "dovecot.conf").write_text(CONFIG.format(uid=uid, gid=gid, **values))
        if self._as_user:
            subprocess.run(["chown", "-R", f"{uid}:{gid}", str(folder)], check=True)

    def start(self) -> None:
        dovecot = find_dovecot()
        assert dovecot is not None
        command = [*self._as_user, dovecot, "-c", str(self.folder / "dovecot.conf")]
        # no pipes: the server would hold them open as long as it lives
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=20)
        for _ in range(200):
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as there:
                    if b"OK" in there.recv(200):
                        return
            except OSError:
                pass
            time.sleep(0.02)
        raise RuntimeError((self.folder / "log").read_text())

    def kill(self) -> None:
        """The hard way: master and all its children at once."""
        master = int((self.folder / "run" / "master.pid").read_text())
        children = subprocess.run(["pgrep", "-P", str(master)], capture_output=True, text=True, check=False)
        for pid in [master, *map(int, children.stdout.split())]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        while _alive(master):
            time.sleep(0.01)
        (self.folder / "run" / "master.pid").unlink(missing_ok=True)

    def deliver(self, data: bytes) -> None:
        self._count += 1
        name = f"{int(time.time())}.{self._count:06}.test"
        path = self.folder / "Maildir" / "tmp" / name
        path.write_bytes(data)
        if self._as_user:
            os.chown(path, *self._owner)
        path.rename(self.folder / "Maildir" / "new" / name)


@contextmanager
def server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="hengjian-imap-", dir="/tmp"))
    folder.chmod(0o755)
    made = Server(folder)
    made.start()
    try:
        yield made
    finally:
        if (folder / "run" / "master.pid").exists():
            made.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _who(root: bool) -> tuple[str, int, int]:
    import pwd

    found = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
    return found.pw_name, found.pw_uid, found.pw_gid


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
