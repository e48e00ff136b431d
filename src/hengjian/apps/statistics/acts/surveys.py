"""Surveys: drawn up, opened to the courts asked, answered, closed with a conclusion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.once import known
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.statistics.cases import numbers_of
from hengjian.apps.statistics.models import Survey, SurveyPart
from hengjian.apps.statistics.place import Place, cards_of
from hengjian.apps.statistics.rights import require_office, same_version
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.casedata import sampling
from hengjian.statistics.model import Cell
from hengjian.statistics.spans import Span
from hengjian.statistics.table import cases_of

SAMPLE = "sample"
TYPES = {"数": "number", "文字": "text", "是否": "yes"}


@act("statistics.survey.draft", "拟定统计调查")
def draft_survey(
    actor: Actor,
    place: Place,
    unit: Unit,
    *,
    way: str,
    title: str,
    purpose: str,
    questions: list[dict[str, str]],
    due_on: date,
    client_key: str,
    card: str = "",
    span: str = "",
    share: Decimal | None = None,
    seed: str = "",
    seed_source: str = "",
) -> Survey:
    """Nobody is asked yet. A sample names what it is drawn from, how much of it, and the public seed."""
    require_office(actor, unit)
    again = known(Survey.objects.filter(installation=place.installation), client_key, title=title.strip())
    if again is not None:
        log(again, unit=unit.pk, repeated=True)
        return again
    if not questions:
        raise HengjianError("调查至少要有一个项目。")
    if way == SAMPLE:
        if not (card and span and share and seed.strip() and seed_source.strip()):
            raise HengjianError("抽样调查要写明总体的口径和期间、抽取比例、种子和种子的来源。")
        span = Span.parse(span).text
        if not 0 < share <= 100:
            raise HengjianError("抽取比例应在 0 与 100 之间。")
    row = Survey.objects.create(
        installation=place.installation, unit=unit, way=way, title=title.strip(), purpose=purpose.strip(),
        questions=questions, due_on=due_on, client_key=client_key, made_by=actor.person, made_at=actor.at,
        **({"card": card, "span": span, "share": share, "seed": seed.strip(), "seed_source": seed_source.strip()}
           if way == SAMPLE else {}),
    )  # fmt: skip
    log(row, unit=unit.pk, way=way, questions=questions)
    return row


@act("statistics.survey.open", "开始统计调查")
def open_survey(
    actor: Actor, place: Place, survey: Survey, *, courts: Sequence[Unit], version: int | None = None
) -> Survey:
    """Ask the courts; a sample is drawn now, court by court, and cannot be drawn again."""
    require_office(actor, survey.unit)
    row = _taken(survey, version, Survey.State.DRAFT)
    if row.due_on < to_local(actor.at).date():
        raise HengjianError("截止日期已经过了，请改期后再开始。")
    if not courts:
        raise HengjianError("请选择调查的法院。")
    if row.unit_id != place.installation.unit_id and any(court.pk != row.unit_id for court in courts):
        raise HengjianError("本院只组织本院范围的调查；涉及其他法院的，请报省法院组织。")
    parts = (
        _drawn(place, row, courts) if row.way == SAMPLE else [SurveyPart(survey=row, court=c) for c in courts]
    )
    if not parts:
        raise HengjianError("总体里没有案件，请核对口径和期间。")
    SurveyPart.objects.bulk_create(parts)
    row.state, row.opened_at = Survey.State.OPEN, actor.at
    return _put(actor, row, parts=len(parts))


def _drawn(place: Place, survey: Survey, courts: Sequence[Unit]) -> list[SurveyPart]:
    data, cards = place.data(), cards_of(place.installation)
    survey.data_version, survey.strata = data.version, []
    parts = []
    with data.open() as con:
        held = type(data)(data.store, data.table, data.version, con=con)
        for court in courts:
            keys = cases_of(held, cards, Cell(survey.card, court.code, survey.span), place.groups).all
            share = Decimal(survey.share or 0) / 100
            picked = (
                sampling.draw(((key, court.code) for key in keys), survey.seed, share).keys if keys else ()
            )
            numbers = numbers_of(held, picked)
            survey.strata.append(
                {"court": court.pk, "name": str(court), "population": len(keys), "drawn": len(picked)}
            )
            parts += [
                SurveyPart(survey=survey, court=court, case_id=key, case_no=numbers.get(key, ""))
                for key in picked
            ]
    return parts


@act("statistics.survey.answer", "答复统计调查")
def answer(
    actor: Actor, part: SurveyPart, *, answers: Mapping[str, Any], version: int | None = None
) -> SurveyPart:
    """By the statistics office of the court asked; may be mended until the survey is closed."""
    require_office(actor, part.court)
    row = SurveyPart.objects.select_for_update(of=("self",)).select_related("survey", "court").get(pk=part.pk)
    same_version(row, version)
    if row.survey.state != Survey.State.OPEN:
        raise HengjianError(f"调查{row.survey.get_state_display()}，不能再答复。")
    missing = [q["label"] for q in row.survey.questions if answers.get(q["key"]) in (None, "")]
    if missing:
        raise HengjianError(f"“{missing[0]}”没有填；没有的请填 0 或者“无”。")
    row.answers = {q["key"]: answers[q["key"]] for q in row.survey.questions}
    row.answered_by, row.answered_at = actor.person, actor.at
    row.version += 1
    row.save()
    log(row, unit=row.court_id, answers=row.answers)
    return row


@act("statistics.survey.close", "结束统计调查")
def close_survey(actor: Actor, survey: Survey, *, conclusion: str, version: int | None = None) -> Survey:
    """With what it found; answers missing by then stay missing and are shown so."""
    require_office(actor, survey.unit)
    row = _taken(survey, version, Survey.State.OPEN)
    if not conclusion.strip():
        raise HengjianError("请写明调查的结论。")
    row.state, row.closed_at, row.conclusion = Survey.State.CLOSED, actor.at, conclusion.strip()
    return _put(actor, row, unanswered=row.parts.filter(answered_at=None).count())


def _taken(survey: Survey, version: int | None, state: str) -> Survey:
    row = (
        Survey.objects.select_for_update(of=("self",))
        .select_related("installation", "unit")
        .get(pk=survey.pk)
    )
    same_version(row, version)
    if row.state != state:
        raise HengjianError(f"“{row}”现为“{row.get_state_display()}”，不能这样办理，请刷新。")
    return row


def _put(actor: Actor, row: Survey, **told: Any) -> Survey:
    row.version += 1
    row.save()
    log(row, unit=row.unit_id, state=row.state, **told)
    return row


__all__ = ["SAMPLE", "TYPES", "answer", "close_survey", "draft_survey", "open_survey"]
