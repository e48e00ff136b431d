"""Findings about the text that the pack shows without being told."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.base.articles import ArticleRef
from hengjian.policy.clauses.measure import Measure
from hengjian.policy.lint.row import Row
from hengjian.policy.pack import Pack


def assumed_date(pack: Pack) -> Iterator[Row]:
    """The text does not say from which day it holds."""
    if pack.info.since_assumed:
        day = pack.info.since.isoformat()
        yield Row("date-assumed", "pack.yaml", f"施行日期 {day} 是推定的：{pack.info.since_reason}")


def numbering_gaps(pack: Pack) -> Iterator[Row]:
    """Numbered articles count 1, 2, 3 …"""
    numbers = [int(a.article) for a in pack.articles if a.article.isdigit()]
    for before, after in zip([0, *numbers], numbers, strict=False):
        if after != before + 1:
            where = ArticleRef(str(after)).label
            yield Row("numbering-gap", where, f"条号从 {before} 跳到 {after}，请核对是否漏录或正文编号有误。")


def self_assessment(pack: Pack) -> Iterator[Row]:
    """A lead that is in its own responsible list assesses itself."""
    for measure in pack.clauses_of("measure"):
        for lead in measure.lead:
            if lead in responsible(pack, measure):
                where = "、".join(ArticleRef.parse(ref).label for ref in measure.articles)
                yield Row(
                    "self-assessment",
                    where,
                    f"“{measure.title}”由{lead}牵头，又由其考核自己，请指定他人核验。",
                )


def responsible(pack: Pack, measure: Measure) -> tuple[str, ...]:
    """The units that answer for an indicator, from the clause or its table."""
    if measure.responsible_table is None:
        return measure.responsible
    rows = pack.tables[measure.responsible_table]
    listed = tuple(row["unit"] for row in rows if row.get("indicator") == measure.indicator)
    return (*measure.responsible, *listed)
