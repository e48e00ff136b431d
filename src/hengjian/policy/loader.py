"""Read a pack from its folder, strictly: everything wrong is collected and named with file and line."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from hengjian.base.errors import HengjianError, ManyErrors, Place
from hengjian.base.messages import report
from hengjian.base.yamlio import Tree, YamlPath, read_yaml
from hengjian.policy.clauses import KINDS, models
from hengjian.policy.clauses.base import ClauseBase
from hengjian.policy.crosscheck import crosscheck
from hengjian.policy.draft import Draft, Source
from hengjian.policy.find import find_pack
from hengjian.policy.finding import Finding
from hengjian.policy.model import Article, PackInfo, Param, Reading
from hengjian.policy.pack import Pack, Rows

M = TypeVar("M", bound=BaseModel)


def load_pack(pack: str | Path, root: Path | None = None) -> Pack:
    """Load an installed pack by id, or a folder; ManyErrors names everything that is wrong."""
    draft = read_draft(find_pack(pack, root))
    crosscheck(draft)
    errors = [*draft.errors, *(error for tree in draft.trees for error in tree.errors)]
    if errors or draft.info is None:
        raise ManyErrors(sorted(_unique(errors), key=_order))
    return Pack(
        info=draft.info,
        folder=draft.folder,
        articles=tuple(draft.articles),
        written=tuple(draft.clauses),
        params=MappingProxyType(draft.params),
        readings=MappingProxyType(draft.readings),
        findings=tuple(draft.findings),
        tables=MappingProxyType(draft.tables),
        digest=_digest(draft.folder),
    )


def read_draft(folder: Path) -> Draft:
    """Read all files; problems stay in the draft."""
    draft = Draft(folder)
    tree = _tree(draft, folder / "pack.yaml")
    draft.info = _model(PackInfo, tree, (), tree.data)
    _read_articles(draft)
    _read_values(draft)
    _read_readings(draft)
    _read_findings(draft)
    for path in sorted((folder / "clauses").rglob("*.yaml")):
        _read_clauses(draft, path)
    for path in sorted((folder / "tables").glob("*.csv")):
        draft.tables[path.stem] = _read_table(draft, path)
    draft.whole = not any(tree.errors for tree in draft.trees)
    return draft


def _tree(draft: Draft, path: Path) -> Tree:
    tree = read_yaml(path)
    draft.trees.append(tree)
    return tree


def _read_articles(draft: Draft) -> None:
    tree = _tree(draft, draft.folder / "articles.yaml")
    for index, item in _items(tree):
        article = _model(Article, tree, (index,), item)
        if article is None or _taken(draft, f"article:{article.article}", "条", tree, (index, "article")):
            continue
        draft.sources[f"article:{article.article}"] = Source(tree, (index,))
        draft.articles.append(article)


def _read_values(draft: Draft) -> None:
    path = draft.folder / "values.yaml"
    if not path.exists():
        return
    tree = _tree(draft, path)
    for name, item in _entries(tree):
        param = _model(Param, tree, (name,), item)
        if param is not None:
            draft.sources[f"param:{name}"] = Source(tree, (name,))
            draft.params[name] = param


def _read_readings(draft: Draft) -> None:
    path = draft.folder / "readings.yaml"
    if not path.exists():
        return
    tree = _tree(draft, path)
    for index, item in _items(tree):
        reading = _model(Reading, tree, (index,), item)
        if reading is None or _taken(draft, f"reading:{reading.id}", "理解", tree, (index, "id")):
            continue
        draft.sources[f"reading:{reading.id}"] = Source(tree, (index,))
        draft.readings[reading.id] = reading


def _read_findings(draft: Draft) -> None:
    path = draft.folder / "findings.yaml"
    if not path.exists():
        return
    tree = _tree(draft, path)
    for index, item in _items(tree):
        finding = _model(Finding, tree, (index,), item)
        if finding is not None:
            draft.sources[f"finding:{len(draft.findings)}"] = Source(tree, (index,))
            draft.findings.append(finding)


def _read_clauses(draft: Draft, path: Path) -> None:
    tree = _tree(draft, path)
    for index, item in _items(tree):
        model = _clause_model(tree, (index,), item)
        clause = _model(model, tree, (index,), item) if model else None
        if clause is None or _taken(draft, f"clause:{clause.id}", "条款规则", tree, (index, "id")):
            continue
        draft.sources[f"clause:{clause.id}"] = Source(tree, (index,))
        draft.clauses.append(clause)


def _clause_model(tree: Tree, path: YamlPath, item: Any) -> type[ClauseBase] | None:
    if not isinstance(item, dict):
        tree.error("每条规则应写成“键: 值”的形式，请改正。", path)
        return None
    kind = item.get("kind")
    if kind not in models():
        shown = "没有写" if kind is None else f"写成了“{kind}”"
        tree.error(f"规则的 kind {shown}，请写 {'、'.join(KINDS)} 之一。", (*path, "kind"))
        return None
    shapes = models()[kind]
    if "" in shapes:
        return shapes[""]
    shape = item.get("shape")
    if shape not in shapes:
        shown = "没有写" if shape is None else f"写成了“{shape}”"
        tree.error(f"{kind} 规则的 shape {shown}，请写 {'、'.join(shapes)} 之一。", (*path, "shape"))
        return None
    return shapes[shape]


def _taken(draft: Draft, key: str, noun: str, tree: Tree, path: YamlPath) -> bool:
    """Report a second thing of the same name."""
    if key not in draft.sources:
        return False
    first = draft.sources[key]
    name = key.partition(":")[2]
    tree.error(f"{noun}“{name}”重复（{first.tree.place(first.path)} 已有），请改名或删去一处。", path)
    return True


def _items(tree: Tree) -> Iterator[tuple[int, Any]]:
    if isinstance(tree.data, list):
        yield from enumerate(tree.data)
    elif not tree.errors and tree.data is not None:
        tree.error("文件应是一个列表，每项以“- ”开头，请改正。")


def _entries(tree: Tree) -> Iterator[tuple[str, Any]]:
    if isinstance(tree.data, dict):
        yield from tree.data.items()
    elif not tree.errors and tree.data is not None:
        tree.error("文件应写成“名称: 内容”的形式，请改正。")


def _model(model: type[M], tree: Tree, path: YamlPath, data: Any) -> M | None:
    if data is None and tree.errors:
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        report(error, model, tree, path)
        return None


def _read_table(draft: Draft, path: Path) -> Rows:
    rows: list[dict[str, str]] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            if None in row or None in row.values():
                where = Place(str(path), reader.line_num)
                draft.errors.append(
                    HengjianError("这一行的列数与表头不同，请补齐或删去多余的列。", where=where)
                )
                continue
            rows.append(row)
    return tuple(rows)


def _digest(folder: Path) -> str:
    """SHA-256 over every file that has an effect; cases and change notes have none."""
    digest = hashlib.sha256()
    names = ["pack.yaml", "articles.yaml", "readings.yaml", "values.yaml", "findings.yaml"]
    paths = [folder / name for name in names if (folder / name).exists()]
    paths += sorted((folder / "clauses").rglob("*.yaml")) + sorted((folder / "tables").glob("*.csv"))
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _unique(errors: list[HengjianError]) -> list[HengjianError]:
    return list({str(error): error for error in errors}.values())


def _order(error: HengjianError) -> tuple[str, int, str]:
    where = error.where
    return (where.file if where else "", (where.line or 0) if where else 0, error.message)
