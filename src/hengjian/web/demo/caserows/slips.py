"""The ways in which an item goes wrong: what is typed, left out or put in the wrong place. One rule should notice each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hengjian.web.demo.caserows.plan import NAT_DAY, Array, Columns

Wrong = Callable[[Columns, Array], None]
Fits = Callable[[Columns], Array]


@dataclass(frozen=True, slots=True)
class Slip:
    """``rule`` should find it. ``on``: the event with which it is entered. ``share``: per thousand fitting cases."""

    rule: str
    on: str
    share: float
    items: tuple[str, ...]
    wrong: Wrong
    fits: Fits


def _is(key: str, *values: str) -> Fits:
    return lambda cells: np.isin(cells[key].astype(object), list(values))


def _has(key: str) -> Fits:
    def there(cells: Columns) -> Array:
        values = cells[key]
        if values.dtype == object:
            return np.array([value is not None for value in values])
        empty: Array = np.isnat(values) if values.dtype.kind == "M" else np.isnan(values)
        return ~empty

    return there


def _both(*parts: Fits) -> Fits:
    return lambda cells: np.logical_and.reduce([part(cells) for part in parts])


def _empty(key: str) -> Wrong:
    def wrong(cells: Columns, at: Array) -> None:
        values = cells[key]
        values[at] = NAT_DAY if values.dtype.kind == "M" else None if values.dtype == object else np.nan

    return wrong


def _say(key: str, text: str | float) -> Wrong:
    def wrong(cells: Columns, at: Array) -> None:
        cells[key][at] = text

    return wrong


def _spell(key: str, change: Callable[[str], str]) -> Wrong:
    def wrong(cells: Columns, at: Array) -> None:
        for row in at:
            if cells[key][row] is not None:
                cells[key][row] = change(str(cells[key][row]))

    return wrong


def _day(key: str, other: str, days: int) -> Wrong:
    """``key`` becomes ``other`` plus so many days."""

    def wrong(cells: Columns, at: Array) -> None:
        cells[key][at] = cells[other][at] + days

    return wrong


def _times(key: str, other: str, factor: float) -> Wrong:
    def wrong(cells: Columns, at: Array) -> None:
        cells[key][at] = cells[other][at] * factor

    return wrong


def _neighbour(cells: Columns, at: Array) -> None:
    """The number of the case before is typed once more."""
    for row in at:
        before = int(cells["serial"][row]) - 1
        year = int(cells["year"][row])
        cells["case_no"][row] = f"（{year}）{cells['court'][row]}{cells['case_type'][row]}{before}号"


def _unmarked(cells: Columns, at: Array) -> None:
    cells["extended_days"][at] = np.nan
    cells["extension_approved_on"][at] = NAT_DAY


def _stuck(cells: Columns, at: Array) -> None:
    """The entry carries the day of a later synchronisation."""
    cells["entered_on"][at] = cells["accepted_on"][at] + 9
    cells["updated_on"][at] = np.maximum(cells["updated_on"][at], cells["entered_on"][at])


def _late_entry(cells: Columns, at: Array) -> None:
    cells["entered_on"][at] = cells["accepted_on"][at] + 6
    cells["updated_on"][at] = np.maximum(cells["updated_on"][at], cells["entered_on"][at])


def _swap(text: str) -> str:
    """Two neighbouring digits change places; where they are equal one becomes another."""
    if text[9] != text[15]:
        return text[:9] + text[15] + text[10:15] + text[9] + text[16:]
    return text[:15] + str((int(text[15]) + 1) % 10) + text[16:]


def _year_less(cells: Columns, at: Array) -> None:
    cells["doc_served_on"][at] = cells["doc_served_on"][at] - 365


NOT_FIRST: Fits = lambda cells: cells["serial"] > 1  # noqa: E731
CIVIL = _is("case_type", "民初")
ENFORCED = _is("case_type", "执")
OUTAGE = Slip("limits/entry-lag", "accepted_on", 0, ("entered_on", "updated_on"), _stuck, CIVIL)


def _one(rule: str, on: str, share: float, item: str, wrong: Wrong, *fits: Fits) -> Slip:
    return Slip(rule, on, share, (item,), wrong, _both(*fits) if fits else _has(item))


KINDS = (
    OUTAGE,
    Slip("limits/entry-lag", "accepted_on", 1.1, ("entered_on", "updated_on"), _late_entry, _has("case_no")),
    _one("numbers/plaintiff-id", "accepted_on", 1.0, "plaintiff_id", _spell("plaintiff_id", _swap), _has("plaintiff_id")),
    _one("numbers/defendant-id", "accepted_on", 0.9, "defendant_id", _spell("defendant_id", _swap), _has("defendant_id")),
    _one("numbers/defendant-phone", "accepted_on", 0.8, "defendant_phone", _spell("defendant_phone", lambda t: t[:-2])),
    _one("numbers/case-no-half-brackets", "accepted_on", 0.25, "case_no",
         _spell("case_no", lambda t: t.replace("（", "(").replace("）", ")"))),
    _one("numbers/case-no-space", "accepted_on", 0.2, "case_no", _spell("case_no", lambda t: t.replace("）", "） "))),
    _one("across/case-no-twice", "accepted_on", 0.12, "case_no", _neighbour, NOT_FIRST, _has("case_no")),
    _one("complete/no-cause", "accepted_on", 0.4, "cause", _empty("cause"), _is("case_kind", "民事", "行政"), _has("cause")),
    _one("complete/no-plaintiff-id", "accepted_on", 1.2, "plaintiff_id", _empty("plaintiff_id"), _is("plaintiff_kind", "自然人")),
    _one("complete/no-phone", "accepted_on", 0.9, "plaintiff_phone", _empty("plaintiff_phone"), CIVIL),
    _one("complete/no-address", "accepted_on", 0.6, "defendant_address", _empty("defendant_address"), CIVIL),
    _one("complete/no-judge", "assigned_on", 0.5, "judge", _empty("judge")),
    _one("complete/no-clerk", "hearing_on", 0.9, "clerk", _empty("clerk")),
    _one("complete/no-procedure", "closed_on", 0.3, "procedure", _empty("procedure"), CIVIL),
    _one("complete/no-charge", "closed_on", 1.5, "charge", _empty("charge"), _is("case_type", "刑初")),
    _one("codes/unknown-cause", "accepted_on", 0.5, "cause", _spell("cause", lambda t: t.removesuffix("纠纷") + "纠纷案"), CIVIL),
    _one("codes/unknown-closing-manner", "closed_on", 0.4, "closing_manner", _say("closing_manner", "调解结案"),
         _is("closing_manner", "调解")),
    _one("codes/doc-kind-word", "closed_on", 0.4, "doc_kind", _say("doc_kind", "民事判决"), _is("doc_kind", "判决书"), CIVIL),
    _one("dates/hearing-before-accepted", "hearing_on", 0.7, "hearing_on", _day("hearing_on", "accepted_on", -7)),
    _one("dates/closed-before-accepted", "closed_on", 0.35, "closed_on", _day("closed_on", "accepted_on", -7)),
    _one("dates/doc-served-before-decided", "doc_served_on", 0.6, "doc_served_on", _year_less),
    _one("dates/archived-before-closed", "archived_on", 0.7, "archived_on", _day("archived_on", "closed_on", -14)),
    _one("dates/served-before-accepted", "served_on", 0.5, "served_on", _day("served_on", "accepted_on", -2)),
    _one("dates/closed-on-weekend", "closed_on", 0.3, "closed_on",
         lambda c, at: c["closed_on"].__setitem__(at, c["closed_on"][at] + 5 - (c["closed_on"][at].astype(int) + 3) % 7),
         CIVIL),
    _one("closing/closed-without-manner", "closed_on", 0.6, "closing_manner", _empty("closing_manner")),
    _one("closing/withdrawal-doc", "closed_on", 1.2, "doc_kind", _say("doc_kind", "决定书"), _is("closing_manner", "准予撤诉")),
    _one("closing/mediation-published", "closed_on", 1.4, "doc_published_on", _day("doc_published_on", "closed_on", 5),
         _is("doc_kind", "调解书")),
    _one("closing/panel-even", "accepted_on", 0.5, "panel_size", _say("panel_size", 2.0), lambda c: c["panel_size"] == 3),
    _one("amounts/fee-paid-over-due", "accepted_on", 0.5, "fee_paid", _times("fee_paid", "fee_due", 10), CIVIL),
    _one("amounts/awarded-over-claim", "closed_on", 0.9, "awarded_amount", _times("awarded_amount", "claim_amount", 10),
         CIVIL, _has("awarded_amount"), _has("claim_amount")),
    Slip("limits/civil-first", "closed_on", 60, ("extended_days", "extension_approved_on"), _unmarked,
         _both(CIVIL, _has("extended_days"), _is("procedure", "普通程序"))),
    _one("limits/extension-unapproved", "extension_approved_on", 40, "extension_approved_on", _empty("extension_approved_on"),
         CIVIL, _has("extended_days")),
    _one("limits/published-late", "doc_published_on", 1.6, "doc_published_on", _day("doc_published_on", "effective_on", 24),
         _has("doc_published_on"), _has("effective_on")),
    _one("limits/file-lag", "file_ready_on", 1.0, "file_ready_on", _day("file_ready_on", "closed_on", 21)),
    _one("limits/filing-seven-days", "accepted_on", 0.8, "received_on", _day("received_on", "accepted_on", -12), CIVIL),
    _one("parties/plaintiff-placeholder", "accepted_on", 0.3, "plaintiff", _say("plaintiff", "待补"), CIVIL),
    _one("parties/defendant-address-short", "accepted_on", 0.5, "defendant_address", _say("defendant_address", "不详"), CIVIL),
    _one("execution/notice-ten-days", "notice_sent_on", 2.2, "notice_sent_on", _day("notice_sent_on", "accepted_on", 16),
         ENFORCED),
    _one("execution/terminated-without-limit", "terminated_on", 3.0, "limited_on", _empty("limited_on"), _has("limited_on")),
    _one("execution/done-but-short", "closed_on", 2.0, "recovered_amount", _times("recovered_amount", "applied_amount", 0.1),
         _is("closing_manner", "执行完毕")),
    _one("execution/no-applied", "accepted_on", 0.8, "applied_amount", _empty("applied_amount"), ENFORCED),
    _one("criminal/probation-shorter", "closed_on", 3.0, "probation_months", _say("probation_months", 1.0),
         _has("probation_months")),
    _one("criminal/no-sentence", "closed_on", 2.0, "sentence_kind", _empty("sentence_kind"), _has("sentence_kind")),
    _one("across/origin-unknown", "accepted_on", 4.0, "origin_case_no",
         _spell("origin_case_no", lambda t: t.replace("号", "97号")), _is("instance", "二审")),
    _one("across/origin-missing", "accepted_on", 3.0, "origin_case_no", _empty("origin_case_no"), _is("instance", "二审")),
)  # fmt: skip
"""What people get wrong, with invented shares of the size such checks find."""
