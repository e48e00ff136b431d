"""Every address of the product, with the objects to knock with. A new address needs a line in SAMPLES if it takes
parameters; without one the matrix fails and says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from authz.world import World

Kwargs = dict[str, Any]
Samples = Callable[[World], dict[str, Kwargs]]


@dataclass(frozen=True)
class Door:
    """An address pattern and, per target, the address itself."""

    route: str
    addresses: dict[str, str]


def routes() -> list[str]:
    """All patterns as the resolver knows them, once each; static files are not the product's."""
    return list(dict.fromkeys(_walk(get_resolver().url_patterns, "")))


def _walk(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route


def doors(world: World) -> list[Door]:
    return [Door(route, _addresses(route, world)) for route in routes()]


def _addresses(route: str, world: World) -> dict[str, str]:
    plain = route.replace("^", "").replace("$", "").replace(r"\.", ".")
    if not re.search(r"[<(]", plain):
        return {"": f"/{plain}"}
    for pattern, samples in SAMPLES:
        if re.search(pattern, route):
            return {label: f"/{_fill(plain, kwargs)}" for label, kwargs in samples(world).items()}
    return {}


def _fill(route: str, kwargs: Kwargs) -> str:
    for name, value in kwargs.items():
        route = re.sub(rf"\(\?P<{name}>[^)]*\)|<(?:\w+:)?{name}>", str(value), route)
    return route


def _items(*labels: str, **more: Any) -> Samples:
    def samples(world: World) -> dict[str, Kwargs]:
        return {label: {"pk": world.items[label].pk, **_told(more, world)} for label in labels}

    return samples


def _ids(*labels: str, **more: Any) -> Samples:
    return lambda world: {label: {"pk": world.ids[label], **_told(more, world)} for label in labels}


def _verbs(kind: Callable[..., Samples], name: str, *verbs: str, labels: tuple[str, ...]) -> Samples:
    """Each verb of an address with each target."""

    def samples(world: World) -> dict[str, Kwargs]:
        found = {}
        for verb in verbs:
            for label, kwargs in kind(*labels, **{name: verb})(world).items():
                found[f"{verb} {label}"] = kwargs
        return found

    return samples


def _told(more: Kwargs, world: World) -> Kwargs:
    return {name: value(world) if callable(value) else value for name, value in more.items()}


def _editions(*labels: str, **more: Any) -> Samples:
    return lambda world: {label: {"pk": world.editions[label].pk, **more} for label in labels}


def _units(*labels: str, **more: Any) -> Samples:
    return lambda world: {label: {"pk": world.story.unit(label).pk, **_told(more, world)} for label in labels}


def _people(*labels: str, **more: Any) -> Samples:
    return lambda world: {
        label: {"pk": world.story.person(label).pk, **_told(more, world)} for label in labels
    }


def _own_unit(world: World) -> int:
    return world.story.unit("civil1").pk


def _month(world: World) -> str:
    return world.month


def _installation(**more: Any) -> Samples:
    def samples(world: World) -> dict[str, Kwargs]:
        own, foreign = world.story.installation.pk, world.ids["foreign_installation"]
        return {"own": {"pk": own, **_told(more, world)}, "foreign": {"pk": foreign, **_told(more, world)}}

    return samples


SEEN = ("draft", "in_review", "filed", "received", "plain", "special", "sensitive", "criminal_draft", "criminal",
        "foreign", "emergency", "cancelled")  # fmt: skip
FEW = ("draft", "received", "special", "criminal_draft", "foreign")
OFFICE_VERBS = ("receive", "return", "retype", "amend")

# fmt: off
SAMPLES: list[tuple[str, Samples]] = [
    (r"^(api/)?bulletins/items/<int:pk>/?$", _items(*SEEN)),
    (r"^api/bulletins/items/<int:pk>/(submit|cancel)$", _items("draft", "special_filed", "criminal_draft")),
    (r"^api/bulletins/items/<int:pk>/restore$", _items("cancelled", "criminal_draft")),
    (r"^api/bulletins/items/<int:pk>/(approve|send-back|way-out|undo)$", _items("in_review", "criminal_draft")),
    (r"^api/bulletins/items/<int:pk>/(receive|return|withdraw)$", _items("filed", "special_filed", "criminal_draft")),
    (r"^api/bulletins/items/<int:pk>/(calls|stages)$", _items("emergency", "received", "criminal_draft")),
    (r"^bulletins/items/.*item_verb", lambda world: _item_verbs(world)),
    (r"bulletins/items/.*shares/<int:unit>", _items("received", "criminal", "foreign", unit=_own_unit)),
    (r"bulletins/items/<int:pk>", _items(*FEW)),
    (r"^(api/)?bulletins/files/", _ids("file_received", "file_special", "file_draft", "file_criminal")),
    (r"^(api/)?bulletins/stages/", _ids("stage")),
    (r"^bulletins/duty/", _items("emergency", "received")),
    (r"^bulletins/boxes/", _installation(key="mail_zhk")),
    # the court's pack knows no boxes and no matters: nobody finds any (the apps' own tests try their rights)
    (r"^(api/)?bulletins/copies/|^(api/)?matters/", lambda w: {"ungoverned": {"pk": 1}}),
    (r"^bulletins/outward/items/", _items("received", "criminal_draft")),
    # nor commissions, outward reports, plans and changes of the list: tried in the tests of their own apps
    (r"^(api/)?bulletins/(commissions|outward)/|^(api/duties/)?(plans|roster)/",
     lambda w: {"ungoverned": {"pk": 1, "item": 1, "verb": "agree"}}),
    # the course of the published notice is over; who signs a running one, test_governed and the apps' own tests ask
    (r"^(api/)?approvals/", lambda w: {"course": {"pk": w.ids["course"], "verb": "agree"},
                "ungoverned": {"pk": 999, "verb": "agree"}}),
    (r"items/.*report.*form", _items(*FEW, "emergency", form="pdf")),
    (r"points/readings/", _installation(reading="R07")),
    (r"points/whatif/<slug:kind>", lambda w: {"gains": {"kind": "gains"}}),
    (r"points/notices/.*letters", _ids("notice", "notice_draft", unit=_own_unit)),
    (r"points/notices/.*suffix", _ids("notice", "notice_draft", suffix="pdf")),
    (r"regs/.*<str:suffix>", _installation(suffix="pdf")),
    (r"\^editions/.*file", _editions("issued", "planned", "special", "special_open", form="docx")),
    (r"^bulletins/editions/", _editions("issued", "planned", "special", "special_open")),
    (r"\^desk/editions.*put", _verbs(_editions, "verb", "put", "take", "up", "order", labels=("planned", "special_open"))),
    (r"\^desk/editions.*issue", _verbs(_editions, "verb", "issue", "skip", "recall", labels=("issued", "special"))),
    (r"^bulletins/desk/editions/", _editions("issued", "planned", "special")),
    (r"desk/items.*kind", _verbs(_items, "kind", "adopt", "instruct", labels=("received", "draft", "foreign"))),
    (r"^bulletins/desk/items/", _items("received", "special", "draft", "foreign")),
    (r"^api/bulletins/editions/<int:pk>/(items|order|issue|skip)", _editions("planned", "special_open")),
    (r"^api/bulletins/editions/", _editions("issued", "special")),
    (r"^api/bulletins/facts/", _ids("fact_received", "fact_special")),
    (r"^api/bulletins/faults/<int:pk>/", _ids("fault", "fault_special", "fault_criminal")),
    (r"^bulletins/desk/facts/", _ids("fact_received", "fact_special")),
    (r"\^faults/.*verb", _verbs(_ids, "verb", "reply", "decide", "withdraw", labels=("fault", "fault_criminal"))),
    (r"^bulletins/faults/exhibits/", _ids("exhibit", "exhibit_criminal")),
    (r"^bulletins/faults/", _ids("fault", "fault_special", "fault_criminal")),
    (r"^bulletins/intranet/", _ids("post")),
    (r"points/teams/", _units("civil1", "criminal", key=_month)),
    (r"points/units/", _units("civil1", "criminal", "other_court", key=_month)),
    (r"points/people/", _people("writer", "neighbour")),
    (r"points/items/<(int:)?pk>", _items("received", "special", "criminal", "foreign")),
    (r"points/lines?/<(int:)?pk>", _ids("line_received", "line_special", "line_criminal")),
    (r"points/held/<str:key>", lambda w: {how: {"key": w.month, "how": how} for how in ("restate", "carry")}),
    (r"points/.*<(str:key|period)>", lambda w: {"last": {"key": w.month, "period": w.month}}),
    (r"points/notices/.*verb", _verbs(_ids, "verb", "submit", "recall", "return", "approve", "publish",
                                      labels=("notice_draft",))),
    (r"points/notices/", _ids("notice", "notice_draft")),
    (r"points/appeals/", _ids("appeal")),
    (r"org/units/<(int:)?pk>", _units("civil1", "other_court")),
    (r"org/people/<(int:)?pk>", _people("staff", "writer", "outsider")),
    (r"org/posts/", _ids("civil1_post")),
    (r"org/appointments/", _ids("appointment")),
    (r"org/accounts/.*what", _verbs(_people, "what", "disable", "enable", "unlock", labels=("staff",))),
    (r"org/accounts/", _people("staff", "auditor")),
    (r"org/me/absences/", _ids("absence")),
    (r"^org/import/", _ids("import")),
    (r"audit/(entries/)?<(int:)?n>", lambda world: {"first": {"n": 1}}),
    (r"regs/.*<str:number>|articles/<number>", _installation(number="24")),
    (r"regs/.*<slug:reading>|readings/<reading>", _installation(reading="R07")),
    (r"regs/", _installation()),
    (r"registers/(entry|entries)/", _ids("entry")),
    (r"registers/.*<path:clause>", lambda world: {"training": {"clause": "registers/training"}}),
    # no pack with indicators governs this court: nobody finds anything (the apps' own tests try their rights)
    (r"^(api/)?(indicators|desk)/", lambda w: {"ungoverned": {
        "pk": 1, "key": "filing_rate", "period": w.month, "verb": "submit", "what": "minutes", "suffix": "pdf",
        "code": "none", "unit": "court", "year": 2026}}),
    # no pack with releases either; what embargoed figures are to whom, apps/releases/tests/test_embargo.py tries
    (r"^(api/)?releases/", lambda w: {"ungoverned": {"pk": 1, "verb": "submit"}}),
    # nor inspections
    (r"^(api/)?inspections/", lambda w: {"ungoverned": {
        "pk": 1, "suffix": "pdf", "kind": "inspection", "verb": "check"}}),
    # nor case data: the circle of a case is tried by its people in the tests of its app
    (r"^(api/)?cases/", lambda w: {"ungoverned": {"pk": 1, "verb": "apply"}}),
    (r"^(api/)?papers/", lambda w: {"ungoverned": {"pk": 1, "verb": "decide"}}),
    # nor statistics of cases
    (r"^(api/)?statistics/", lambda w: {"ungoverned": {"pk": 1, "verb": "open", "key": "filed", "case_id": "c1"}}),
    (r"mailroom/in", _ids("letter", "foreign_letter")),
    (r"mailroom/", lambda w: {f"{v} mail": {"pk": w.ids["mail"], "verb": v} for v in ("retry", "drop")}),
]
# fmt: on


def _item_verbs(world: World) -> dict[str, Kwargs]:
    """Each verb on an item in the state the verb is made for, and on one the office may not see."""
    from hengjian.apps.bulletins.items.acting import DOINGS

    fitting = {
        "submit": "draft", "cancel": "draft", "restore": "cancelled", "approve": "in_review", "way-out": "in_review",
        "send-back": "in_review", "receive": "filed", "return": "filed", "withdraw": "filed", "undo": "in_review",
    }  # fmt: skip
    found = {}
    for verb in DOINGS:
        for label in (fitting.get(verb, "received"), "special_filed", "criminal_draft"):
            found[f"{verb} {label}"] = {"pk": world.items[label].pk, "verb": verb}
    return found
