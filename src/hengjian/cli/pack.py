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

pack = typer.Typer(help="制度包：查看、核对，运行其中的算例。")
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="以这一天已知的为准。")]


def register(app: typer.Typer) -> None:
    app.add_typer(pack, name="pack", no_args_is_help=True)


@pack.command("list")
def list_packs(fmt: FormatOption = Format.TABLE) -> None:
    """列出已安装的制度包。"""
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
    """制度包的概况，以及每条规则落实哪些条文。"""
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
    """每一条由哪些规则落实；有一条既无规则又无理由时退出码为 1。"""
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
    """带日期的数值表；存成 CSV 修改后可交给 `score --values`。"""
    emit(value_rows(load(name).params, known.date() if known else None), VALUE_COLUMNS, fmt)


@pack.command()
def readings(name: PackArgument, fmt: FormatOption = Format.TABLE) -> None:
    """条文中有歧义的问题和各种理解；`chosen` 标出现在采用的。"""
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
    other: Annotated[str, typer.Argument(metavar="OTHER", help="与哪个制度包比较：编号或文件夹。")],
    fmt: FormatOption = Format.TABLE,
) -> None:
    """OTHER 与 P 相比改了什么：条文、数值及其日期、理解、规则、表。"""
    columns = ["what", "id", "articles", "effective", "field", "before", "after"]
    changes = differences(load(name), load(other))
    emit([{column: getattr(c, column) for column in columns} for c in changes], columns, fmt)


@pack.command()
def lint(
    name: PackArgument,
    out: Annotated[
        Path | None,
        typer.Option(help="另把给起草单位的意见写成这个 .docx 或 .pdf。"),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """制度文本和制度包里的问题；有问题时退出码为 3。"""
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
    cases: Annotated[Path | None, typer.Option(help="算例文件夹；不写则用制度包自带的。")] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """运行算例，列出不符的行；有不符时退出码为 1。"""
    from hengjian.cli.cases import run_cases

    p = load(name)
    result = run_cases(p, cases or p.folder / "cases")
    columns = ["file", "line", "scenario", "what", "expected", "found"]
    emit([{column: getattr(d, column) for column in columns} for d in result.differences], columns, fmt)
    print(f"核对 {result.checked} 行，不符 {len(result.differences)} 行。", file=sys.stderr)
    if result.differences:
        raise typer.Exit(1)
