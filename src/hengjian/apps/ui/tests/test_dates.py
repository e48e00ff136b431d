"""Days and moments are written the same way in every browser, and read the way people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django import forms

from hengjian.apps.ui.dates import DayField, MomentField, read_day, read_moment


class Times(forms.Form):
    day = DayField(label="日期", required=False)
    moment = MomentField(label="时间", required=False)


@pytest.mark.parametrize(
    "text",
    [
        "2024-06-03",
        " 2024-6-3 ",
        "2024/6/3",
        "2024.06.03",
        "2024年6月3日",
        "２０２４－０６－０３",
        "20240603",
    ],
)
def test_a_day_as_people_write_it(text: str) -> None:
    assert read_day(text) == date(2024, 6, 3)


@pytest.mark.parametrize(
    "text",
    ["2024-06-03 09:05", "2024-06-03T09:05", "2024-6-3 9:05", "2024年6月3日9时5分", "2024年6月3日 09：05",
     "202406030905", "2024-06-03 09:05:00", "2024.6.3　9:05"],
)  # fmt: skip
def test_a_moment_as_people_write_it(text: str) -> None:
    assert read_moment(text) == datetime(2024, 6, 3, 9, 5)


@pytest.mark.parametrize(
    "text", ["", "6-3", "06/03/2024", "2024-02-30", "2024-13-01", "明天", "2024-06-03 09:00"]
)
def test_no_day(text: str) -> None:
    with pytest.raises(ValueError):
        read_day(text)


@pytest.mark.parametrize(
    "text", ["", "2024-06-03", "2024-06-03 24:00", "2024-06-03 09:60", "09:00", "2024-06-03 上午"]
)
def test_no_moment(text: str) -> None:
    with pytest.raises(ValueError):
        read_moment(text)


def test_the_input_is_text_and_shows_the_year_first() -> None:
    html = str(Times(initial={"day": date(2024, 6, 3), "moment": datetime(2024, 6, 3, 1, 5, tzinfo=UTC)}))
    assert 'value="2024-06-03"' in html and 'value="2024-06-03 09:05"' in html
    assert html.count('type="text"') == 2 and 'data-pick="datetime-local"' in html


def test_a_moment_becomes_an_instant_of_china_standard_time() -> None:
    form = Times({"day": "2024年6月3日", "moment": "2024-06-03 09:05"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2024, 6, 3)
    assert form.cleaned_data["moment"] == datetime(2024, 6, 3, 1, 5, tzinfo=UTC)


def test_what_was_typed_wrong_stays_and_the_sentence_says_how() -> None:
    form = Times({"day": "06/03/2024", "moment": "昨天"})
    assert not form.is_valid()
    assert "2024-06-03 这样的形式" in form.errors["day"][0] and "15:00" in form.errors["moment"][0]
    assert 'value="06/03/2024"' in str(form)
