"""What can be done about responsibility: on a unit, a record, a review and its lines, a notice."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.urls import reverse

from hengjian.apps.inspections import words
from hengjian.apps.inspections.care import acts, lines
from hengjian.apps.inspections.care.access import (
    keeps,
    records_for,
    reviews_in,
    visible_lines,
    visible_notices,
    visible_records,
    visible_reviews,
    visible_units,
)
from hengjian.apps.inspections.doing import Data, Doing, Thing, no_version
from hengjian.apps.inspections.forms import DoForm, NoteForm, Nothing, PeopleChoice, ReasonForm, area
from hengjian.apps.inspections.models import ReviewLine
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.dates import DayField
from hengjian.base.errors import HengjianError


def installation_over(unit: Unit) -> Installation:
    """The regulation with inspections that governs a unit."""
    for pk in reversed(list(unit.ancestors(include_self=True).values_list("pk", flat=True))):
        found = next((i for i in Installation.objects.filter(unit=pk) if words.inspects(i.pack)), None)
        if found is not None:
            return found
    raise HengjianError(f"{unit}没有适用的监督检查制度。")


class RecordForm(DoForm):
    line = django_forms.ChoiceField(label="事项")
    happened_on = DayField(label="日期")
    text = django_forms.CharField(label="做了什么", max_length=300, widget=area(2))
    attendees = PeopleChoice(
        Person.objects.none(), label="参加人员", required=False, help_text="培训请勾选参加的人员。"
    )
    file = django_forms.FileField(label="佐证", required=False)

    def prepare(self) -> None:
        pack = pack_for(installation_over(self.subject), self.actor.at)
        found = lines.lines_for(self.subject, pack, words.today(self.actor))
        self.choose("line", [(line.key, f"{line.title}（{line.evidence}）") for line in found])
        tree = self.subject.descendants(include_self=True).exclude(kind=Unit.Kind.COURT)
        places = Unit.objects.filter(pk=self.subject.pk) | Unit.objects.filter(pk__in=tree.values("pk"))
        self.offer("attendees", Person.objects.filter(unit__in=places, active=True))


class LineForm(DoForm):
    note = django_forms.CharField(label="依据", required=False, max_length=200, widget=area(2))


class ExamForm(DoForm):
    year = django_forms.IntegerField(label="年度", min_value=2000, max_value=2200)
    text = django_forms.CharField(label="总体情况", max_length=4000, widget=area(6))
    units = django_forms.CharField(label="成绩突出的单位", required=False, max_length=300)
    persons = django_forms.CharField(label="成绩突出的个人", required=False, max_length=300)

    def prepare(self) -> None:
        self.fields["year"].initial = words.today(self.actor).year


def _unit_page(row: Any) -> str:
    return reverse("inspections:duties_of", args=[row.pk])


def _record(actor: Actor, unit: Unit, data: Data) -> Any:
    fields = no_version(data) | {"attendees": list(data.get("attendees") or ())}
    return acts.record_duty(actor, installation_over(unit), unit=unit, **fields)


def _court(unit: Unit) -> bool:
    return unit.kind == Unit.Kind.COURT


def _open_line(actor: Actor, row: ReviewLine) -> bool:
    own = actor.person is not None and row.appointment.person_id == actor.person.pk
    return row.review.closed_at is None and not own and reviews_in(actor, row.review.house)


def _review_page(row: Any) -> str:
    return reverse("inspections:review", args=[row.review_id])


CARE = (
    Thing(
        "unit",
        visible_units,
        _unit_page,
        (
            Doing("record", "登记佐证", RecordForm, _record, lambda a, s: records_for(a, s), "已登记。", primary=True),
            Doing("review", "发起权限复核", Nothing,
                  lambda a, s, d: acts.open_review(a, installation_over(s), house=s),
                  lambda a, s: _court(s) and reviews_in(a, s), "已发起，请逐个岗位复核。",
                  leads=lambda made: reverse("inspections:review", args=[made.pk])),
            Doing("exam", "拟定考核通报", ExamForm,
                  lambda a, s, d: acts.prepare_exam(a, installation_over(s), house=s, **no_version(d)),
                  lambda a, s: _court(s) and keeps(a, s), "已拟定，数据已经固定，核对后送审。",
                  leads=lambda made: reverse("inspections:exam", args=[made.pk])),
        ),
    ),
    Thing(
        "record",
        visible_records,
        lambda row: reverse("inspections:duties_of", args=[row.unit_id]),
        (
            Doing("withdraw", "撤销", ReasonForm, lambda a, s, d: acts.withdraw_duty(a, s, **d),
                  lambda a, s: s.withdrawn_at is None and records_for(a, s.unit), "已撤销。", danger=True),
        ),
    ),
    Thing(
        "review",
        visible_reviews,
        lambda row: reverse("inspections:review", args=[row.pk]),
        (
            Doing("close", "完成复核", NoteForm, lambda a, s, d: acts.close_review(a, s, **d),
                  lambda a, s: s.closed_at is None and reviews_in(a, s.house), "已完成。", primary=True),
        ),
    ),
    Thing(
        "line",
        visible_lines,
        _review_page,
        (
            Doing("keep", "保留", Nothing, lambda a, s, d: acts.decide_line(a, s, decision="keep"), _open_line, "已保留。"),
            Doing("revoke", "应当收回", LineForm,
                  lambda a, s, d: acts.decide_line(a, s, decision="revoke", note=d["note"]), _open_line,
                  "已登记，安全管理员已收到。", danger=True),
        ),
    ),
    Thing(
        "exam",
        visible_notices,
        lambda row: reverse("inspections:exam", args=[row.pk]),
        (
            Doing("submit", "送审", Nothing, lambda a, s, d: acts.submit_exam(a, s, **d),
                  lambda a, s: s.state == "draft" and keeps(a, s.house), "已送审。", primary=True),
        ),
    ),
)  # fmt: skip
