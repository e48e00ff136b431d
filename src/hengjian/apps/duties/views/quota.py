from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hengjian.apps.duties.acts.zero import sign_zero
from hengjian.apps.duties.look import Governed, Look
from hengjian.apps.duties.overview import overview_of
from hengjian.apps.duties.quota import history, progress, submissions
from hengjian.apps.duties.registers import item_duties
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation


@require_GET
@needs(Right.ITEM_FILE, Right.POINTS_READ_ALL)
def own(request: HttpRequest) -> HttpResponse:
    """The year of one department: week by week, quarter by quarter."""
    actor = actor_of(request)
    look = Look(actor, actor.at)
    choices = [(governed, unit) for governed in look.governed for unit in _units(look, governed)]
    wanted = request.GET.get("unit", "")
    chosen = next((pair for pair in choices if str(pair[1].pk) == wanted), None)
    if wanted and chosen is None:
        raise Missing("没有这个部门，或者您无权查看。")
    chosen = chosen or (choices[0] if choices else None)
    context: dict[str, object] = {"choices": [unit for _, unit in choices], "chosen": None}
    if chosen is not None:
        governed, unit = chosen
        context |= {
            "chosen": unit,
            "installation": governed.installation,
            "duties": _strips(look, governed, unit),
        }
    return render(request, "duties/quota.html", context)


def _units(look: Look, governed: Governed) -> list[Unit]:
    """Own departments first; readers of all see every department."""
    own = look.departments(governed, Right.ITEM_FILE)
    everywhere = look.actor.units(Right.POINTS_READ_ALL)
    mine = {unit.pk for unit in own}
    return own + [unit for unit in governed.departments if unit.pk in everywhere and unit.pk not in mine]


def _strips(look: Look, governed: Governed, unit: Unit) -> list[dict[str, object]]:
    moments = submissions(governed, [unit], look.today.replace(month=1, day=1), look.today)
    running = progress(governed, [unit], look.local)[0] if item_duties(governed) else None
    strips = []
    for duty in item_duties(governed):
        clause = governed.pack.full_id(duty)
        result = next(result for each, result in running.running if each is duty) if running else None
        strips.append(
            {
                "duty": duty,
                "clause": clause,
                "article": governed.pack.article(duty.articles[0]),
                "result": result,
                "periods": history(governed, unit, duty, look.local, moments),
                "signed": bool(running and result and running.signed(clause, result.period)),
                "may_sign": look.actor.has(Right.ITEM_FILE, unit),
            }
        )
    return strips


@require_POST
@needs(Right.ITEM_FILE)
def zero(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    unit = fetch(
        Unit.objects.filter(pk__in=actor.units(Right.ITEM_FILE)), pk=_number(request.POST.get("unit"))
    )
    installation = fetch(Installation.objects.all(), pk=_number(request.POST.get("installation")))
    sign_zero(
        actor,
        installation=installation,
        unit=unit,
        clause=request.POST.get("clause", ""),
        period=request.POST.get("period", ""),
    )
    messages.success(request, "已签报本期无情况。之后有了情况，照常报送即可。")
    return redirect(f"{reverse('duties:quota')}?unit={unit.pk}")


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


@require_GET
@needs(Right.POINTS_READ_ALL)
def overview(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    look = Look(actor, actor.at)
    tables = [overview_of(look, governed) for governed in look.governed]
    return render(request, "duties/overview.html", {"tables": [table for table in tables if table.lines]})
