"""Apps know each other by models, queries and acts. What else one may use of another stands here, with the reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from support.source import Module, product

OPEN = {"models", "queries", "acts"}
OFFERED: dict[str, str] = {
    "audit.acting": "how every act is made",
    "audit.guards": "tables to which rows are only added",
    "audit.wording": "words for keys in the log",
    "org.access": "who acts, and what he may",
    "org.gates": "doors of views",
    "org.middleware": "who stands behind a request",
    "org.roles": "the rights by name",
    "org.substitutes": "B seats that stand by for a holder who must keep out",
    "org.forms": "people and units as choices",
    "org.views._form": "the frame of an administrator's form",
    "org.views.units": "the tree beside a page",
    "ui.counts": "numbers in the menu",
    "ui.dates": "dates as people write them",
    "ui.drawn": "rows of long lists",
    "ui.files": "kept files on their way out",
    "ui.nav": "entries of the menu",
    "ui.pages": "frame of every page",
    "ui.paging": "pages of long lists",
    "ui.unchanged": "what is kept while nothing is committed",
    "ui.search": "sources of the search box",
    "regs.members": "which units stand under a regulation",
    "approvals.planning": "which flow a pack has for a matter",
    "approvals.presenting": "those a flow presents its outcome to",
    "approvals.running": "a flow run over any object",
    "approvals.subjects": "what can be approved",
    "bulletins.carrying": "which grades an outlet may carry",
    "bulletins.clocks": "clocks of an item, also for inbox and points",
    "bulletins.desk.deciding": "deciding a fault from the inbox",
    "bulletins.drafts": "an item as it is taken in, by form or by mail",
    "bulletins.facts": "the only writer of scoring events",
    "bulletins.flows": "flow clauses of a pack",
    "bulletins.notify": "who is told",
    "bulletins.numbering": "numbers without gaps",
    "bulletins.once": "a form sent again acts once",
    "bulletins.offices": "which offices report items at all",
    "bulletins.people": "who holds a role now",
    "bulletins.states": "states and verbs of an item",
    "bulletins.words": "a pack's words for people",
    "org.tree": "who is above and below whom",
    "org.unset": "seats a regulation asks for where no post was set up",
    "cases.access": "whose cases one may see",
    "cases.dictionary": "the items of a case",
    "cases.intake": "rows of a file in the words of the dictionary",
    "cases.menu": "where its section of the menu shows",
    "cases.store": "the case store",
    "cases.tables": "rows out of an uploaded file",
    "cases.withheld": "figures kept back before their time",
    "cases.views.common": "the dataset of a page of case data",
    "duties.files": "evidence of a duty",
    "duties.inbox": "rows that wait for a person",
    "duties.look": "the view of a source of the inbox",
    "duties.plans.numbers": "targets of a plan in a notice",
    "duties.rows": "a row of the inbox",
    "duties.sources": "where an app registers its rows",
    "indicators.discussed": "where meetings tell what they said",
    "indicators.duty_sources": "its rows of the inbox",
    "indicators.schemas": "its shapes at the API",
    "indicators.tickets": "its questions to units",
    "inspections.access": "whose inspections one may see",
    "inspections.care.access": "whose notices of examinations one may see",
    "indicators.views.common": "the office of a page of indicators",
    "indicators.who": "who answers for an indicator",
    "mailroom.letters": "letters to be sent",
    "mailroom.quiet": "hours without mail",
    "points.views.common": "period and office of an address",
    "points.windows": "until when an appeal must be decided",
    "points.words": "what points are called",
    "points.workbook": "workbooks of scores",
    "points.workload": "work of a person, for the overview",
    "statistics.departments": "whose departments' reports one may see",
    "statistics.figures": "the one function that computes a figure",
    "statistics.tables": "lines of a table as its page shows them",
    "statistics.telling": "what a card counts, in words",
    "statistics.scope": "whose figures one may see",
    "statistics.place": "where the figures of a court come from",
}


def foreign(module: Module) -> Iterator[str]:
    """Modules of other apps that a module imports, beyond models, queries and acts."""
    own = module.name.split("/")[1]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hengjian.apps."):
            parts = str(node.module).split(".")[2:]
            names = [parts] if len(parts) > 1 else [[*parts, alias.name] for alias in node.names]
            for name in names:
                if name[0] != own and not OPEN & set(name[1:]):
                    yield ".".join(name)


def used() -> dict[str, str]:
    """Module used → the first that uses it."""
    apps = [module for module in product() if module.name.startswith("apps/") and module.name.count("/") > 1]
    return {name: module.name for module in apps if "conftest" not in module.name for name in foreign(module)}


def test_apps_use_of_each_other_what_is_offered() -> None:
    found = used()
    unknown = {name: user for name, user in found.items() if name not in OFFERED}
    assert not unknown, (
        f"{unknown}: use models, queries or acts of the other app, or offer the module in tests/test_neighbours.py "
        "with the reason"
    )
    assert set(OFFERED) - set(found) == set(), "offered, but nobody uses it any more: take the line out"


def test_the_rule_finds_its_planted_fault() -> None:
    assert list(
        foreign(Module("apps/points/x.py", "from hengjian.apps.bulletins.forms import ItemForm"))
    ) == ["bulletins.forms"]
