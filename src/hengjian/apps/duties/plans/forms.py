"""Forms of plans: a year, and a number a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from hengjian.apps.duties.models import PlanRow
from hengjian.apps.org.models import Unit
from hengjian.policy.clauses.duty import QuotaDuty


class YearForm(forms.Form):
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)


class RowsForm(forms.Form):
    """One field a unit and column; empty means that nothing is asked."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        units: Iterable[Unit],
        columns: Mapping[str, QuotaDuty],
        rows: Mapping[int, PlanRow],
        version: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version
        self.units, self.columns = list(units), dict(columns)
        for unit in self.units:
            numbers = rows[unit.pk].numbers if unit.pk in rows else {}
            for column, duty in self.columns.items():
                self.fields[f"{unit.pk}:{column}"] = forms.IntegerField(
                    label=f"{unit} {duty.title}",
                    min_value=0,
                    max_value=999,
                    required=False,
                    initial=numbers.get(column),
                    widget=forms.NumberInput(attrs={"class": "num", "aria-label": f"{unit}：{duty.title}"}),
                )

    def cells(self, unit: Unit) -> list[forms.BoundField]:
        return [self[f"{unit.pk}:{column}"] for column in self.columns]

    def numbers(self) -> dict[int, dict[str, int | None]]:
        return {
            unit.pk: {column: self.cleaned_data[f"{unit.pk}:{column}"] for column in self.columns}
            for unit in self.units
        }
