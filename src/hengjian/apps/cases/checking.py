"""A run over the store: every rule in one pass, of what changed since the last run or of everything."""

from __future__ import annotations

import fcntl
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from hengjian.apps.cases import store
from hengjian.apps.cases.acts.failing import fail_run
from hengjian.apps.cases.acts.record_run import Counted, RuleInfo, Verdict, record_run, start_run
from hengjian.apps.cases.dictionary import KEY
from hengjian.apps.cases.models import Dataset, Run
from hengjian.apps.cases.rulebook import courts_by_code, digest, rules_of
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.casedata import stored
from hengjian.casedata.check import Options
from hengjian.casedata.outcome import findings_with, judged_cases, partner_cases
from hengjian.casedata.rules.load import Loaded
from hengjian.casedata.rules.model import Rule as Compiled
from hengjian.casedata.rules.usage import depends_on_day
from hengjian.casedata.stored import check_stored

DONE = "done.json"
"""Written last: a run that has it needs only to be put on record."""


@dataclass(frozen=True, slots=True)
class Part:
    """Rules judged together: over what changed after ``since``, or (None) over everything."""

    name: str
    rules: list[Compiled]
    since: int | None


def run(actor: Actor, dataset: Dataset, *, full: bool = False) -> Run:
    """Check the latest version and bring the findings up to date; HengjianError after a failure, which is on record.

    Only what changed since the last run is judged, unless ``full``, the rules or the courts changed, or it is the
    first. A run that died on the way is taken up where its results are complete, else it stands as failed. One at a
    time: while another runs, HengjianError.
    """
    with _alone():
        left = Run.objects.filter(dataset=dataset, state=Run.State.RUNNING).first()
        if left is not None:
            if (_folder(left) / DONE).exists():
                return _finish(actor, dataset, left)
            fail_run(
                actor, left, error="检查中途断了（程序停止或断电），没有改动任何结果；下一次自动重新检查。"
            )
        return _start(actor, dataset, full=full)


@contextmanager
def _alone() -> Iterator[None]:
    folder = Path(settings.DATA_DIR) / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HengjianError("另一次检查正在进行，请等它结束后再看结果。") from None
        yield


def _folder(started: Run) -> Path:
    return Path(settings.DATA_DIR) / "runs" / str(started.pk)


def _start(actor: Actor, dataset: Dataset, *, full: bool) -> Run:
    found = rules_of(dataset, to_local(actor.at).date())
    marks = digest(found, courts_by_code(dataset))
    since = None if full else _since(dataset, marks)
    version = store.ensure(dataset, at=actor.at).latest()
    started = start_run(actor, dataset, version=version, since=since, digest=marks)
    try:
        _check(actor, dataset, started, found)
        return _finish(actor, dataset, started)
    except (HengjianError, OSError, MemoryError) as error:
        shutil.rmtree(_folder(started), ignore_errors=True)
        fail_run(actor, started, error=str(error) or type(error).__name__)
        if isinstance(error, HengjianError):
            raise
        raise HengjianError(f"检查没有完成：{error}。原有的质检问题没有改动。") from error


def _since(dataset: Dataset, marks: str) -> int | None:
    """The version up to which the same rules have been checked."""
    last = Run.objects.filter(dataset=dataset, state=Run.State.DONE).first()
    return last.version if last is not None and last.rules_digest == marks else None


def parts_of(rules: list[Compiled], since: int | None) -> list[Part]:
    """Rules that ask for today's date can come out otherwise on rows nobody touched: they always see everything."""
    if since is None:
        return [Part("all", rules, None)]
    by_day = [rule for rule in rules if depends_on_day(rule)]
    steady = [rule for rule in rules if rule not in by_day]
    return [Part("changed", steady, since), *([Part("by-day", by_day, None)] if by_day else [])]


def _check(actor: Actor, dataset: Dataset, started: Run, found: Loaded) -> None:
    """Write the results of every part into the folder of the run."""
    folder = _folder(started)
    folder.mkdir(parents=True, exist_ok=True)
    lake = store.lake()
    options = Options(key=KEY, refs=_refs(dataset, folder), as_of=to_local(actor.at).date())
    counts: list[Counted] = []
    refused = list(found.errors)
    done = []
    for part in parts_of(found.rules, started.since):
        there = stored.Dataset(dataset.name, started.version)
        report = check_stored(
            lake, there, Loaded(part.rules), folder / part.name, options, lambda _: None, part.since
        )
        counts += [
            Counted(str(row["rule_id"]), str(row["title"]), int(str(row["checked"])), int(str(row["failed"])))
            for row in report.summary
        ]
        refused += report.refused
        ran = [str(row["rule_id"]) for row in report.summary]
        done.append({"name": part.name, "all": part.since is None, "rules": ran})
    counts += [
        Counted(f"refused-{n}", "不能执行的规则", 0, 0, str(e)) for n, e in enumerate(refused, start=1)
    ]
    rules = [asdict(RuleInfo(r.id, r.title, r.basis, r.severity.value, r.owner.value)) for r in found.rules]
    told = {"parts": done, "counts": [asdict(count) for count in counts], "rules": rules}
    partial = folder / f"{DONE}.partial"
    partial.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    partial.rename(folder / DONE)


def _finish(actor: Actor, dataset: Dataset, started: Run) -> Run:
    """Put the results on record, in one transaction; the folder is not needed afterwards."""
    folder = _folder(started)
    told = json.loads((folder / DONE).read_text(encoding="utf-8"))
    changed = [part["name"] for part in told["parts"] if not part["all"]]
    done = record_run(
        actor,
        started,
        rules={row["id"]: RuleInfo(**row) for row in told["rules"]},
        counts=[Counted(**row) for row in told["counts"]],
        verdicts=_verdicts(dataset, started.version, [folder / part["name"] for part in told["parts"]]),
        touched=judged_cases(folder / changed[0]) if changed else None,
        partners=partner_cases(folder / changed[0]) if changed else (),
        whole=frozenset(rule for part in told["parts"] if part["all"] for rule in part["rules"]),
    )
    shutil.rmtree(folder, ignore_errors=True)
    return done


def _refs(dataset: Dataset, folder: Path) -> dict[str, Path]:
    """Reference tables no book holds: the courts of this organisation by their codes."""
    courts = courts_by_code(dataset)
    codes = folder / "court_codes.parquet"
    pq.write_table(pa.table({"code": list(courts), "name": [str(unit) for unit in courts.values()]}), codes)
    return {"court_codes": codes}


def _verdicts(dataset: Dataset, version: int, outs: list[Path]) -> Iterator[Verdict]:
    """Findings with the court and department that have to see to them; a case of an unknown court goes to the top."""
    courts = courts_by_code(dataset)
    departments = _departments(dataset)
    top = dataset.installation.unit.pk
    for out in outs:
        found = findings_with(
            store.lake(), dataset.name, version, out, key=KEY, columns=("case_no", "court", "department")
        )
        for case_id, rule, case_no, court, department in found:
            unit = courts.get(court or "")
            place = unit.pk if unit else top
            yield Verdict(rule, case_id, case_no or "", place, departments.get((place, department or "")))


def _departments(dataset: Dataset) -> dict[tuple[int, str], int]:
    tree = dataset.installation.unit.descendants().filter(kind__in=(Unit.Kind.DEPARTMENT, Unit.Kind.TRIBUNAL))
    return {(unit.parent_id, unit.name): unit.pk for unit in tree if unit.parent_id}


def preview(
    dataset: Dataset, rule: Compiled, most: int = 20
) -> tuple[int, int, list[dict[str, Any]], list[str]]:
    """What a rule would find in the latest version: checked, failed, the first cases, errors."""
    lake = store.lake()
    if dataset.name not in lake.tables():
        return 0, 0, [], ["库里还没有案件，上传数据以后才能试查。"]
    version = lake.latest()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        options = Options(key=KEY, refs=_refs(dataset, folder))
        there = stored.Dataset(dataset.name, version)
        report = check_stored(lake, there, Loaded([rule]), folder / "out", options, lambda _: None)
        if report.refused:
            return report.checked, 0, [], [str(error) for error in report.refused]
        columns = ("case_no", "court_name")
        found = findings_with(
            lake, dataset.name, version, folder / "out", key=KEY, columns=columns, most=most
        )
        cells = [
            {"case_id": case, "case_no": number, "court_name": court} for case, _, number, court in found
        ]
        return report.checked, report.failed, cells, []
