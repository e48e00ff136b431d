"""通报: a periodic document made of results, its readers and its day."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from hengjian.base.periods import PeriodKind
from hengjian.policy.clauses.base import ClauseBase, ClauseId, ParamName, Ref, Strict

AudienceKey = Annotated[str, Ref("term", "audience")]
Subject = Literal["units", "persons", "items", "duties", "findings", "indicators", "rules"]


class Section(Strict):
    """One table. Ranks are competition ranks (1, 2, 2, 4) unless ``ties`` says otherwise; ``top`` cuts it.

    ``only``: of duties all departments, or those alone that did not fulfil one (``missed``).
    ``show``: places, only the quarter of the field a unit stands in (``bands``), or neither (``none``).
    """

    key: str
    title: str
    of: Subject
    columns: tuple[str, ...] = Field(min_length=1)
    rank_by: str = ""
    only: Literal["all", "missed"] = "all"
    show: Literal["places", "bands", "none"] = "places"
    ties: Literal["competition", "dense", "ordered"] = "competition"
    top: int | None = Field(default=None, ge=1)
    note: str = ""


class Award(Strict):
    """A commendation proposed from the results."""

    key: str
    title: str
    of: Subject
    excludes_disqualified: bool = False


class Notice(ClauseBase):
    """``due_days``: the last day after the period's end (10 = tenth day); none when the text names none.

    ``publish_items``: whether titles may be printed where outsiders read.
    """

    kind: Literal["notice"]
    per: PeriodKind
    sections: tuple[Section, ...] = Field(min_length=1)
    audience: tuple[AudienceKey, ...] = ()
    approval: ClauseId | None = None
    due_days: int | ParamName | None = None
    letters: bool = False
    portal: bool = False
    publish_items: bool = True
    objection_days: int | ParamName | None = None
    awards: tuple[Award, ...] = ()


MODELS = (Notice,)
