"""The versioned case store: tables in DuckLake, every upload and correction a version, nothing overwritten.

>>> from hengjian.casedata.store import Store, Column  # doctest: +SKIP
>>> store = Store.open(folder)  # doctest: +SKIP
"""

from __future__ import annotations

from hengjian.casedata.store.lake import Store
from hengjian.casedata.store.model import Changed, Column, Merged, StoreBusy, StoreError, Version

__all__ = ["Changed", "Column", "Merged", "Store", "StoreBusy", "StoreError", "Version"]
