"""Facts that depend on one value alone, over whole Arrow columns: ``true`` bad, ``false`` good, null for null.

Written once when a row enters the store (``DERIVED`` names the columns beside it) and read by the daily run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pyarrow as pa

from hengjian.casedata.kernels.case_no import bad_case_no
from hengjian.casedata.kernels.resident import bad_resident_id
from hengjian.casedata.kernels.uscc import bad_uscc

Kernel = Callable[[pa.Array], pa.Array]

KERNELS: Mapping[str, Kernel] = MappingProxyType(
    {"bad_resident_id": bad_resident_id, "bad_uscc": bad_uscc, "bad_case_no": bad_case_no}
)


def derived_name(function: str, column: str) -> str:
    """The name of the stored fact beside ``column``.

    >>> derived_name("bad_uscc", "party_code")
    'party_code__bad_uscc'
    """
    return f"{column}__{function}"


__all__ = ["KERNELS", "Kernel", "bad_case_no", "bad_resident_id", "bad_uscc", "derived_name"]
