"""Write the tables of docs/reference from the product itself, or ``--check`` that they are as written.

Commands, settings, clause kinds, actions of the audit log, operations of the API: one file each.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
sys.path.insert(0, str(ROOT / "src"))

MADE = "<!-- written by `python scripts/docs.py`; change the source, not this file -->\n"

SETTINGS: dict[str, str] = {
    "DATABASE_URL": "`sqlite:////absolute/path` or `postgresql://user:password@host:port/name`; empty: SQLite in the data folder",
    "HENGJIAN_ALERT_URLS": "apprise addresses (group robots …), separated by blanks; emergencies ring there, without content",
    "HENGJIAN_APPEAL_DAYS": "days after publication in which a department may appeal, where the regulation names none",
    "HENGJIAN_APPEAL_DECISION_DAYS": "days in which an appeal is to be decided, where the regulation names none",
    "HENGJIAN_ATTACHMENT_MB": "largest attachment",
    "HENGJIAN_EVIDENCE_MB": "largest file in the vault of an inspection",
    "HENGJIAN_AUDIT_ALGORITHM": "digest of new audit entries: `sm3` or `sha256`",
    "HENGJIAN_CASE_CATALOGUE": "catalogue of the case store, if not the file beside the data: a path or a PostgreSQL address",
    "HENGJIAN_CASE_INBOX": "folder the worker takes case files from: a sub-folder for each court, named by its code; empty: none",
    "HENGJIAN_CASE_MEMORY": "how much memory a check of case data may take, such as `4GB`; empty: four fifths of the machine",
    "HENGJIAN_CHECKPOINT_DIR": "where checkpoints of the audit log go; put it on another disk or machine",
    "HENGJIAN_DATA_DIR": "database, files, secret key, checkpoints",
    "HENGJIAN_DB_POOL": "most PostgreSQL connections of a server process",
    "HENGJIAN_DEBUG": "error pages with source; never where others can reach it",
    "HENGJIAN_DIGEST_AT": "when the bundled daily reminder goes out",
    "HENGJIAN_HOSTS": "host names the server answers to",
    "HENGJIAN_HTTPS": "the proxy in front speaks HTTPS: secure cookies, redirect, HSTS",
    "HENGJIAN_IMAP_FOLDER": "mailbox folder that is fetched",
    "HENGJIAN_IMAP_HOST": "server from which submissions by mail are fetched; empty: none are",
    "HENGJIAN_IMAP_PASSWORD": "its password",
    "HENGJIAN_IMAP_PORT": "its port",
    "HENGJIAN_IMAP_TLS": "speak TLS to it from the first byte",
    "HENGJIAN_IMAP_USER": "its user",
    "HENGJIAN_LOCKOUT_MINUTES": "how long a name stays locked after too many wrong passwords",
    "HENGJIAN_LOGIN_TRIES": "wrong passwords before a name is locked",
    "HENGJIAN_LOG_LEVEL": "DEBUG, INFO, WARNING, ERROR",
    "HENGJIAN_MAIL_FROM": "sender of outgoing mail",
    "HENGJIAN_MAIL_IN_DIR": "folder from which mails (`.eml`) are taken in as well",
    "HENGJIAN_MAIL_IN_UNIT": "code of the office that takes the mail in",
    "HENGJIAN_MAIL_MAX_MB": "largest mail that is taken in",
    "HENGJIAN_MAIL_RECEIPTS": "answer each submission by mail with a receipt, where the sender is known",
    "HENGJIAN_MAIL_RECEIPT_DOMAINS": "mail domains all of whose addresses are known senders, separated by blanks",
    "HENGJIAN_MAIL_OUT": "send mail; off: reminders stay in the system",
    "HENGJIAN_MFA_FOR_ADMINISTRATORS": "the three administrators must use a second factor",
    "HENGJIAN_PACKS": "another folder of packs, looked in first",
    "HENGJIAN_PASSWORD_LENGTH": "shortest password",
    "HENGJIAN_PASSWORD_MAX_AGE_DAYS": "a password must be changed after this; 0: never",
    "HENGJIAN_QUIET_DAYS_OFF": "no ordinary mail on days off",
    "HENGJIAN_QUIET_FROM": "no ordinary mail after this hour",
    "HENGJIAN_QUIET_UNTIL": "… until this hour",
    "HENGJIAN_SECRET_KEY": "key of sessions and stored second factors; made once in the data folder if not given",
    "HENGJIAN_SESSION_HOURS": "longest session, whatever is done",
    "HENGJIAN_SESSION_MINUTES": "a session ends after so long without a request",
    "HENGJIAN_SMTP_HOST": "mail server",
    "HENGJIAN_SMTP_PASSWORD": "its password",
    "HENGJIAN_SMTP_PORT": "its port",
    "HENGJIAN_SMTP_TLS": "speak STARTTLS to it",
    "HENGJIAN_SMTP_USER": "its user",
    "HENGJIAN_TRUSTED_ORIGINS": "origins whose forms are accepted, with scheme, behind a proxy that changes the host",
    "HENGJIAN_URL": "what begins the links in mails, such as `https://hengjian.court.example`",
}


def commands() -> str:
    import typer.main

    from hengjian.cli.main import app

    rows = ["# Commands", "", MADE, "Exit codes: 0 good, 1 failure, 2 wrong usage, 3 findings.", ""]
    rows += [
        line for name, command in _commands(typer.main.get_command(app)) for line in _command(name, command)
    ]
    return "\n".join(rows).rstrip() + "\n"


def _commands(group: Any, before: str = "hengjian") -> Iterator[tuple[str, Any]]:
    for name in sorted(group.commands):
        command = group.commands[name]
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


def _command(name: str, command: Any) -> Iterator[str]:
    yield from (f"## `{name}`", "", (command.help or "").split("\f")[0].strip(), "")
    shown = [p for p in command.params if p.name != "help"]
    if not shown:
        return
    yield from ("| parameter | default | |", "|---|---|---|")
    for parameter in shown:
        label = (
            parameter.name.upper()
            if parameter.param_type_name == "argument"
            else ", ".join([*parameter.opts, *parameter.secondary_opts])
        )
        default = "" if parameter.default is None or callable(parameter.default) else parameter.default
        default = getattr(default, "value", default)
        yield f"| `{label}` | {default} | {_cell(getattr(parameter, 'help', '') or '')} |"
    yield ""


def settings() -> str:
    rows = [
        "# Settings", "", MADE,
        "All come from the environment. `NAME_FILE` may point to a file that holds the value of a text setting (for secrets).",
        "", "| variable | default | |", "|---|---|---|",
    ]  # fmt: skip
    for name, default in sorted(found_settings().items()):
        rows.append(f"| `{name}` | {f'`{default}`' if default else ''} | {_cell(SETTINGS.get(name, ''))} |")
    return "\n".join(rows) + "\n"


def found_settings() -> dict[str, str]:
    """Every variable the product reads, with its default as written in the source."""
    found: dict[str, str] = {}
    read = re.compile(
        r"""(?:read_\w+|environ\.get)\(\s*["']((?:HENGJIAN|DATABASE)_\w+)["'](?:,\s*([^)]*))?\)|environ\[["'](HENGJIAN_\w+)"""
    )
    for path in (ROOT / "src").rglob("*.py"):
        if "tests" in path.parts:
            continue
        for name, default, plain in read.findall(path.read_text(encoding="utf-8")):
            value = default.replace("DATA_DIR / ", "…/").replace('"', "").strip().strip("'")
            found.setdefault(name or plain, "" if value in {"path", "default"} else value)
    return found


def clause_kinds() -> str:
    from hengjian.policy.clauses import models
    from hengjian.policy.clauses.base import ClauseBase

    rows = [
        "# Clause kinds",
        "",
        MADE,
        "Fields of every clause are described in [the pack format](pack-format.md).",
        "",
    ]
    for kind, shapes in models().items():
        for shape, model in shapes.items():
            rows += [f"## {kind}" + (f" · {shape}" if shape else ""), "", _first(model.__doc__), ""]
            rows += ["| field | type | must |", "|---|---|---|"]
            for name, info in model.model_fields.items():
                if name not in {*ClauseBase.model_fields, "kind", "shape"}:
                    rows.append(
                        f"| `{name}` | {_cell(_type(info.annotation))} | {'yes' if info.is_required() else ''} |"
                    )
            rows.append("")
    return "\n".join(rows).rstrip() + "\n"


def _type(annotation: Any) -> str:
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    text = re.sub(r"\b[a-z_]+(?:\.[a-z_]+)+\.", "", text).replace("typing.", "")
    text = re.sub(r"Annotated\[(\w+), Ref\([^]]*\)\]", r"\1", text)
    text = re.sub(r"Literal\[([^]]*)\]", lambda m: m[1].replace("'", "").replace(", ", " or "), text)
    return re.sub(r"FieldInfo\([^)]*\)", "", text).replace("NoneType", "none")


def actions() -> str:
    _import_apps()
    from hengjian.apps.audit.acting import ACTIONS

    rows = ["# Actions of the audit log", "", MADE, "| key | 名称 |", "|---|---|"]
    shown = {key: label for key, label in ACTIONS.items() if not key.startswith("test")}
    return "\n".join([*rows, *(f"| `{key}` | {label} |" for key, label in sorted(shown.items()))]) + "\n"


def operations() -> str:
    from hengjian.web.api import api

    rows = [
        "# Operations of the API", "", MADE,
        "The same acts, rights and refusals as the pages; schemas in `/api/openapi.json` (signed in). "
        "Errors: `{\"error\": {\"code\", \"message\", \"article\", \"where\"}}`.",
        "", "| | address | |", "|---|---|---|",
    ]  # fmt: skip
    for path, methods in sorted(api.get_openapi_schema()["paths"].items()):
        for method, operation in methods.items():
            says = operation.get("description") or operation.get("summary", "")
            rows.append(f"| {method.upper()} | `{path}` | {_cell(_first(says))} |")
    return "\n".join(rows) + "\n"


def _import_apps() -> None:
    import hengjian.apps
    import hengjian.web

    for package in (hengjian.apps, hengjian.web):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not re.search(r"\.(tests|migrations|conftest|wsgi)(\.|$)", module.name):
                importlib.import_module(module.name)


def _first(text: str | None) -> str:
    return " ".join((text or "").strip().split("\n\n")[0].split())


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "settings.md": settings,
    "clause-kinds.md": clause_kinds,
    "actions.md": actions,
    "operations.md": operations,
}


def stale() -> list[str]:
    """Names of the pages that are not as the product is."""
    return [
        name for name, write in PAGES.items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != write()
    ]  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="hengjian-docs-") as folder:
        os.environ.setdefault("HENGJIAN_DATA_DIR", folder)
        write_or_check()


def write_or_check() -> None:
    from hengjian.web.setup import start_django

    start_django()
    if "--check" in sys.argv:
        if found := stale():
            sys.exit(f"not up to date: {', '.join(found)}; run: python scripts/docs.py")
        return
    for name, write in PAGES.items():
        (FOLDER / name).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
