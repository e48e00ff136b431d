from __future__ import annotations

from django.urls import URLPattern, path

from hengjian.apps.desk.views import meetings, public, registry, skills, tickets

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("tickets/", tickets.ticket_list, name="tickets"),
    path("tickets/new/", tickets.new, name="ticket_new"),
    path("tickets/export/", tickets.export, name="tickets_export"),
    path("tickets/templates/", tickets.template_list, name="templates"),
    path("tickets/templates/<int:pk>/retire/", tickets.template_retire, name="template_retire"),
    path("tickets/<int:pk>/", tickets.ticket, name="ticket"),
    path("tickets/<int:pk>/act/<str:verb>/", tickets.act, name="ticket_act"),
    path("meetings/", meetings.meeting_list, name="meetings"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/topic/", meetings.topic, name="topic"),
    path("meetings/<int:pk>/act/<str:verb>/", meetings.act, name="meeting_act"),
    path("meetings/<int:pk>/<str:what>/<str:suffix>/", meetings.file, name="meeting_file"),
    path("topics/<int:pk>/drop/", meetings.drop, name="topic_drop"),
    path("decisions/<int:pk>/done/", meetings.fulfil, name="decision_done"),
    path("systems/", registry.system_list, name="systems"),
    path("systems/export/", registry.systems_export, name="systems_export"),
    path("systems/<int:pk>/", registry.system, name="system"),
    path("checklist/", registry.checklist, name="checklist"),
    path("checklist/export/", registry.checklist_export, name="checklist_export"),
    path("checklist/<int:pk>/file/", registry.evidence_file, name="evidence_file"),
    path("checklist/record/", registry.record, name="evidence"),
    path("checklist/<int:pk>/withdraw/", registry.withdraw, name="evidence_withdraw"),
    path("skills/", skills.register, name="skills"),
    path("skills/export/", skills.export, name="skills_export"),
    path("skills/<int:pk>/require/", skills.require, name="skill_require"),
    path("skills/<int:pk>/record/", skills.record, name="skill_record"),
    path("skills/entry/<int:pk>/withdraw/", skills.withdraw, name="skill_withdraw"),
    path("ask/", public.start, name="ask_start"),
    path("ask/find/", public.find, name="ask_find"),
    path("ask/code/<str:code>/", public.follow, name="follow"),
    path("ask/code/<str:code>/rate/", public.rate, name="follow_rate"),
    path("ask/<str:unit>/", public.ask, name="ask"),
]
