"""A line of a release before it is a cell: typed in, out of a table, or computed by the statistics office."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from hengjian.apps.org.models import Unit
from hengjian.apps.releases.models import Cell, Figure, Release
from hengjian.base.errors import HengjianError, ManyErrors, Place
from hengjian.figures.spans import Span
from hengjian.figures.words import core

HEADS = (
    "概念",
    "法院",
    "期间",
    "数值",
    "计量单位",
    "口径",
    "维度",
    "别称",
    "口径版本",
    "数据版本",
    "来源",
    "范围",
)
NEEDED = HEADS[:5]
REACH = ("本院", "含所辖法院")
_DIM = re.compile(r"\s*([^=＝:：;；]+)\s*[=＝:：]\s*([^;；]+)\s*")


@dataclass(frozen=True)
class Line:
    name: str
    court: Unit
    span: Span
    written: str
    measure: str
    source: str
    concept: str = ""
    definition: str = ""
    dims: dict[str, str] = field(default_factory=dict)
    aliases: str = ""
    card_version: str = ""
    data_version: str = ""
    whole: bool = False
    replaces: Figure | None = None

    def named(self, concepts: Mapping[str, str], items: Mapping[str, str]) -> Line:
        """With the keys of the definition card and of the items that go by these names, so that one concept is one."""
        key = self.concept or concepts.get(self.name) or concepts.get(core(self.name)) or self.name
        dims = {items.get(name, name): value for name, value in self.dims.items()}
        return replace(self, concept=key, dims=dims)

    def cell(self, release: Release, position: int) -> Cell:
        return Cell(
            release=release,
            position=position,
            concept=self.concept or self.name,
            name=self.name,
            aliases=self.aliases,
            card_version=self.card_version,
            definition=self.definition,
            court=self.court,
            first=self.span.first,
            end=self.span.end,
            whole=self.whole,
            dims=self.dims,
            value=number(self.written),
            written=self.written,
            measure=self.measure,
            data_version=self.data_version,
            source=self.source,
            replaces=self.replaces,
        )


def number(text: str) -> Decimal:
    """The number as written, thousands commas allowed.

    >>> number("12,034"), number("98.50%")
    (Decimal('12034'), Decimal('98.50'))
    """
    plain = normalize("NFKC", text).strip().replace(",", "").removesuffix("%")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise HengjianError(f"“{text}”不是数，请更正。") from None
    exponent = found.as_tuple().exponent
    if not found.is_finite() or abs(found) >= 10**20 or (isinstance(exponent, int) and exponent < -6):
        raise HengjianError(f"“{text}”太大或者小数太长（最多六位），请更正。")
    return found


def dims_of(text: str) -> dict[str, str]:
    """``案件类型=民事；审级=一审``.

    >>> dims_of("案件类型=民事；审级：一审")
    {'案件类型': '民事', '审级': '一审'}
    """
    found = {}
    for part in filter(None, re.split(r"[;；]", text)):
        match = _DIM.fullmatch(part)
        if not match:
            raise HengjianError(f"维度“{part.strip()}”请写成 名称=内容，多个用分号隔开。")
        found[match[1].strip()] = match[2].strip()
    return found


def court_named(text: str, courts: Iterable[Unit]) -> Unit | None:
    wanted = text.strip()
    for unit in courts:
        if wanted in (unit.name, unit.short_name, unit.code):
            return unit
    return None


def line_of(said: dict[str, str], courts: Sequence[Unit], source: str) -> Line:
    """One row under the heads of ``HEADS``."""
    missing = [head for head in NEEDED if not said.get(head, "").strip()]
    if missing:
        raise HengjianError(f"缺少{'、'.join(missing)}，请补上。")
    court = court_named(said["法院"], courts)
    if court is None:
        raise HengjianError(f"没有“{said['法院']}”这个法院，请写全称、简称或者编码。")
    written = normalize("NFKC", said["数值"]).strip()
    number(written)
    given = said.get("来源", "").strip() or source.strip()
    if not given:
        raise HengjianError("请写明来源（哪份表、哪个系统、什么时候）。")
    reach = said.get("范围", "").strip()
    if reach not in ("", *REACH):
        raise HengjianError(f"范围请写{'或者'.join(REACH)}。")
    return Line(
        whole=reach == REACH[1],
        name=said["概念"].strip()[:80],
        court=court,
        span=Span.parse(normalize("NFKC", said["期间"])),
        written=written[:30],
        measure=said["计量单位"].strip()[:20],
        source=given[:200],
        definition=said.get("口径", "").strip()[:1000],
        dims=dims_of(said.get("维度", "")),
        aliases=said.get("别称", "").strip()[:200],
        card_version=said.get("口径版本", "").strip()[:40],
        data_version=said.get("数据版本", "").strip()[:80],
    )


def lines_of_table(rows: Sequence[Sequence[object]], courts: Sequence[Unit], source: str) -> list[Line]:
    """All rows under a head row; every fault is named with its row."""
    if not rows:
        raise HengjianError("表格是空的，请检查。")
    heads = [_text(cell) for cell in rows[0]]
    absent = [head for head in NEEDED if head not in heads]
    if absent:
        raise HengjianError(f"第一行要有列名：{'、'.join(NEEDED)}；缺少{'、'.join(absent)}。")
    errors: list[HengjianError] = []
    found: list[Line] = []
    for n, row in enumerate(rows[1:], 2):
        said = {head: _text(cell) for head, cell in zip(heads, row, strict=False)}
        if not any(said.values()):
            continue
        try:
            found.append(line_of(said, courts, source))
        except HengjianError as error:
            errors.append(HengjianError(error.message, where=Place("表格", line=n)))
    if errors:
        raise ManyErrors(errors)
    return found


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
