"""Many foreign files one after another, each read in a fresh child with its own limits.

Starting an interpreter for every message of a full mailbox costs too much. Here one helper process holds the
readers ready and forks for each file: what a file does to its child, by accident or on purpose, ends with it.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from importlib import import_module
from types import TracebackType
from typing import Any, BinaryIO

from hengjian.base.errors import HengjianError
from hengjian.documents.intake.child import TOO_MUCH, Reader, _limit

_MEGABYTE = 1024 * 1024
_START = "from hengjian.documents.intake.nursery import tend; tend()"
_FAILED = json.dumps({"error": TOO_MUCH}).encode()
_PIPE = 65536


class Nursery:
    """Use as a context manager; ``preload`` names modules the readers will need."""

    def __init__(self, preload: Iterable[str] = ()) -> None:
        self._preload = list(preload)
        self._helper: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Nursery:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(
        self,
        func: Reader,
        data: bytes,
        options: Mapping[str, Any] | None = None,
        *,
        seconds: int = 5,
        memory: int = 768 * _MEGABYTE,
    ) -> Any:
        """Like ``in_child``: the result of ``func(data, options)``, or HengjianError with the reader's message."""
        order = {
            "reader": f"{func.__module__}:{func.__qualname__}",
            "options": dict(options or {}),
            "seconds": seconds,
            "memory": memory,
            "size": len(data),
        }
        try:
            answer = json.loads(self._ask(json.dumps(order).encode() + b"\n", data, seconds * 3 + 10))
        except (OSError, EOFError, ValueError):
            self.close()
            raise HengjianError(TOO_MUCH) from None
        if "error" in answer:
            raise HengjianError(answer["error"])
        return answer["result"]

    def close(self) -> None:
        helper, self._helper = self._helper, None
        if helper is None:
            return
        if helper.poll() is None:
            os.killpg(helper.pid, signal.SIGKILL)
        for stream in (helper.stdin, helper.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue
        helper.wait()

    def _ask(self, order: bytes, data: bytes, patience: float) -> bytes:
        helper = self._running()
        assert helper.stdin is not None and helper.stdout is not None
        helper.stdin.write(order)
        helper.stdin.write(data)
        helper.stdin.flush()
        until = time.monotonic() + patience
        length = int.from_bytes(_exactly(helper.stdout, 8, until), "big")
        return _exactly(helper.stdout, length, until)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._helper is None or self._helper.poll() is not None:
            self.close()
            environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8"}
            self._helper = subprocess.Popen(  # noqa: S603 - our own interpreter and program
                [sys.executable, "-c", _START, *self._preload],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )
        return self._helper


def _exactly(stream: BinaryIO | Any, size: int, until: float) -> bytes:
    found = bytearray()
    while len(found) < size:
        ready, _, _ = select.select([stream], [], [], max(until - time.monotonic(), 0))
        piece = os.read(stream.fileno(), min(size - len(found), 1 << 20)) if ready else b""
        if not piece:
            raise EOFError
        found += piece
    return bytes(found)


def tend() -> None:
    """The helper: for each order fork a child, pass on what it says; a dead child is an answer too."""
    for name in sys.argv[1:]:
        import_module(name)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while line := source.readline():
        order = json.loads(line)
        data = source.read(order["size"])
        answer = _answer_of_child(order, data)
        sink.write(len(answer).to_bytes(8, "big") + answer)
        sink.flush()


def _answer_of_child(order: dict[str, Any], data: bytes) -> bytes:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _be_child(writing, order, data)
    os.close(writing)
    said = bytearray()
    until = time.monotonic() + order["seconds"] * 3
    while time.monotonic() < until:
        ready, _, _ = select.select([reading], [], [], max(until - time.monotonic(), 0))
        piece = os.read(reading, _PIPE) if ready else b""
        if not piece:
            break
        said += piece
    else:
        said.clear()
    os.close(reading)
    if not said:
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return bytes(said) if status == 0 and said else _FAILED


def _be_child(writing: int, order: dict[str, Any], data: bytes) -> None:
    """Never returns: whatever happens here ends the child, not the helper."""
    code = 1
    try:
        _limit(int(order["seconds"]), int(order["memory"]))
        module, _, name = order["reader"].partition(":")
        reader: Reader = getattr(import_module(module), name)
        try:
            answer = {"result": reader(data, order["options"])}
        except HengjianError as error:
            answer = {"error": error.message}
        except (MemoryError, RecursionError):
            answer = {"error": TOO_MUCH}
        with open(writing, "wb") as sink:
            sink.write(json.dumps(answer).encode())
        code = 0
    finally:
        os._exit(code)
