"""Rules about the source that no type checker knows. Each rule is tried on a planted fault first: a rule that
finds nothing there proves nothing here."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from support.source import ROOT, SRC, Module, dotted, kept_files, product

Rule = Callable[[Module], Iterator[str]]

WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
}  # fmt: skip
OWN_SQL = ("scoring/", "casedata/", "kpi/", "statistics/", "web/backup.py", "web/backup_cases.py",
           "web/doctor.py", "web/sqlite_swap.py",
           "apps/duties/statistics.py", "apps/audit/guards.py", "apps/ui/unchanged.py",
           # these run what a queryset wrote: without its fields, and again with other values
           "apps/points/columns.py", "apps/org/prepared.py")  # fmt: skip
NOT_A_MODEL = re.compile(r"(context|values|data|rows?|params|session|headers|digest|response|messages)$")


def raw_sql(module: Module) -> Iterator[str]:
    """SQL by hand only in the column engines and where the database itself is looked after."""
    if module.name.startswith(OWN_SQL):
        return
    for call in module.calls():
        name = dotted(call.func).rsplit(".", 1)[-1]
        if name in {"raw", "RawSQL", "execute", "executemany", "executescript", "extra"}:
            yield f"{call.lineno}: {name}()"


def spread_request(module: Module) -> Iterator[str]:
    """CVE-2025-64459: no request data as names of filters; in views no spread filters at all."""
    doors = is_door(module.name)
    for call in module.calls():
        name = dotted(call.func).rsplit(".", 1)[-1]
        if name not in {"filter", "exclude", "get", "Q", "annotate", "alias", "order_by", "values"}:
            continue
        spread = [k.value for k in call.keywords if k.arg is None]
        spread += [a.value for a in call.args if isinstance(a, ast.Starred)]
        plain = call.args if name in {"order_by", "values"} else []
        if (spread and doors) or any("request." in ast.unparse(part) for part in [*spread, *plain]):
            yield f"{call.lineno}: {name}(…)"


def unescaped(module: Module) -> Iterator[str]:
    """Only a text written in the source itself may be called safe."""
    for call in module.calls():
        constant = bool(call.args) and all(isinstance(arg, ast.Constant) for arg in call.args)
        if dotted(call.func).rsplit(".", 1)[-1] in {"mark_safe", "SafeString", "SafeText"} and not constant:
            yield f"{call.lineno}: {dotted(call.func)}"


def open_to_forgery(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name | ast.Attribute) and dotted(node).endswith("csrf_exempt"):
            yield f"{node.lineno}: csrf_exempt"


def writing_doors(module: Module) -> Iterator[str]:
    """Views and the API change nothing by themselves: they call an act."""
    if not is_door(module.name):
        return
    for call in module.calls():
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES:
            owner = dotted(call.func.value)
            if not NOT_A_MODEL.search(owner):
                yield f"{call.lineno}: {owner}.{call.func.attr}()"


def regulation_in_code(module: Module) -> Iterator[str]:
    """Places and article numbers of a regulation live in packs. A list of all provinces is no regulation's."""
    for line, text in module.strings():
        if {"北京", "西藏", "海南"} <= set(re.findall("北京|西藏|海南", text)):
            continue
        if re.search(r"龙口|五华|湖北|山东|焦作", text) or re.search(
            r"第[一二三四五六七八九十百\d]+条", text
        ):
            yield f"{line}: {text[:40]}"


def is_door(name: str) -> bool:
    return (
        bool(re.search(r"(^|/)(views|api)(\.py$|/)|/items/(?!urls)[a-z_]+\.py$", name))
        and "acts/" not in name
    )


RULES: dict[Rule, tuple[str, str]] = {
    raw_sql: ("apps/x/views.py", "Item.objects.raw(f'select {x}')"),
    spread_request: ("apps/x/queries.py", "Item.objects.filter(**request.GET.dict())"),
    unescaped: ("apps/x/tags.py", "mark_safe(title)"),
    open_to_forgery: ("apps/x/views.py", "@csrf_exempt\ndef view(request): ..."),
    writing_doors: ("apps/x/views.py", "def view(request):\n    item.save()"),
    regulation_in_code: ("checks/x.py", "message = '依照第十四条办理'"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_finds_its_planted_fault(rule: Rule) -> None:
    name, text = RULES[rule]
    assert list(rule(Module(name, text)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_product_keeps_the_rule(rule: Rule) -> None:
    found = [f"{module.name}:{fault}" for module in product() for fault in rule(module)]
    assert not found, "\n".join(found)


INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|nonce=|type=\"application/json\"))|\sstyle=|\son[a-z]+=|javascript:", re.I
)
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq")


def test_templates_escape_everything_and_keep_scripts_out() -> None:
    found = [
        f"{path.relative_to(SRC)}: {hit.group()}"
        for path in SRC.rglob("templates/**/*.html")
        for pattern in (INLINE, UNESCAPED)
        for hit in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


# split, so that this file does not find itself
FOREIGN = re.compile(
    r"py" r"pi\.(org|python)|index-" r"url\s*=|registry\.(npm" r"js|yarn)|--find-" r"links\s+http"
    r"|mirrors?\.[a-z]+\.(cn|com|org)|cdn\.[a-z]+\.|jsdel" r"ivr|unp" r"kg\.com"
)  # fmt: skip
TEXT = {
    ".py",
    ".md",
    ".txt",
    ".in",
    ".toml",
    ".yaml",
    ".yml",
    ".html",
    ".css",
    ".js",
    ".cfg",
    ".sh",
    ".json",
    "",
}


def test_no_file_names_a_registry_or_a_place_to_download_from() -> None:
    found = []
    for path in kept_files():
        if path.suffix not in TEXT:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {hit.group()}" for hit in FOREIGN.finditer(text)]
    assert not found, "\n".join(found)


def test_no_file_is_longer_than_500_lines() -> None:
    long = [m.name for m in product() if m.text.count("\n") > 500]
    assert not long, long


NATIVE = re.compile(r"""type["']?\s*[=:]\s*["'](date|datetime-local|time|month)\b|\bDate(Time)?Input\(""")


def test_days_are_typed_the_chinese_way() -> None:
    """Native inputs follow the browser's language, and Django fills them in a form they do not read."""
    assert NATIVE.search('<input type="date">') and NATIVE.search('attrs={"type": "datetime-local"}')
    files = [f for f in (SRC / "apps").rglob("*") if f.suffix in {".py", ".html"} and "tests" not in f.parts]
    found = [str(f.relative_to(SRC)) for f in files if NATIVE.search(f.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found)
