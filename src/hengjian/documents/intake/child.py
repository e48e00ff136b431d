"""Run a reader of foreign files in a child process with hard limits of time and memory.

The child gets the bytes on standard input and answers JSON on standard output; it inherits no environment,
so nothing secret is in reach of a parser that was broken into. Nothing is unpickled on either side.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from hengjian.base.errors import HengjianError

Reader = Callable[[bytes, Mapping[str, Any]], Any]

_START = "from hengjian.documents.intake.child import main; main()"
_MEGABYTE = 1024 * 1024
TOO_MUCH = "这个文件处理起来超出了时间或内存限制，请检查文件是否损坏，或把内容拆成几个较小的文件再上传。"


def in_child(
    func: Reader,
    data: bytes,
    options: Mapping[str, Any] | None = None,
    *,
    seconds: int = 2,
    memory: int = 512 * _MEGABYTE,
) -> Any:
    """Call ``func(data, options)`` in a child and return its result (anything JSON can say).

    ``seconds`` bounds processor time, three times as much bounds waiting; ``memory`` bounds address space in
    bytes. ``func`` must stand at the top of a module. Raises HengjianError with the reader's own message, or
    saying that the limits were exceeded.
    """
    order = {
        "reader": f"{func.__module__}:{func.__qualname__}",
        "options": dict(options or {}),
        "seconds": seconds,
        "memory": memory,
    }
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-c", _START, json.dumps(order)],
            input=data,
            capture_output=True,
            timeout=seconds * 3,
            env=environment,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise HengjianError(TOO_MUCH) from None
    return _answer(done)


def _answer(done: subprocess.CompletedProcess[bytes]) -> Any:
    if done.returncode != 0:
        raise HengjianError(TOO_MUCH)
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise HengjianError(answer["error"])
    return answer["result"]


def main() -> None:
    """The child: set the limits, read, answer."""
    order = json.loads(sys.argv[1])
    _limit(int(order["seconds"]), int(order["memory"]))
    module, _, name = order["reader"].partition(":")
    reader: Reader = getattr(import_module(module), name)
    try:
        answer = {"result": reader(sys.stdin.buffer.read(), order["options"])}
    except HengjianError as error:
        answer = {"error": error.message}
    except (MemoryError, RecursionError):
        answer = {"error": TOO_MUCH}
    sys.stdout.write(json.dumps(answer))


def _limit(seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
