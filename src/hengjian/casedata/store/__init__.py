"""The versioned case store: tables in DuckLake, every upload and correction a version, nothing overwritten.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     store = Store.open(Path(folder))
...     store.create("case", [Column("case_id")])
...     store.tables()
['case']
"""

from __future__ import annotations

from hengjian.casedata.store.lake import Store
from hengjian.casedata.store.model import Changed, Column, Merged, StoreBusy, StoreError, Version

__all__ = ["Changed", "Column", "Merged", "Store", "StoreBusy", "StoreError", "Version"]
