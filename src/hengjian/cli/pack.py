"""``hengjian pack``: look at regulations as data, check them, run their worked examples."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from hengjian.cli.output import FINDINGS, Format, FormatOption, emit
from hengjian.cli.packs import PackArgument, load, packs_folder
from hengjian.policy import load_pack, pack_ids, value_rows
from hengjian.policy.coverage import coverage as covered
from hengjian.policy.diff import diff as differences
from hengjian.policy.lint import lint as findings
from hengjian.policy.values import COLUMNS as VALUE_COLUMNS

pack = typer.Typer(help="Regulations as data: look at them, check them, run their worked examples.")
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As known on this day.")]


def register(app: typer.Typer) -> None:
    app.add_typer(pack, name="pack", no_args_is_help=True)


@pack.command("list")
def list_packs(fmt: FormatOption = Format.TABLE) -> None:
    """List the installed packs."""
    packs = [load_pack(name, packs_folder()) for name in pack_ids(packs_folder())]
    rows = [
        {
            **p.info.model_dump(),
            "articles": len(p.articles),
            "clauses": len(p.written),
            "digest": p.digest[:12],
        }
        for p in packs
    ]
    emit(rows, ["id", "title", "number", "issuer", "since", "until", "articles", "clauses", "digest"], fmt)


@pack.command()
def show(name: PackArgument, fmt: FormatOption = Format.TABLE) -> None:
    """Show what a pack is, and its clauses with the articles they carry out."""
    p = load(name)
    info = {key: "、".join(value) if isinstance(value, tuple) else value for key, value in p.info}
    rows = [{"part": "pack", "id": key, "articles": "", "title": value} for key, value in info.items()]
    rows.append({"part": "pack", "id": "digest", "articles": "", "title": p.digest})
    rows += [
        {
            "part": getattr(c, "kind", ""),
            "id": p.full_id(c),
            "articles": "、".join(c.articles),
            "title": c.title,
        }
        for c in p.clauses
    ]
    emit([row for row in rows if row["title"] not in (None, "")], ["part", "id", "articles", "title"], fmt)


@pack.command()
def coverage(name: PackArgument, fmt: FormatOption = Format.TABLE) -> None:
    """Show what carries out each article; exit 1 when an article has neither clause nor reason."""
    table = covered(load(name))
    rows = [
        {"article": c.article, "gist": c.gist, "clauses": " ".join(c.clauses), "statement": c.statement}
        for c in table
    ]
    emit(rows, ["article", "gist", "clauses", "statement"], fmt)
    gaps = [c.article for c in table if c.gap]
    if gaps:
        print(f"第 {'、'.join(gaps)} 条没有落实，请补规则或写明理由（statement）。", file=sys.stderr)
        raise typer.Exit(1)


@pack.command()
def values(name: PackArgument, known: Day = None, fmt: FormatOption = Format.TABLE) -> None:
    """Print the dated values; the CSV can be edited and given to `score --values`."""
    emit(value_rows(load(name).params, known.date() if known else None), VALUE_COLUMNS, fmt)


@pack.command()
def readings(name: PackArgument, fmt: FormatOption = Format.TABLE) -> None:
    """Print the open questions of the text with their options; `chosen` marks the one in use."""
    p = load(name)
    rows = [
        {
            "reading": r.id,
            "articles": "、".join(r.articles),
            "question": r.question,
            "option": key,
            "meaning": option.title,
            "chosen": "1" if key == p.chosen(r.id) else "0",
            "changes": " ".join(option.set),
            "decided_by": r.decided_by,
            "document": r.document,
            "date": r.decided_on,
        }
        for r in p.readings.values()
        for key, option in r.options.items()
    ]
    columns = ["reading", "articles", "question", "option", "meaning", "chosen"]
    emit(rows, [*columns, "changes", "decided_by", "document", "date"], fmt)


@pack.command()
def diff(
    name: PackArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The pack to compare with, id or folder.")],
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Print what OTHER changes against P: articles, values with their days, readings, clauses, tables."""
    columns = ["what", "id", "articles", "effective", "field", "before", "after"]
    changes = differences(load(name), load(other))
    emit([{column: getattr(c, column) for column in columns} for c in changes], columns, fmt)


@pack.command()
def lint(
    name: PackArgument,
    out: Annotated[
        Path | None,
        typer.Option(help="Also write the opinions for the drafter of the text to this .docx or .pdf."),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Report what the text and what the pack gets wrong; exit 3 when there is anything."""
    p = load(name)
    rows = findings(p)
    if out is not None:
        from hengjian.cli.opinion import write_opinions

        number = write_opinions(p, out, datetime.now().date())
        print(f"已把{number}条意见写入 {out}。", file=sys.stderr)
    emit(
        [{"code": r.code, "where": r.where, "message": r.message} for r in rows],
        ["code", "where", "message"],
        fmt,
    )
    if rows:
        raise typer.Exit(FINDINGS)


@pack.command("test")
def test_cases(
    name: PackArgument,
    cases: Annotated[
        Path | None, typer.Option(help="Folder of worked examples; default: the pack's own.")
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Run the worked examples; rows that differ are printed, exit 1 when there are any."""
    from hengjian.cli.cases import run_cases

    p = load(name)
    result = run_cases(p, cases or p.folder / "cases")
    columns = ["file", "line", "scenario", "what", "expected", "found"]
    emit([{column: getattr(d, column) for column in columns} for d in result.differences], columns, fmt)
    print(f"核对 {result.checked} 行，不符 {len(result.differences)} 行。", file=sys.stderr)
    if result.differences:
        raise typer.Exit(1)
