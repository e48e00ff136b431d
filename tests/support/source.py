"""The repository as text and as syntax trees, for the rules about it."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "hengjian"


@dataclass(frozen=True)
class Module:
    """A Python file of the product with its tree; ``name`` is its path below src/hengjian."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def strings(self) -> Iterator[tuple[int, str]]:
        """Line and text of every string that is not a docstring."""
        tree = self.tree
        prose = {id(found) for node in ast.walk(tree) if (found := _docstring(node)) is not None}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
                yield node.lineno, node.value


def _docstring(node: ast.AST) -> ast.Constant | None:
    if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    first = node.body[0] if node.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return first.value
    return None


@cache
def product() -> tuple[Module, ...]:
    """All Python files of the product, tests and migrations left out."""
    paths = sorted(p for p in SRC.rglob("*.py") if not {"tests", "migrations"} & set(p.parts))
    return tuple(Module(str(p.relative_to(SRC)), p.read_text(encoding="utf-8")) for p in paths)


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file under version control (or, in an archive without git, every file but the obvious rest)."""
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return tuple(ROOT / line for line in done.stdout.splitlines() if (ROOT / line).is_file())
    skipped = {".venv", "var", ".git", "node_modules", "__pycache__"}
    return tuple(p for p in ROOT.rglob("*") if p.is_file() and not skipped & set(p.parts))


def dotted(node: ast.expr) -> str:
    """``a.b.c`` of a call's function, as written."""
    return ast.unparse(node)
