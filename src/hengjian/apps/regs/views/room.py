"""Reading: articles, values, coverage, findings, differences."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs import queries, room
from hengjian.apps.regs.links import elsewhere
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.usage import uses
from hengjian.apps.ui.dates import read_day
from hengjian.base.articles import ArticleRef
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.policy import Pack, pack_ids
from hengjian.policy.coverage import coverage as covered
from hengjian.policy.diff import diff as differences

TABS = (
    ("articles", "条文"),
    ("readings", "口径"),
    ("values", "数值"),
    ("coverage", "落实对照"),
    ("findings", "文本问题"),
    ("versions", "版本比较"),
)


def opened(request: HttpRequest, pk: int) -> tuple[Installation, Pack]:
    """The installation, if the actor may see it, and the pack as it stands now."""
    actor = actor_of(request)
    installation = fetch(queries.visible_installations(actor), pk=pk)
    return installation, queries.pack_for(installation, actor.at)


def frame(request: HttpRequest, installation: Installation, pack: Pack, tab: str) -> dict[str, object]:
    actor = actor_of(request)
    return {
        "installation": installation,
        "pack": pack,
        "tabs": TABS,
        "tab": tab,
        "day": to_local(actor.at).date(),
        "written": queries.loaded(installation.pack).info,
        "may_manage": actor.has(Right.REGS_MANAGE, installation.unit_id),
        "changed": bool(installation.digest) and installation.digest != pack.digest,
    }


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = []
    for installation in queries.visible_installations(actor):
        pack = queries.pack_for(installation, actor.at)
        waiting = sum(q.open for q in queries.questions(installation, actor.at))
        rows.append((installation, pack, waiting))
    context = {"rows": rows, "may_install": actor.has(Right.REGS_MANAGE)}
    return render(request, "regs/index.html", context)


@require_safe
@signed_in
def articles(request: HttpRequest, pk: int) -> HttpResponse:
    installation, pack = opened(request, pk)
    text = request.GET.get("q", "").strip()
    used = uses(actor_of(request), installation)
    rows = [
        (a, clauses := pack.clauses_for(a.article), room.kinds_of(clauses), _count(pack, clauses, used))
        for a in room.search(pack, text)
    ]
    context = frame(request, installation, pack, "articles") | {"rows": rows, "q": text}
    return render(request, "regs/articles.html", context)


def _article(reference: str) -> str:
    """A link may name paragraph and item too."""
    try:
        return ArticleRef.parse(reference).article
    except HengjianError:
        raise Missing("没有这一条。") from None


def whatif(request: HttpRequest) -> str:
    """Where the effect of another reading can be tried, for those who may."""
    return elsewhere("points:whatif") if actor_of(request).has(Right.WHATIF_RUN) else ""


def _count(pack: Pack, clauses: list, used: dict) -> int:  # type: ignore[type-arg]
    return sum(use.number for clause in clauses for use in used.get(pack.full_id(clause), ()))


@require_safe
@signed_in
def article(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    installation, pack = opened(request, pk)
    number = _article(number)
    found = next((a for a in pack.articles if a.article == number), None)
    if found is None:
        raise Missing("没有这一条。")
    context = frame(request, installation, pack, "articles")
    day = context["day"]
    assert isinstance(day, date)
    used = uses(actor_of(request), installation)
    clauses = [room.shown_clause(pack, clause, day) for clause in room.in_order(pack.clauses_for(number))]
    before, after = room.neighbours(pack, number)
    wanted = {reading.id for reading in room.readings_for(pack, number)}
    context |= {
        "article": found,
        "clauses": [(shown, used.get(shown.full_id, ())) for shown in clauses],
        "questions": [q for q in queries.questions(installation, actor_of(request).at) if q.id in wanted],
        "before": before,
        "after": after,
        "whatif": whatif(request),
    }
    return render(request, "regs/article.html", context)


@require_safe
@signed_in
def values(request: HttpRequest, pk: int) -> HttpResponse:
    """Both dates can be asked: in force on, as known on."""
    installation, pack = opened(request, pk)
    context = frame(request, installation, pack, "values")
    today = context["day"]
    assert isinstance(today, date)
    on, known = _day(request, "on") or today, _day(request, "known")
    rows = [room.shown_param(pack, name, on, known) for name in pack.params]
    return render(request, "regs/values.html", context | {"rows": rows, "on": on, "known": known})


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return read_day(request.GET.get(name, ""))
    except ValueError:
        return None


@require_safe
@signed_in
def coverage(request: HttpRequest, pk: int) -> HttpResponse:
    installation, pack = opened(request, pk)
    rows = covered(pack)
    context = frame(request, installation, pack, "coverage") | {
        "rows": [(row, room.in_order(pack.clauses_for(row.article))) for row in rows],
        "gaps": [row for row in rows if row.gap],
        "by_clause": sum(bool(row.clauses) for row in rows),
    }
    return render(request, "regs/coverage.html", context)


@require_safe
@signed_in
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    installation, pack = opened(request, pk)
    context = frame(request, installation, pack, "findings") | {"rows": room.findings(pack)}
    return render(request, "regs/findings.html", context)


@require_safe
@signed_in
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What another pack at hand changes against this one."""
    installation, pack = opened(request, pk)
    others = [name for name in pack_ids(settings.PACKS_DIR) if name != pack.id]
    chosen = request.GET.get("other", "")
    other = queries.loaded(chosen) if chosen in others else None
    context = frame(request, installation, pack, "versions") | {
        "others": [(name, queries.loaded(name).info.title) for name in others],
        "other": other,
        "changes": [
            (room.WHAT.get(c.what, c.what), room.FIELDS.get(c.field, c.field), c)
            for c in (differences(queries.loaded(pack.id), other) if other else [])
        ],
    }
    return render(request, "regs/versions.html", context)
