from __future__ import annotations

from django.urls import path

from hengjian.apps.duties.plans import views as plans
from hengjian.apps.duties.roster import views as roster
from hengjian.apps.duties.views import inbox, quota, registers

app_name = "duties"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("calendar/", inbox.calendar, name="calendar"),
    path("service/", inbox.service, name="service"),
    path("quota/", quota.own, name="quota"),
    path("quota/zero/", quota.zero, name="zero"),
    path("overview/", quota.overview, name="overview"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.new, name="plan_new"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("roster/", roster.roster, name="roster"),
    path("roster/new/", roster.propose, name="roster_propose"),
    path("roster/<int:pk>/", roster.change, name="roster_change"),
    path("progress/", plans.progress, name="progress"),
    path("registers/", registers.index, name="registers"),
    path("registers/entry/<int:pk>/", registers.entry, name="entry"),
    path("registers/entry/<int:pk>/file/", registers.file, name="entry_file"),
    path("registers/entry/<int:pk>/withdraw/", registers.withdraw, name="entry_withdraw"),
    path("registers/record/<path:clause>/", registers.record, name="record"),
    path("registers/<path:clause>/", registers.register, name="register"),
]
