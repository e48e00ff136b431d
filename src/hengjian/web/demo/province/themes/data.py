"""The nightly interface and the daily check; courts that send files of their own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from hengjian.apps.cases import checking
from hengjian.apps.cases.acts.upload import receive, take_in
from hengjian.apps.cases.dictionary import items
from hengjian.base.times import to_local
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.province.loading import take_over
from hengjian.web.demo.province.story import Story, at, workday


def lives(story: Story) -> Iterable[Life]:
    yield nightly(story)
    yield sends_file(story, "qinglan", workday(story.months[1].first + timedelta(days=11)))
    yield broken_file(story, "yunshan")
    yield waiting_file(story, "qinglan")


def nightly(story: Story) -> Life:
    """Taken over on the first day of the story, then at the start of every month, and last night."""
    last = to_local(story.until - timedelta(hours=5)).date()
    days = sorted({*(month.first for month in story.months), last})
    before: date | None = None
    for day in days:
        yield at(day, 2, 30)
        take_over(story.system(at(day, 2, 30)), story.dataset, story.cases, day - timedelta(days=1), before)
        yield at(day, 4)
        checking.run(story.system(at(day, 4)), story.fresh())
        before = day - timedelta(days=1)


def sends_file(story: Story, key: str, day: date) -> Life:
    """A statistician sends what changed in the last ten days; two rows come back."""
    yield at(day, 9, 20)
    actor = story.actor(f"{key}-tongji", at(day, 9, 20))
    data = file_of(story, key, day - timedelta(days=1), spoil=True)
    row = receive(actor, story.fresh(), story.unit(key), name=f"{story.unit(key)}{day:%m%d}.csv", data=data)
    yield at(day, 9, 31)
    take_in(story.actor(f"{key}-tongji", at(day, 9, 31)), row, columns=row.columns)


def waiting_file(story: Story, key: str) -> Life:
    """Sent an hour ago, the columns not yet confirmed."""
    moment = story.until - timedelta(hours=1)
    yield moment
    day = to_local(moment).date()
    data = file_of(story, key, day - timedelta(days=1), spoil=True)
    actor = story.actor(f"{key}-tongji", moment)
    receive(actor, story.fresh(), story.unit(key), name=f"{story.unit(key)}{day:%m%d}.csv", data=data)


def broken_file(story: Story, key: str) -> Life:
    day = workday(story.months[1].first + timedelta(days=4))
    yield at(day, 16, 40)
    actor = story.actor(f"{key}-tongji", at(day, 16, 40))
    receive(actor, story.fresh(), story.unit(key), name="案件数据.xlsx", data=b"PK\x03\x04 half a workbook")


def file_of(story: Story, key: str, day: date, *, spoil: bool) -> bytes:
    """A CSV with Chinese headings in GBK, as a court's old system writes it."""
    changed = story.cases.as_of(day, changed_after=day - timedelta(days=10))
    rows = changed.filter(pc.equal(changed["court"], story.unit(key).code))
    known = items(story.dataset)
    keys = [name for name in known if name in rows.column_names]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([known[name].label for name in keys])
    cells = [_texts(rows[name]) for name in keys]
    body = [list(row) for row in zip(*cells, strict=True)]
    if spoil and len(body) > 2:
        body[0][keys.index("accepted_on")] = "去年五月"
        body[1][keys.index("claim_amount")] = "约三万元"
    writer.writerows(body)
    return text.getvalue().encode("gbk", "replace")


def _texts(column: pa.ChunkedArray) -> list[str]:
    return [
        "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)
        for value in column.to_pylist()
    ]
