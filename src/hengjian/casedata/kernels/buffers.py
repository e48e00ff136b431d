"""Numbers and truths between numpy and Arrow by their buffers.

``pa.array`` and ``to_numpy`` do the same after importing pandas wherever it is installed (0.2 s a process).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Flags = npt.NDArray[np.bool_]


def numbers(values: npt.NDArray[Any]) -> pa.Array:
    """Whole numbers of numpy as Arrow, without a copy.

    >>> numbers(np.array([3, 1], np.int32)).to_pylist()
    [3, 1]
    """
    kind = pa.from_numpy_dtype(values.dtype)
    plain = np.ascontiguousarray(values)
    return pa.Array.from_buffers(kind, len(plain), [None, pa.py_buffer(plain)])


def whole(array: pa.Array) -> npt.NDArray[np.int64]:
    """64-bit whole numbers of Arrow as numpy, without a copy; there must be no nulls.

    >>> whole(numbers(np.arange(5))[2:]).tolist()
    [2, 3, 4]
    """
    if array.type != pa.int64() or array.null_count:
        raise TypeError(f"int64 without nulls expected, got {array.type} with {array.null_count}")
    data = array.buffers()[1]
    if data is None or not len(array):
        return np.zeros(0, np.int64)
    return np.frombuffer(data, np.int64, len(array), array.offset * 8)


def texts(values: Sequence[str]) -> pa.Array:
    """Texts as Arrow.

    >>> texts(["立案", "", "a"]).to_pylist()
    ['立案', '', 'a']
    """
    data = [value.encode() for value in values]
    ends = np.cumsum([0, *(len(one) for one in data)], dtype=np.int32)
    return pa.StringArray.from_buffers(len(data), pa.py_buffer(ends), pa.py_buffer(b"".join(data)))


def truths(values: Flags, valid: Flags | None = None) -> pa.Array:
    """Truths of numpy as Arrow; null where not ``valid``.

    >>> truths(np.array([True, False, True]), np.array([True, True, False])).to_pylist()
    [True, False, None]
    """
    known = None if valid is None else _packed(valid)
    return pa.Array.from_buffers(pa.bool_(), len(values), [known, _packed(values)])


def is_true(array: pa.Array) -> Flags:
    """Where an Arrow column of truths is true; null is not.

    >>> is_true(truths(np.array([True, False, True]), np.array([True, True, False]))).tolist()
    [True, False, False]
    """
    known, data = array.buffers()
    found = _unpacked(data, array)
    return found if known is None else found & _unpacked(known, array)


def is_known(array: pa.Array) -> Flags | None:
    """Where a column has a value; None when it has one everywhere.

    >>> is_known(truths(np.array([True, False]), np.array([True, False])))
    array([ True, False])
    """
    known = array.buffers()[0] if array.null_count else None
    return None if known is None else _unpacked(known, array)


def _packed(values: Flags) -> pa.Buffer:
    return pa.py_buffer(np.packbits(values, bitorder="little"))


def _unpacked(bits: pa.Buffer, array: pa.Array) -> Flags:
    first, last = array.offset, array.offset + len(array)
    some = np.frombuffer(bits, np.uint8)[first // 8 : (last + 7) // 8]
    plain = np.unpackbits(some, bitorder="little")[first % 8 : first % 8 + len(array)]
    return plain.view(np.bool_)
