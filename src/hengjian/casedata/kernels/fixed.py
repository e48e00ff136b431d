"""Text columns as matrices of bytes: rows of one width side by side, in blocks that stay in the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hengjian.casedata.kernels.buffers import Flags, is_known, truths

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int32]
BLOCK = 16_384


def plain_text(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """One chunk of type string; dictionaries are unpacked, large strings become strings."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
        if isinstance(values, pa.ChunkedArray):  # several chunks past 2 GB
            values = pa.concat_arrays(values.chunks)
    return values if pa.types.is_string(values.type) else values.cast(pa.string())


def judge(values: pa.Array | pa.ChunkedArray, good: dict[int, Callable[[Bytes], Flags]]) -> pa.Array:
    """Apply ``good[width]`` to the rows of ``width`` bytes; any other width is bad.

    Shape: one boolean a row, true = bad, null where the value is null.
    """
    array = plain_text(values)
    bad = np.ones(len(array), np.bool_)
    for start, offsets, data in _blocks(array):
        widths = np.diff(offsets)
        for width, is_good in good.items():
            rows = np.flatnonzero(widths == width)
            if len(rows):
                matrix = _matrix(data, offsets, rows, width)
                bad[start + rows] = ~is_good(matrix)
    return truths(bad, is_known(array))


def _blocks(array: pa.Array) -> Iterator[tuple[int, npt.NDArray[np.int32], Bytes]]:
    _, offsets_buffer, data_buffer = array.buffers()
    if not len(array) or data_buffer is None:
        return
    offsets = np.frombuffer(offsets_buffer, np.int32, len(array) + 1, array.offset * 4)
    data = np.frombuffer(data_buffer, np.uint8)
    for start in range(0, len(array), BLOCK):
        yield start, offsets[start : start + BLOCK + 1], data


def _matrix(data: Bytes, offsets: npt.NDArray[np.int32], rows: npt.NDArray[np.int64], width: int) -> Bytes:
    if len(rows) == len(offsets) - 1:  # all of one width lie one after another
        return data[offsets[0] : offsets[-1]].reshape(-1, width)
    matrix: Bytes = data[offsets[rows][:, None] + np.arange(width, dtype=np.int32)]
    return matrix
