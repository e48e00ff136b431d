"""Forms of this app. The acts check again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms

from hengjian.apps.bulletins.models import Fact
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.points import words
from hengjian.apps.points.acts.appeals import Correction
from hengjian.apps.points.whatif import Draft
from hengjian.policy import Pack


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class PrepareForm(forms.Form):
    clause = forms.ChoiceField(label="通报种类")
    period = forms.CharField(
        label="期间", max_length=10, help_text="月通报写 2024-06，季度通报写 2024Q2，年度通报写 2024。"
    )

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(clause.id, clause.title) for clause in pack.clauses_of("notice")]
        self.fields["clause"].choices = choices  # type: ignore[attr-defined]


class NoticeForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="标题", max_length=200)
    remark = forms.CharField(
        label="按语",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="一段一行，可以不写。",
    )


class VersionForm(forms.Form):
    """A verb on a notice: the version seen, and what the verb needs."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(required=False, max_length=300)


class AppealForm(forms.Form):
    client_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="申诉部门")
    text = forms.CharField(
        label="申诉理由",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="写明哪一项数字不对、依据是什么、请求怎样更正。",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("client_key", uuid4().hex)
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=actor.units(Right.APPEAL_FILE))
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if units.count() == 1:
            self.fields["unit"].initial = units.first()


class DecideForm(forms.Form):
    verdict = forms.ChoiceField(
        label="处理", choices=[("upheld", "成立"), ("rejected", "不成立")], widget=forms.RadioSelect
    )
    decision = forms.CharField(label="决定和理由", widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, facts: list[Fact], pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        for fact in facts:
            name = f"fact_{fact.pk}"
            self.fields[name] = forms.ChoiceField(
                label=words.fact_sentence(pack, fact),
                required=False,
                choices=[("", "维持"), ("withdraw", "撤销"), *_corrections(pack, fact)],
            )

    def fact_fields(self) -> list[tuple[Fact, Any]]:
        return [(fact, self[f"fact_{fact.pk}"]) for fact in self.facts]

    def chosen(self) -> tuple[list[int], list[Correction]]:
        """Facts to withdraw, and those to record anew with another value or number."""
        withdraw, corrections = [], []
        for fact in self.facts:
            what = self.cleaned_data.get(f"fact_{fact.pk}", "")
            if what == "withdraw":
                withdraw.append(fact.pk)
            elif what.startswith("value:"):
                corrections.append(Correction(of=fact.pk, value=what.removeprefix("value:")))
            elif what.startswith("n:"):
                corrections.append(Correction(of=fact.pk, n=int(what.removeprefix("n:"))))
        return withdraw, corrections


def _corrections(pack: Pack, fact: Fact) -> list[tuple[str, str]]:
    vocabulary = words.VOCABULARY.get(fact.kind, "severity" if fact.value else "")
    others = [
        (f"value:{key}", f"更正为：{label}")
        for key, label in words.terms(pack, vocabulary)
        if key != fact.value
    ]
    return others + [(f"n:{n}", f"更正为：{n} 处（次）") for n in range(1, fact.n)]


class WhatIfForm(forms.Form):
    """Built from the pack: a field a value, a choice a reading; empty or unchanged means as in force."""

    first = forms.CharField(label="起", max_length=10)
    last = forms.CharField(label="止", max_length=10)

    def __init__(self, *args: Any, pack: Pack, current: dict[str, Decimal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pack, self.current = pack, current
        for name, value in current.items():
            param = pack.params[name]
            self.fields[f"v.{name}"] = forms.DecimalField(
                label=param.title, required=False, max_digits=8, decimal_places=2, initial=value
            )
        for reading in scoring_readings(pack):
            options = [(key, option.title) for key, option in reading.options.items()]
            self.fields[f"r.{reading.id}"] = forms.ChoiceField(
                label=f"{reading.id} {reading.question}",
                required=False,
                choices=options,
                initial=pack.chosen(reading.id),
            )

    def value_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("v.")]

    def reading_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("r.")]

    def draft(self) -> Draft:
        """Only what differs from what is in force."""
        data = self.cleaned_data
        values = {
            name: data[f"v.{name}"]
            for name, value in self.current.items()
            if data.get(f"v.{name}") is not None and data[f"v.{name}"] != value
        }
        readings = {
            r.id: data[f"r.{r.id}"]
            for r in scoring_readings(self.pack)
            if data.get(f"r.{r.id}") and data[f"r.{r.id}"] != self.pack.chosen(r.id)
        }
        return Draft(values, readings)


def scoring_readings(pack: Pack) -> list[Any]:
    """Readings with a choice that would change a points clause."""
    return [
        reading
        for reading in pack.readings.values()
        if len(reading.options) > 1
        and any(path.startswith("points/") for option in reading.options.values() for path in option.set)
    ]
