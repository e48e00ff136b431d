"""Documents handed in, and read by the worker: each file on record, whatever becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.conf import settings

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases import intake
from hengjian.apps.cases.models import Dataset
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right
from hengjian.apps.papers import beside
from hengjian.apps.papers.models import Batch, Paper
from hengjian.apps.papers.unpack import MOST_FILES, File, files_of, text_of
from hengjian.base.errors import HengjianError
from hengjian.extract import extract

PASTED = "粘贴的文书"


@act("papers.batch.hand_in", "提交文书核对")
def hand_in(
    actor: Actor,
    dataset: Dataset,
    place: Unit,
    *,
    files: Iterable[File] = (),
    pasted: str = "",
    client_key: str = "",
) -> Batch:
    """Keep every file. One document is read at once, several by the worker. ``place``: a court or a department."""
    actor.require(Right.CASE_CORRECT, place)
    if client_key and (same := Batch.objects.filter(client_key=client_key, made_by=actor.person).first()):
        log(same, unit=same.court_id, again=True)
        return same
    court = house_of(place)
    batch = Batch.objects.create(
        dataset=dataset,
        court=court,
        department=None if place.pk == court.pk else place,
        made_by=actor.person,
        made_at=actor.at,
        client_key=client_key,
    )
    written = [(PASTED, pasted.encode())] if pasted.strip() else []
    papers = [
        _kept(batch, name, data) for name, data in islice(chain(files_of(files), written), MOST_FILES + 1)
    ]
    if not papers:
        raise HengjianError("没有文书：请选择文件，或者把文书的文字粘贴进来。")
    if len(papers) > MOST_FILES:
        raise HengjianError(f"一次最多 {MOST_FILES} 份，请分批提交。")
    Paper.objects.bulk_create(papers)
    log(batch, unit=court.pk, files=len(papers))
    if len(papers) == 1:
        read(actor, batch.papers.get())
    return batch


def _kept(batch: Batch, name: str, data: bytes) -> Paper:
    path, digest = intake.keep(data, name)
    return Paper(
        batch=batch,
        dataset=batch.dataset,
        court=batch.court,
        department=batch.department,
        name=name[-200:],
        digest=digest,
        stored=str(path.relative_to(settings.DATA_DIR)),
        made_at=batch.made_at,
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """Text and facts of a file, or why it has none."""

    text: str
    facts: dict[str, Any]
    error: str = ""

    @property
    def case_no(self) -> str:
        return str(self.facts.get("case_no") or "")[:200]


def draw(paper: Paper) -> Drawn:
    """Read the file: no database, nothing kept."""
    try:
        text = text_of((Path(settings.DATA_DIR) / paper.stored).read_bytes())
    except FileNotFoundError:
        return Drawn("", {}, "存放的文件已不在，请重新提交。")
    except HengjianError as error:
        return Drawn("", {}, error.message[:500])
    return Drawn(text, extract(text, str(paper.pk)))


Find = Callable[[Paper], dict[str, Any] | None]


@act("papers.paper.read", "读取文书")
def read(actor: Actor, paper: Paper, drawn: Drawn | None = None, *, find: Find = beside.case_of) -> Paper:
    """Text, facts and differences of one document; a failure stands with its reason and stops no other.

    ``drawn`` and ``find``: where many are read together, what was drawn and looked up for all of them at once.
    """
    row = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if row.state not in (Paper.State.WAITING, Paper.State.FAILED):
        log(row, unit=row.court_id, again=True)
        return row
    drawn = drawn or draw(row)
    row.error = drawn.error
    if drawn.error:
        row.state = Paper.State.FAILED
    else:
        row.text, row.facts, row.case_no, row.state = drawn.text, drawn.facts, drawn.case_no, Paper.State.OPEN
        case = find(row)
        row.case_id = str(case["case_id"]) if case else ""
        row.differences = beside.differing(row, case)
    row.read_at, row.version = actor.at, row.version + 1
    row.save()
    log(row, unit=row.court_id, state=row.state, differences=row.differences, error=row.error)
    return row


@act("papers.paper.give_up", "文书未能读取")
def give_up(actor: Actor, paper: Paper, *, error: str) -> None:
    """A document whose reading broke off: on record with the reason, out of the way of the others."""
    Paper.objects.filter(pk=paper.pk).update(state=Paper.State.FAILED, error=error[:500], read_at=actor.at)
    log(paper, unit=paper.court_id, error=error)


@act("papers.batch.again", "重新读取文书")
def again(actor: Actor, batch: Batch) -> int:
    """The failed ones wait for the worker once more; their number."""
    actor.require(Right.CASE_CORRECT, batch.department or batch.court)
    number = batch.papers.filter(state=Paper.State.FAILED).update(state=Paper.State.WAITING, error="")
    log(batch, unit=batch.court_id, files=number)
    return number
