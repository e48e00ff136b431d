"""Findings about the text that the pack shows without being told."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.base.articles import ArticleRef
from hengjian.policy.clauses.measure import Measure
from hengjian.policy.lint.row import Row
from hengjian.policy.lint.units import UNITS, expanded
from hengjian.policy.pack import Pack


def assumed_date(pack: Pack) -> Iterator[Row]:
    """The text does not say from which day it holds."""
    if pack.info.since_assumed:
        day = pack.info.since.isoformat()
        yield Row("date-assumed", "pack.yaml", f"施行日期 {day} 是推定的：{pack.info.since_reason}")


def back_dated(pack: Pack) -> Iterator[Row]:
    """The text holds from a day before it was issued."""
    since, known = pack.info.since, pack.info.known_from
    if known is not None and known > since:
        message = (
            f"{known.isoformat()} 印发，却从 {since.isoformat()} 起施行，请核对这期间的事实按哪个文件办理。"
        )
        yield Row("back-dated", "pack.yaml", message)


def numbering_gaps(pack: Pack) -> Iterator[Row]:
    """Numbered articles count 1, 2, 3 …"""
    numbers = [int(a.article) for a in pack.articles if a.article.isdigit()]
    for before, after in zip([0, *numbers], numbers, strict=False):
        if after != before + 1:
            where = ArticleRef(str(after)).label
            yield Row("numbering-gap", where, f"条号从 {before} 跳到 {after}，请核对是否漏录或正文编号有误。")


def self_assessment(pack: Pack) -> Iterator[Row]:
    """A lead that is in its own responsible list assesses itself."""
    for name, measure in _groups(pack).items():
        units = {unit for entry in responsible(pack, measure) for unit in expanded(pack, UNITS, entry)}
        for lead in measure.lead:
            if lead in units:
                message = f"“{name}”由{lead}牵头，又由其考核自己，请指定他人核验。"
                yield Row("self-assessment", _where(measure), message)


def without_formula(pack: Pack) -> Iterator[Row]:
    """An indicator whose numerator or denominator the text does not say."""
    for measure in pack.clauses_of("measure"):
        if not measure.numerator:
            message = f"“{measure.title}”没有写明怎样计算，请先填指标口径卡（分子、分母、时点、剔除范围）。"
            yield Row("no-formula", _where(measure), message)


def without_target(pack: Pack) -> Iterator[Row]:
    """An indicator without a number of its own."""
    for measure in pack.clauses_of("measure"):
        if measure.target.kind == "external":
            source = measure.target.source or "别处"
            message = f"“{measure.title}”的标准由{source}确定，正文没有数字，取得以前不判达标与否。"
            yield Row("external-target", _where(measure), message)
        elif measure.target.kind == "none":
            message = f"“{measure.title}”没有标准，只列数字，不判达标与否。"
            yield Row("no-target", _where(measure), message)


def policy_risk(pack: Pack) -> Iterator[Row]:
    """An indicator that may collide with a later rule of a higher office."""
    for measure in pack.clauses_of("measure"):
        if measure.policy_risk:
            yield Row("policy-risk", _where(measure), f"“{measure.title}”：{measure.policy_risk}")


def _groups(pack: Pack) -> dict[str, Measure]:
    """One measure for each application, with the name people know it by."""
    found: dict[str, Measure] = {}
    for measure in pack.clauses_of("measure"):
        found.setdefault(measure.group or measure.title, measure)
    return found


def _where(measure: Measure) -> str:
    return "、".join(ArticleRef.parse(ref).label for ref in measure.articles)


def responsible(pack: Pack, measure: Measure) -> tuple[str, ...]:
    """The units that answer for an indicator, from the clause or its table."""
    if measure.responsible_table is None:
        return measure.responsible
    rows = pack.tables[measure.responsible_table]
    names = {measure.indicator, measure.group} - {""}
    listed = tuple(row["unit"] for row in rows if row.get("indicator") in names)
    return (*measure.responsible, *listed)


EVERYBODY = frozenset({"department", "court", "unit"})
"""Owners that are units, not posts."""


def held_by_nobody(pack: Pack) -> Iterator[Row]:
    """A duty whose owner is neither a unit nor a post or class the text names: nobody can be asked for it."""
    known = set(EVERYBODY)
    for vocabulary in ("role", "unit_class"):
        if vocabulary in pack.vocabularies:
            known |= {term.key for term in pack.vocabulary(vocabulary)}
    for duty in pack.clauses_of("duty"):
        owner = getattr(duty, "owner", "")
        if owner and owner not in known:
            where = "、".join(ArticleRef.parse(ref).label for ref in duty.articles)
            yield Row("no-owner", where, f"“{duty.title}”没有写明由谁承担（{owner}），建议写明责任岗位。")
