"""Facts beside a record: what differs, and what is only another way of writing."""

from hengjian.extract.compare.record import COLUMNS, Mismatch, compare, unknown_columns

__all__ = ["COLUMNS", "Mismatch", "compare", "unknown_columns"]
