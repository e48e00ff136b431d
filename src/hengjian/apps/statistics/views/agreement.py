"""Three levels compared; a court files its report here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.roles import Right
from hengjian.apps.statistics.acts.reports import file_report, reported_keys
from hengjian.apps.statistics.agreement import compared, standing
from hengjian.apps.statistics.forms import AgreementForm, ReportForm
from hengjian.apps.statistics.scope import Scene, visible_reports
from hengjian.apps.statistics.tables import UNTOLD, breaches_seen, last_span
from hengjian.apps.statistics.views.common import asked_span, data_of, place, span_of, versions_of
from hengjian.apps.ui.pages import into_form, page
from hengjian.statistics.model import Card
from hengjian.statistics.spans import Span
from hengjian.statistics.table import held

OFFICE = needs(Right.STATS_MANAGE)
MOST = 200


@OFFICE
@require_GET
def agreement(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    asked = request.GET.get("period", "")
    span, wrong = asked_span(scene, asked)
    data = data_of(scene, request.GET.get("version", ""))
    found = compared(scene, data, span) if data else None
    reports = standing(scene, span)
    told = {report.court_id for report in reports}
    titles = {card.key: card.title for card in scene.cards.cards}
    context = {
        "scene": scene, "installation": scene.installation, "span": span, "data": data, "found": found,
        "checked": [(level.label, number) for level, number in found.checked.items()] if found else [],
        "rows": [
            (one, titles.get(one.cell.card, one.cell.card), scene.place.name(one.cell.court))
            for one in (found.found if found else ())[:MOST]
        ],
        "more": max(0, len(found.found) - MOST) if found else 0,
        "breaches": [b.told(scene.place.name(b.court)) for b in breaches_seen(scene, data, span)] if data else [],
        "reports": reports,
        "silent": [court for court in scene.courts if court.pk not in told],
        "form": AgreementForm(
            initial={"period": asked if wrong else span.text, "version": request.GET.get("version", "")},
            versions=versions_of(scene),
        ),
        "version": request.GET.get("version", ""), "wrong": wrong,
    }  # fmt: skip
    answer = page(request, "statistics/agreement.html", context)
    answer.status_code = 422 if wrong else 200
    return answer


@OFFICE
@require_http_methods(["GET", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    asked = span_of(scene, request.GET.get("period", ""))
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        initial={"period": asked.text},
        cards=_cards(scene),
    )
    court = scene.own_court
    if court is not None and form.is_valid():
        with into_form(form):
            data = form.cleaned_data
            made = file_report(
                scene.actor, scene.place.dataset, court, span=data["period"], values=form.values(),
                cases=data["cases"], remark=data["remark"], client_key=data["client_key"],
            )  # fmt: skip
            messages.success(request, f"已上报{made}。")
            return redirect(f"{reverse('statistics:agreement')}?period={made.span}")
    context = {
        "scene": scene,
        "installation": scene.installation,
        "form": form,
        "court": court,
        "span": asked,
    }
    return page(request, "statistics/report_new.html", context, form=form)


def _cards(scene: Scene) -> list[Card]:
    span = last_span(scene)
    hold = held(scene.cards, span)
    return [hold.card(key) for key in reported_keys(scene.cards, span)]


@OFFICE
@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    scene = place(request)
    row = fetch(visible_reports(scene.actor), pk=pk)
    if scene.hides(row.court.code, Span.parse(row.span)):
        raise Missing(UNTOLD)
    titles = {card.key: card.title for card in scene.cards.cards}
    figures = [(titles.get(f.card, f.card), "、".join(v for _, v in f.dims), f) for f in row.figures.all()]
    earlier = visible_reports(scene.actor).filter(court=row.court, span=row.span).exclude(pk=row.pk)
    context = {
        "scene": scene, "installation": scene.installation, "report": row, "figures": figures,
        "span": Span.parse(row.span), "others": earlier,
    }  # fmt: skip
    return page(request, "statistics/report.html", context)
