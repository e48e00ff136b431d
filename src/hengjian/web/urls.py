"""All pages. Every pattern here must stand in the authorisation matrix (tests/authz)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from hengjian.web.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    path("accounts/", include("hengjian.apps.org.login_urls")),
    path("", include("hengjian.apps.duties.urls")),
    path("org/", include("hengjian.apps.org.urls")),
    path("audit/", include("hengjian.apps.audit.urls")),
    path("regs/", include("hengjian.apps.regs.urls")),
    path("bulletins/", include("hengjian.apps.bulletins.urls")),
    path("points/", include("hengjian.apps.points.urls")),
    path("cases/", include("hengjian.apps.cases.urls")),
    path("papers/", include("hengjian.apps.papers.urls")),
    path("statistics/", include("hengjian.apps.statistics.urls")),
    path("approvals/", include("hengjian.apps.approvals.urls")),
    path("matters/", include("hengjian.apps.matters.urls")),
    path("desk/", include("hengjian.apps.desk.urls")),
    path("inspections/", include("hengjian.apps.inspections.urls")),
    path("indicators/", include("hengjian.apps.indicators.urls")),
    path("releases/", include("hengjian.apps.releases.urls")),
    path("mailroom/", include("hengjian.apps.mailroom.urls")),
    path("ui/", include("hengjian.apps.ui.urls")),
]
