"""``hengjian check text``: findings on a draft."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from hengjian.base.errors import HengjianError, Place
from hengjian.base.times import SHANGHAI
from hengjian.checks import Draft, Finding, check_text
from hengjian.cli.output import FINDINGS, Format, FormatOption, emit
from hengjian.cli.readings import ReadingOption, parse_readings
from hengjian.policy import Pack, load_pack

COLUMNS = ("severity", "code", "place", "quote", "message", "article")
MORE = ("rule", "start", "end")
_LABELS = {"block": "必须改", "warn": "请核对", "advice": "建议"}
_QUOTE = 24


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="校验一篇稿件。")
    group.command(name="text")(text)
    app.add_typer(group, name="check")


def text(
    file: Annotated[Path, typer.Argument(help="稿件：.txt、.md 或 .docx。")],
    kind: Annotated[str, typer.Option("--type", metavar="P:TYPE", help="制度包和类型，如 longkou:dynamic。")],
    corpus: Annotated[Path | None, typer.Option("--corpus", help="已报信息的文件夹，用来查重复。")] = None,
    field: Annotated[
        list[str] | None, typer.Option("--field", metavar="NAME=VALUE", help="其他条件，如 grade=public。")
    ] = None,
    reading: ReadingOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """校验稿件的篇幅、个人信息、保密用语、数据、日期和重复；有发现时退出码为 3。"""
    name, _, category = kind.partition(":")
    if not category:
        raise typer.BadParameter(f"“{kind}”应写成 制度包:类型，如 longkou:dynamic。", param_hint="--type")
    pack = load_pack(name).with_readings(parse_readings(reading))
    _known(pack, category)
    now = datetime.now(SHANGHAI).date()
    draft = Draft(
        text=read_text(file),
        fields={"category": category, **parse_readings(field)},
        corpus=_corpus(corpus, file) if corpus else {},
        today=now,
    )
    found = check_text(
        pack.clauses_of("check", on=now), draft, value_of=lambda param: pack.value(param, on=now)
    )
    emit(
        [_row(one, draft.text, fmt) for one in found],
        COLUMNS if fmt is Format.TABLE else (*COLUMNS, *MORE),
        fmt,
    )
    if found:
        raise typer.Exit(FINDINGS)


def _known(pack: Pack, category: str) -> None:
    terms = pack.vocabulary("category")
    if category not in {term.key for term in terms}:
        known = "、".join(f"{term.key}（{term.label}）" for term in terms)
        raise HengjianError(f"制度包 {pack.id} 没有类型“{category}”；可用：{known}。")


def read_text(path: Path) -> str:
    """The text of a draft; Word files through the documents package."""
    try:
        if path.suffix.lower() == ".docx":
            return _read_docx(path)
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise HengjianError("没有这个文件，请检查路径。", where=Place(str(path))) from None
    except IsADirectoryError:
        raise HengjianError("这是文件夹，请写一个文件。", where=Place(str(path))) from None
    except UnicodeDecodeError:
        raise HengjianError("文件不是 UTF-8 编码，请另存为 UTF-8 文本。", where=Place(str(path))) from None


def _read_docx(path: Path) -> str:
    from hengjian import documents

    reader = getattr(documents, "read_docx_text", None)
    if reader is None:
        raise HengjianError("这个版本还不能读 Word 文件，请另存为文本再试。", where=Place(str(path)))
    return str(reader(path))


def _corpus(folder: Path, draft: Path) -> dict[str, str]:
    if not folder.is_dir():
        raise HengjianError("没有这个文件夹，请检查 --corpus。", where=Place(str(folder)))
    kinds = {".txt", ".md", ".docx"}
    return {
        path.relative_to(folder).as_posix(): read_text(path)
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in kinds and path.resolve() != draft.resolve()
    }


def _row(one: Finding, text: str, fmt: Format) -> dict[str, object]:
    line = text.count("\n", 0, one.start) + 1
    column = one.start - (text.rfind("\n", 0, one.start) + 1) + 1
    table = fmt is Format.TABLE
    quote = one.quote.replace("\n", " ")
    return {
        "severity": _LABELS[one.severity] if table else one.severity.value,
        "code": one.code,
        "place": f"第{line}行第{column}字" if table else f"{line}:{column}",
        "quote": f"{quote[:_QUOTE]}…" if table and len(quote) > _QUOTE else one.quote,
        "message": one.message,
        "article": one.article,
        "rule": one.rule,
        "start": one.start,
        "end": one.end,
    }
