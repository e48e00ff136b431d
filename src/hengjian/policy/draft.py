"""A pack while it is being read: what was found, where it stands, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from hengjian.base.errors import HengjianError
from hengjian.base.yamlio import Tree, YamlPath
from hengjian.policy.clauses.base import ClauseBase
from hengjian.policy.finding import Finding
from hengjian.policy.model import Article, PackInfo, Param, Reading
from hengjian.policy.pack import Rows


@dataclass(slots=True)
class Source:
    """Where a loaded thing stands."""

    tree: Tree
    path: YamlPath


@dataclass(slots=True)
class Draft:
    """A pack being read. Keys of ``sources``: ``clause:<id>``, ``article:<n>``, ``param:…``, ``reading:…``"""

    folder: Path
    info: PackInfo | None = None
    articles: list[Article] = field(default_factory=list)
    clauses: list[ClauseBase] = field(default_factory=list)
    params: dict[str, Param] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    tables: dict[str, Rows] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    trees: list[Tree] = field(default_factory=list)
    errors: list[HengjianError] = field(default_factory=list)
    # a file that cannot be read leaves holes; what refers into a hole is then no error of its own
    whole: bool = True

    def error(self, key: str, message: str, path: YamlPath = ()) -> None:
        """Add an error at ``path`` inside the thing ``key``."""
        source = self.sources[key]
        source.tree.error(message, (*source.path, *path))
