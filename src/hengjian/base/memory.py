"""Loading much at once without the collector of cycles looking at every row again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Rows that hang in no cycle are made inside; the collector is on again afterwards, if it was on before.

    Several threads may be inside at once: whoever found it on turns it on.

    >>> with uncollected():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
