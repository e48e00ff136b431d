"""The bare Django view each list page is compared with: the same fifty rows, a plain table, nothing else."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.models import Edition, Fact, FaultCase, IntranetPost, Item, ReviewStep
from hengjian.apps.mailroom.models import OutgoingMail

TEMPLATE = Engine().from_string(
    "<!doctype html><title>bare</title><table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>"
    "{% endfor %}</tr>{% endfor %}</table>"
)
Row = Callable[[object], tuple[object, ...]]


def _items() -> QuerySet[Item]:
    return Item.objects.select_related("unit").defer("body").order_by("-changed_at", "-id")


LISTS: dict[str, tuple[Callable[[], QuerySet], str]] = {
    "items": (_items, "number title state unit changed_at"),
    "review": (
        lambda: ReviewStep.objects.filter(state="open").select_related("item", "unit").order_by("opened_at"),
        "item label unit opened_at",
    ),
    "facts": (
        lambda: (
            Fact.objects.filter(kind="adopt", withdraws=None)
            .select_related("item__unit")
            .order_by("-happened_at")
        ),
        "kind value item publication happened_at",
    ),
    "faults": (
        lambda: FaultCase.objects.select_related("item", "unit").order_by("-proposed_at"),
        "item unit kind state proposed_at",
    ),
    "editions": (
        lambda: Edition.objects.filter(state="issued").order_by("-issued_at"),
        "title number issued_at",
    ),
    "intranet": (
        lambda: (
            IntranetPost.objects.filter(taken_down_at=None)
            .select_related("item__unit")
            .order_by("-posted_at")
        ),
        "item posted_at",
    ),
    "audit": (lambda: Entry.objects.order_by("-n"), "n at actor_name action object_label outcome"),
    "mails": (
        lambda: OutgoingMail.objects.select_related("person").order_by("-created_at"),
        "person subject state created_at",
    ),
}


@login_required
def bare(request: HttpRequest, name: str) -> HttpResponse:
    rows, fields = LISTS[name]
    first = 50 * (int(request.GET.get("page", 1)) - 1)
    cells = [[getattr(row, field) for field in fields.split()] for row in rows()[first : first + 50]]
    return HttpResponse(TEMPLATE.render(Context({"rows": cells})))


def _urls() -> list:
    from hengjian.web.urls import urlpatterns

    return [path("bare/<str:name>/", bare), *urlpatterns]


urlpatterns = _urls()
