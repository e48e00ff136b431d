"""Resident ids: 18 characters with check digit (GB 11643-1999), or the 15 digits issued before."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from hengjian.casedata.facts import province_codes
from hengjian.casedata.kernels.buffers import Flags
from hengjian.casedata.kernels.fixed import Bytes, Numbers, judge

WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
CHECK = "10X98765432"
FIRST_YEAR, LAST_YEAR = 1800, 2099

_WEIGHTS = np.array(WEIGHTS, np.float32)
_CHECK = np.frombuffer(CHECK.encode(), np.uint8)
_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, *[0] * 87], np.uint8)
_PROVINCES = np.zeros(256, np.bool_)
_PROVINCES[[int(code) for code in province_codes()]] = True


def bad_resident_id(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Whether structure, province, date of birth or check digit is wrong; ``X`` must be a capital.

    >>> bad_resident_id(pa.array(["11010519491231002X", "11010519491231002x", "110105491231002", None]))
    <pyarrow.lib.BooleanArray object at ...>
    [
      false,
      true,
      false,
      null
    ]
    """
    return judge(values, {18: _eighteen, 15: _fifteen})


def _eighteen(matrix: Bytes) -> Flags:
    digits = matrix[:, :17] - np.uint8(48)  # wraps below "0", so one comparison tells digits
    good: Flags = np.asarray((digits < 10).all(axis=1))
    sums = (digits.astype(np.float32) @ _WEIGHTS).astype(np.int32)
    good &= matrix[:, 17] == _CHECK[sums % 11]
    year = _pair(digits, 6).astype(np.int32) * 100 + _pair(digits, 8)
    good &= (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    return good & _dates(year, _pair(digits, 10), _pair(digits, 12)) & _PROVINCES[_pair(digits, 0)]


def _fifteen(matrix: Bytes) -> Flags:
    digits = matrix - np.uint8(48)
    good: Flags = np.asarray((digits < 10).all(axis=1))
    year = 1900 + _pair(digits, 6).astype(np.int32)
    return good & _dates(year, _pair(digits, 8), _pair(digits, 10)) & _PROVINCES[_pair(digits, 0)]


def _pair(digits: Bytes, place: int) -> Bytes:
    """Two digits as a number; nonsense (but no error) where they are no digits."""
    return digits[:, place] * np.uint8(10) + digits[:, place + 1]


def _dates(year: Numbers, month: Bytes, day: Bytes) -> Flags:
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    longest = _DAYS[np.minimum(month, 99)] - ((month == 2) & ~leap)
    inside: Flags = (day >= 1) & (day <= longest)
    return inside
