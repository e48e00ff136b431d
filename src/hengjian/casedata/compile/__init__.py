"""Rules to SQL: one query, one scan, one bit a rule in masks of at most 62 bits."""

from hengjian.casedata.compile.dialects import DIALECTS, Dialect
from hengjian.casedata.compile.plan import Plan, Schema, resolve

__all__ = ["DIALECTS", "Dialect", "Plan", "Schema", "resolve"]
