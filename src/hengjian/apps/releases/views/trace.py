"""Whose copy is this?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from hengjian.apps.org.gates import needs
from hengjian.apps.org.roles import Right
from hengjian.apps.releases import queries
from hengjian.apps.releases.acts.traces import look_up
from hengjian.apps.releases.forms import TraceForm
from hengjian.apps.releases.views.common import desk, uploaded
from hengjian.apps.ui.pages import into_form, page


@require_http_methods(["GET", "POST"])
@needs(Right.RELEASE_TRACE)
def trace(request: HttpRequest) -> HttpResponse:
    place = desk(request)
    posted = request.method == "POST"
    form = TraceForm(request.POST, request.FILES) if posted else TraceForm()
    found = None
    if posted and form.is_valid():
        with into_form(form):
            file = form.cleaned_data["file"]
            data = uploaded(file) if file else b""
            found = look_up(place.actor, place.installation, text=form.cleaned_data["text"], data=data)
    recent = queries.visible_handouts(place.actor)[:30]
    context = {"form": form, "found": found, "recent": recent, "asked": posted}
    return page(request, "releases/trace.html", context, form=form)
