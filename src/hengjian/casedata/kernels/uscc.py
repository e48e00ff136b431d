"""Unified social credit codes: 18 characters, weights of powers of 3, modulus 31 (GB 32100-2015)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from hengjian.casedata.kernels.buffers import Flags
from hengjian.casedata.kernels.fixed import Bytes, judge

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))

_NONE = 255
_VALUES = np.full(256, _NONE, np.uint8)
_VALUES[np.frombuffer(ALPHABET.encode(), np.uint8)] = np.arange(31, dtype=np.uint8)
_WEIGHTS = np.array(WEIGHTS, np.float32)


def bad_uscc(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Whether a character, the division (six digits) or the check character is wrong.

    >>> bad_uscc(pa.array(["91110000600037341L", "911100006000373411", ""])).to_pylist()
    [False, True, True]
    """
    return judge(values, {18: _good})


def _good(matrix: Bytes) -> Flags:
    places = _VALUES[matrix]
    good: Flags = np.asarray((places != _NONE).all(axis=1))
    good &= (places[:, 2:8] < 10).all(axis=1)
    sums = (places[:, :17].astype(np.float32) @ _WEIGHTS).astype(np.int32)
    good &= places[:, 17] == (31 - sums % 31) % 31
    return good
