"""The register of published figures, for people with an account and, what is public, for everybody."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.releases import limits, queries
from hengjian.apps.releases.forms import AskForm
from hengjian.apps.releases.freezing import digest_of
from hengjian.apps.releases.models import Figure, Release
from hengjian.apps.releases.views.common import desk
from hengjian.apps.releases.writing import citation, shown
from hengjian.apps.ui.pages import page
from hengjian.base.errors import HengjianError
from hengjian.figures.spans import Span

SHOWN = 40


@require_GET
@signed_in
def register(request: HttpRequest) -> HttpResponse:
    """Open figures, and those before their time to whom they are known."""
    place = desk(request)
    form = AskForm(request.GET)
    found = asked_for(queries.current_figures(place.actor), form)
    return page(request, "releases/register.html", _listed(request, place.actor, found, form), form=None)


@require_GET
@signed_in
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    place = desk(request)
    found = fetch(queries.visible_figures(place.actor), pk=pk)
    return page(request, "releases/figure.html", _one(place.actor, found) | {"signed": True})


@require_GET
def public(request: HttpRequest) -> HttpResponse:
    """Without an account. Only what is open to everybody by now."""
    actor = Actor(user=None, person=None, at=timezone.now())
    form = AskForm(request.GET)
    if not limits.allow(request, actor.at):
        return _slow_down(request, form)
    found = asked_for(queries.open_figures(actor), form)
    return page(request, "releases/public.html", _listed(request, actor, found, form))


@require_GET
def public_figure(request: HttpRequest, pk: int) -> HttpResponse:
    actor = Actor(user=None, person=None, at=timezone.now())
    if not limits.allow(request, actor.at):
        return _slow_down(request, AskForm())
    found = fetch(queries.visible_figures(actor), pk=pk)
    return page(request, "releases/public_figure.html", _one(actor, found))


def _slow_down(request: HttpRequest, form: AskForm) -> HttpResponse:
    answer = page(request, "releases/public.html", {"form": form, "limited": True})
    answer.status_code = 429
    answer["Retry-After"] = str(limits.WINDOW)
    return answer


def asked_for(found: QuerySet[Figure], form: AskForm) -> QuerySet[Figure]:
    if not form.is_valid():
        return found.none()
    wanted = form.cleaned_data
    for word in wanted["q"].split():
        found = found.filter(Q(name__icontains=word) | Q(aliases__icontains=word))
    if wanted["court"].strip():
        text = wanted["court"].strip()
        found = found.filter(Q(court__name__icontains=text) | Q(court__short_name__icontains=text))
    if wanted["period"].strip():
        try:
            span = Span.parse(wanted["period"])
        except HengjianError as error:
            form.add_error("period", error.message)
            return found.none()
        found = found.filter(first__gte=span.first, end__lte=span.end)
    return found.order_by("-end", "court__position", "name", "pk")


def _listed(request: HttpRequest, actor: Actor, found: QuerySet[Figure], form: AskForm) -> dict[str, object]:
    pages = Paginator(found.prefetch_related("notes"), SHOWN).get_page(request.GET.get("page"))
    rows = [(row, shown(row), queries.before_time(row.release, actor.at)) for row in pages]
    return {"form": form, "page": pages, "rows": rows, "asked": any(form.data.values())}


def _one(actor: Actor, found: Figure) -> dict[str, object]:
    """The figure, its revisions as far as they may be seen, and where it was published."""
    seen = queries.visible_figures(actor).filter(key_digest=found.key_digest)
    chain = list(seen.filter(installation=found.installation_id).order_by("-revision"))
    places = queries.visible_releases(actor).filter(cells__figure=found, state=Release.State.APPROVED)
    return {
        "figure": found,
        "shown": shown(found),
        "citation": citation(found),
        "secret": queries.before_time(found.release, actor.at),
        "chain": [(row, shown(row)) for row in chain],
        "newest": chain[0] if chain else found,
        "places": places.distinct(),
        "intact": digest_of(found) == found.digest,
        "notes": found.notes.all(),
    }
