"""One door for every decision; the page it belongs to shows the panel and gets the person back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from hengjian.apps.approvals.acts import decide as acts
from hengjian.apps.approvals.forms import DecideForm
from hengjian.apps.approvals.queries import visible_courses
from hengjian.apps.org.access import Denied, Missing
from hengjian.apps.org.gates import fetch, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.base.errors import HengjianError

SAID = {"agree": "已签批。", "return": "已退回。", "withdraw": "已撤回。"}


@require_POST
@signed_in
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    actor = actor_of(request)
    course = fetch(visible_courses(actor), pk=pk)
    form = DecideForm(request.POST)
    if verb not in SAID or not form.is_valid():
        raise Missing("没有这个办理环节。")
    version, text = form.cleaned_data["version"], form.cleaned_data["text"]
    try:
        if verb == "agree":
            acts.agree(actor, course, version=version, opinion=text)
        elif verb == "return":
            acts.send_back(actor, course, version=version, reason=text)
        else:
            acts.withdraw(actor, course, version=version)
    except Denied:
        raise
    except HengjianError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, SAID[verb])
    return redirect(course.url)
