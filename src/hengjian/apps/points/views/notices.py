"""Notices: the list, the preview with what may be done, downloads; and periods waiting for a correction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from hengjian.apps.approvals import running
from hengjian.apps.approvals.models import CourseStep
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.points import queries, windows, words
from hengjian.apps.points.acts import notices as acts
from hengjian.apps.points.acts.posting import carry, restate
from hengjian.apps.points.engine import period_kind
from hengjian.apps.points.forms import NoticeForm, PrepareForm, ReasonForm, VersionForm
from hengjian.apps.points.models import AccountPeriod, Notice
from hengjian.apps.points.printing import document_of, ranked_changes
from hengjian.apps.points.reading import content_for
from hengjian.apps.points.states import can
from hengjian.apps.points.tables import TEXTS, columns_of
from hengjian.apps.points.views.common import download, place_of
from hengjian.apps.points.workbook import notice_workbook
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.times import to_local
from hengjian.documents import check_fonts, render_docx, render_pdf
from hengjian.policy import Pack

VERBS: dict[str, tuple[str, Callable[..., Notice]]] = {
    "submit": ("已送审批。", lambda a, n, v, t: acts.submit(a, n, version=v)),
    "recall": ("已撤回，可以修改。", lambda a, n, v, t: acts.recall(a, n, version=v)),
    "return": ("已退回。", lambda a, n, v, t: acts.send_back(a, n, version=v, reason=t)),
    "approve": ("已签批。", lambda a, n, v, t: acts.approve(a, n, version=v, opinion=t)),
    "publish": ("已印发，本期关账。", lambda a, n, v, t: acts.publish(a, n, version=v, prefix=t)),
}
RIGHTS = {
    "edit": Right.NOTICE_PREPARE,
    "refresh": Right.NOTICE_PREPARE,
    "submit": Right.NOTICE_PREPARE,
    "recall": Right.NOTICE_PREPARE,
    "publish": Right.NOTICE_PREPARE,
}


@require_GET
@signed_in
def notices(request: HttpRequest) -> HttpResponse:
    actor, installation = place_of(request)
    pack = pack_for(installation, actor.at)
    may = actor.has(Right.NOTICE_PREPARE, installation.unit_id)
    context: dict[str, object] = {
        "installation": installation,
        "notices": _list(actor),
        "form": PrepareForm(pack=pack, initial=_suggested(actor, pack)) if may else None,
    }
    return page(request, "points/notices.html", context)


def _list(actor: Actor) -> QuerySet[Notice]:
    """With the steps each waits for."""
    waiting = CourseStep.objects.filter(state=CourseStep.State.OPEN).order_by("position")
    return (
        queries.visible_notices(actor)
        .select_related("period", "prepared_by", "approved_by")
        .prefetch_related(Prefetch("courses__steps", waiting, to_attr="waiting"))
    )


def _suggested(actor: Actor, pack: Pack) -> dict[str, str]:
    """The period of account just over; the running one in its last days."""
    today = to_local(actor.at).date()
    running = Period.of(today, period_kind(pack))
    ending = (running.end - today).days <= 7
    return {"period": str(running if ending else running.previous())}


@require_POST
@needs(Right.NOTICE_PREPARE)
def prepare(request: HttpRequest) -> HttpResponse:
    actor, installation = place_of(request)
    form = PrepareForm(request.POST, pack=pack_for(installation, actor.at))
    if form.is_valid():
        with into_form(form):
            data = form.cleaned_data
            made = acts.prepare(actor, installation, clause=data["clause"], period=data["period"])
            messages.success(request, "已生成通报，请核对。")
            return redirect("points:notice", made.pk)
    context: dict[str, object] = {
        "installation": installation,
        "notices": _list(actor),
        "form": form,
    }
    return page(request, "points/notices.html", context, form=form)


@require_GET
@signed_in
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    return _show(request, actor, _find(actor, pk))


@require_POST
@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = _find(actor, pk)
    form = NoticeForm(request.POST)
    if form.is_valid():
        with into_form(form):
            data = form.cleaned_data
            acts.edit(actor, found, version=data["version"], title=data["title"], remark=data["remark"])
            messages.success(request, "已保存。")
            return redirect("points:notice", pk)
    return _show(request, actor, found, form)


@require_POST
@signed_in
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Submit, recall, return, approve, publish: one button each on the notice's page."""
    actor = actor_of(request)
    found = _find(actor, pk)
    if verb not in VERBS:
        raise Missing("没有这种办理方式。")
    form = VersionForm(request.POST)
    done, run = VERBS[verb]
    if form.is_valid():
        with into_form(form):
            after = run(actor, found, form.cleaned_data["version"], form.cleaned_data["text"])
            messages.success(request, done + _next(after))
            return redirect("points:notice", pk)
    found.refresh_from_db()
    return _show(request, actor, found, refused=form)


def _next(notice: Notice) -> str:
    """Who has it now."""
    if notice.state == Notice.State.APPROVED:
        return "签批已齐，请拟稿人印发。"
    course = running.current(notice)
    steps = course.steps.filter(state=CourseStep.State.OPEN) if course else ()
    waiting = [step.label for step in steps]
    return f"现在等待{'、'.join(dict.fromkeys(waiting))}。" if waiting else ""


@require_GET
@signed_in
def file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    actor = actor_of(request)
    found = _find(actor, pk)
    if suffix == "xlsx":
        return download(notice_workbook(found, content_for(actor, found)), found.title, "xlsx")
    document = document_of(found)
    if suffix == "docx":
        return download(render_docx(document), found.title, "docx")
    return download(render_pdf(document).data, found.title, "pdf")


def _find(actor: Actor, pk: int) -> Notice:
    found = queries.visible_notices(actor).select_related(
        "period__installation__unit", "prepared_by", "approved_by", "published_by"
    )
    return fetch(found, pk=pk)


def _show(
    request: HttpRequest,
    actor: Actor,
    found: Notice,
    form: NoticeForm | None = None,
    refused: VersionForm | None = None,
) -> HttpResponse:
    installation = found.period.installation
    word = found.content["unit_word"]
    content = content_for(actor, found)
    may = {
        verb for verb, right in RIGHTS.items() if actor.has(right, installation.unit_id) and can(found, verb)
    }
    course = running.current(found)
    steps = running.steps_of(course) if course else []
    mine = running.own_step(actor, course, steps) if course and can(found, "approve") else None
    if form is None and "edit" in may:
        form = NoticeForm(initial={"version": found.version, "title": found.title, "remark": found.remark})
    context = {
        "notice": found,
        "clause": found.clause.removeprefix(f"{installation.pack}/"),
        "content": content,
        "prepares": actor.has(Right.NOTICE_PREPARE, installation.unit_id),
        "letters": _letters(actor, found),
        "period": Period.parse(found.period.key),
        "word": word,
        "ranked_changes": ranked_changes(found.changes),
        "sections": [(s, columns_of(s, word)) for s in content["sections"]],
        "seen": queries.visible_units(actor) if word else frozenset(),
        "texts": TEXTS | {"name"},
        "readable": _readable(actor, found),
        "lines": _lines(actor, content),
        "may": may,
        "steps": steps,
        "mine": mine,
        "last": mine is not None and not any(s.position > mine.position for s in steps),
        "doubts": check_fonts(document_of(found)).doubts() if may else (),
        "form": form,
        "refused": refused,
        "number": found.number or acts.next_number(installation, actor),
        "prefix": acts.number_prefix(installation),
        "appeal_until": windows.last_day(found),
        "appeal_days": windows.days_to_file(found),
        "may_appeal": bool(word)
        and can(found, "appeal")
        and actor.has(Right.APPEAL_FILE)
        and (until := windows.last_day(found)) is not None
        and to_local(actor.at).date() <= until,
        "editions": found.period.notices.filter(clause=found.clause).order_by("edition"),
        "articles": found.content["articles"],
    }
    return page(request, "points/notice.html", context, form=refused or form)


def _letters(actor: Actor, found: Notice) -> list[Unit]:
    """Units of the actor's own seats that have a letter; the office takes all of them in the bundle."""
    if found.state not in queries.PUBLIC_STATES or not _has_letters(found):
        return []
    own = {g.unit_id for g in actor.grants} & {int(pk) for pk in found.content["scores"]}
    return list(Unit.objects.filter(pk__in=own & queries.visible_units(actor)).order_by("position", "pk"))


def _has_letters(found: Notice) -> bool:
    installation = found.period.installation
    rules = pack_for(installation, found.prepared_at).clauses_of("notice")
    return any(found.clause.endswith(f"/{rule.id}") and rule.letters for rule in rules)


def _readable(actor: Actor, found: Notice) -> set[int]:
    """Items of the notice the reader may open."""
    ids = [row["id"] for s in found.content["sections"] if s["of"] == "items" for row in s["rows"]]
    return set(visible_items(actor).filter(pk__in=ids).values_list("pk", flat=True))


def _lines(actor: Actor, content: Mapping[str, Any]) -> set[int]:
    """Unallocated lines the reader may open."""
    ids = [row["line"] for row in content["unallocated"]]
    return set(queries.visible_lines(actor).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


@require_GET
@needs(Right.POINTS_POST)
def held(request: HttpRequest) -> HttpResponse:
    return _held(request)


@require_POST
@needs(Right.POINTS_POST)
def settle(request: HttpRequest, key: str, how: str) -> HttpResponse:
    """Decide a held difference: restate the closed period, or carry it into the running one."""
    actor, installation = place_of(request)
    form = ReasonForm(request.POST)
    run = {"restate": restate, "carry": carry}.get(how)
    if run is None:
        raise Missing("没有这种办理方式。")
    if form.is_valid():
        with into_form(form):
            run(actor, installation, key, reason=form.cleaned_data["reason"])
            return _settled(request, actor, key, how)
    return _held(request, form)


def _settled(request: HttpRequest, actor: Actor, key: str, how: str) -> HttpResponse:
    """After a restatement the new edition of the notice is drafted at once."""
    _, installation = place_of(request)
    if how == "carry":
        messages.success(request, "已记入当期，下次通报会列出。")
        return redirect("points:held")
    issued = Notice.objects.filter(
        period__installation=installation, period__key=key, state=Notice.State.PUBLISHED
    ).first()
    if issued is None or not actor.has(Right.NOTICE_PREPARE, installation.unit_id):
        messages.success(request, "已更正台账，请拟制更正通报。")
        return redirect("points:notices")
    try:
        made = acts.prepare(actor, installation, clause=issued.clause, period=key)
    except HengjianError as error:
        messages.warning(request, f"台账已更正；更正通报没有生成：{error.message}")
        return redirect("points:held")
    messages.success(request, "台账已更正，并拟好了更正通报，请核对后送审批。")
    return redirect("points:notice", made.pk)


def _held(request: HttpRequest, form: ReasonForm | None = None) -> HttpResponse:
    actor, installation = place_of(request)
    waiting = queries.held(installation, actor.at)
    units = Unit.objects.in_bulk({u for h in waiting for u in h.difference.net if u})
    pack = pack_for(installation, actor.at)
    context = {
        "installation": installation,
        "word": words.unit_word(pack),
        "rows": [
            {
                "period": Period.parse(h.period.key),
                "closed_at": h.period.closed_at,
                "net": [(units.get(u) if u else None, p) for u, p in h.difference.net.items()],
                "added": [
                    (r, words.clause_title(pack, r.clause), units.get(r.unit or 0))
                    for r in h.difference.added
                ],
                "reversed": [(x, words.clause_title(pack, x.clause)) for x in h.difference.reversed],
                "shares": len(h.difference.shares),
            }
            for h in waiting
        ],
        "form": form or ReasonForm(),
        "open": AccountPeriod.State.OPEN,
    }
    return page(request, "points/held.html", context, form=form)
