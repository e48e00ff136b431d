"""The regulation as data: pack model, strict loader, as-of resolution, readings, coverage, lint, diff.

>>> pack = load_pack("longkou")
>>> pack.article("24.2").article
'24'
"""

from hengjian.policy.clauses.base import ClauseBase
from hengjian.policy.clauses.definition import Definition, Term
from hengjian.policy.find import find_pack, pack_ids, packs_root
from hengjian.policy.loader import load_pack
from hengjian.policy.model import Article, DatedValue, Option, PackInfo, Param, Reading
from hengjian.policy.pack import Pack
from hengjian.policy.values import read_value_tables, value_rows

__all__ = [
    "Article",
    "ClauseBase",
    "DatedValue",
    "Definition",
    "Option",
    "Pack",
    "PackInfo",
    "Param",
    "Reading",
    "Term",
    "find_pack",
    "load_pack",
    "pack_ids",
    "packs_root",
    "read_value_tables",
    "value_rows",
]
