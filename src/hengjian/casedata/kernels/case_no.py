"""Case numbers of a whole column against the one grammar of :mod:`hengjian.casedata.caseno`."""

from __future__ import annotations

import pyarrow as pa

from hengjian.casedata.caseno import PATTERN
from hengjian.casedata.kernels.fixed import plain_text


def bad_case_no(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Whether structure, year, court code, type or number is wrong.

    >>> bad_case_no(pa.array(["（2023）鲁0102民初1号", "（2023）鲁0102民初01号"])).to_pylist()
    [False, True]
    """
    import pyarrow.compute as pc  # not where DuckDB matches the pattern itself

    return pc.invert(pc.match_substring_regex(plain_text(values), f"\\A(?:{PATTERN})\\z"))
