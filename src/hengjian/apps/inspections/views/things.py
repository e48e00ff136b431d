"""Pages of a letter, a note, a problem, a rectification, a piece of evidence, a frozen record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hengjian.apps.approvals import running
from hengjian.apps.inspections import access, words
from hengjian.apps.inspections.acts import records as record_acts
from hengjian.apps.inspections.custody import verify
from hengjian.apps.inspections.doings import offered, visible_interviews
from hengjian.apps.inspections.models import Finding
from hengjian.apps.inspections.paper.report import cause_text
from hengjian.apps.inspections.records import kind_label
from hengjian.apps.inspections.views.common import pack_of
from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.org.middleware import actor_of


@require_GET
@signed_in
def request(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(access.visible_requests(actor), pk=pk)
    pack = pack_of(found.inspection, actor)
    context = {
        "row": found,
        "inspection": found.inspection,
        "installation": found.inspection.installation,
        "power": words.term(pack, "power", found.power),
        "questions": found.questions.splitlines(),
        "answers": found.answers.select_related("by", "evidence"),
        "refusals": found.refusals.all(),
        "doings": offered(actor, "request", found),
        "inside": access.inside(actor).filter(pk=found.inspection_id).exists(),
    }
    return render(request, "inspections/request.html", context)


@require_GET
@signed_in
def interview(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(visible_interviews(actor), pk=pk)
    context = {
        "row": found,
        "inspection": found.inspection,
        "installation": found.inspection.installation,
        "power": words.term(pack_of(found.inspection, actor), "power", "question"),
        "askers": found.askers.order_by("pk"),
        "doings": offered(actor, "interview", found),
    }
    return render(request, "inspections/interview.html", context)


@require_GET
@signed_in
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(access.visible_findings(actor), pk=pk)
    pack = pack_of(found.inspection, actor)
    inside = access.inside(actor).filter(pk=found.inspection_id).exists()
    context = {
        "row": found,
        "inspection": found.inspection,
        "installation": found.inspection.installation,
        "head": words.term(pack, "inspection_head", found.head),
        "cause": cause_text(found, pack),
        "alleged": words.label(pack, "cause", found.alleged) if found.alleged else "",
        "evidence": found.evidence.all(),
        "copies": found.copies.all(),
        "replies": found.replies.select_related("by"),
        "views": _views(actor, found),
        "wanted": words.persons_of(pack, words.INTENT, "find", words.today(actor)),
        "rectifications": found.rectifications.all(),
        "doings": offered(actor, "finding", found),
        "inside": inside,
    }
    return render(request, "inspections/finding.html", context)


def _views(actor: Actor, found: Finding) -> list[tuple[str, bool, str]]:
    """Until all have given theirs each inspector sees only his own; afterwards the person sees the grounds too."""
    rows = list(found.views.select_related("person"))
    if found.intent == Finding.Intent.VIEWS:
        rows = [row for row in rows if actor.person is not None and row.person_id == actor.person.pk]
    return [(str(row.person), row.intended, row.grounds) for row in rows]


@require_GET
@signed_in
def rectification(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(access.visible_rectifications(actor), pk=pk)
    context = {
        "row": found,
        "inspection": found.finding.inspection,
        "installation": found.finding.inspection.installation,
        "extensions": found.extensions.select_related("by"),
        "doings": offered(actor, "rectification", found),
        "earlier": running.earlier(found),
        "late": found.due_on is not None
        and found.state in ("open", "handed")
        and found.due_on < words.today(actor),
    }
    return render(request, "inspections/rectification.html", context)


@require_GET
@signed_in
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The chain of hands, and whether chain and file are what they were: read anew at every look."""
    actor = actor_of(request)
    found = fetch(access.visible_evidence(actor), pk=pk)
    context = {
        "row": found,
        "inspection": found.inspection,
        "installation": found.inspection.installation,
        "power": words.term(pack_of(found.inspection, actor), "power", found.power),
        "custody": found.custody.order_by("n"),
        "verdict": verify(found),
        "doings": offered(actor, "evidence", found),
    }
    return render(request, "inspections/evidence.html", context)


@require_GET
@signed_in
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A frozen record against what stands now; the look is written down first."""
    actor = actor_of(request)
    found = fetch(access.visible_copies(actor), pk=pk)
    compared = record_acts.look(actor, found)
    context = {
        "row": found,
        "inspection": found.inspection,
        "installation": found.inspection.installation,
        "kind": kind_label(found.kind),
        "compared": compared,
        "fields": list(found.data.items()),
        "looks": found.looks.select_related("person")[:20],
    }
    return render(request, "inspections/copy.html", context)
