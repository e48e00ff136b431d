"""What a parser that was broken into might try; run in the child by a test."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def burn(data: bytes, options: Mapping[str, Any]) -> None:
    while True:
        pass


def sleep(data: bytes, options: Mapping[str, Any]) -> None:
    time.sleep(60)


def hoard(data: bytes, options: Mapping[str, Any]) -> None:
    bytearray(2_000_000_000)


def surroundings(data: bytes, options: Mapping[str, Any]) -> list[str]:
    return sorted(os.environ)


def scribble(data: bytes, options: Mapping[str, Any]) -> None:
    Path(tempfile.gettempdir(), "hengjian-scribble").write_bytes(b"x" * 100)
