"""One door for everything that is done: the form of a doing, on its own page; sent, it calls the act."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from hengjian.apps.inspections.doings import THINGS
from hengjian.apps.inspections.forms import inspection_of
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.ui.pages import into_form, page


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def do(request: HttpRequest, kind: str, pk: int, verb: str) -> HttpResponse:
    actor = actor_of(request)
    thing = THINGS.get(kind)
    doing = thing.doing(verb) if thing else None
    if thing is None or doing is None:
        raise Missing("没有这样的办理。")
    subject = fetch(thing.visible(actor), pk=pk)
    sent = request.method == "POST"
    given = {"data": request.POST, "files": request.FILES} if sent else {}
    form = doing.form(**given, actor=actor, subject=subject)
    if sent and form.is_valid():
        with into_form(form):
            made = doing.run(actor, subject, dict(form.cleaned_data))
            messages.success(request, doing.said)
            return redirect(doing.leads(made) if doing.leads else thing.page(subject))
    context = {
        "doing": doing,
        "subject": subject,
        "inspection": inspection_of(subject),
        "form": form,
        "back": thing.page(subject),
        "upload": form.is_multipart(),
    }
    return page(request, "inspections/do.html", context, form=form)
