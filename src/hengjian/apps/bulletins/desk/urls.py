"""Addresses of the desk (included by ``bulletins.urls``)."""

from __future__ import annotations

from django.urls import path, re_path

from hengjian.apps.bulletins.desk.views import carriers, editions, exhibits, facts, faults, intranet

urlpatterns = [
    path("editions/", editions.shelf, name="shelf"),
    path("editions/<int:pk>/", editions.read, name="read_edition"),
    re_path(r"^editions/(?P<pk>\d+)/file\.(?P<form>pdf|docx)$", editions.download, name="edition_file"),
    path("desk/", editions.desk, name="desk"),
    path("desk/open/", editions.open_new, name="open_edition"),
    path("desk/editions/<int:pk>/", editions.compose, name="compose"),
    path("desk/editions/<int:pk>/remark/", editions.write_remark, name="edition_remark"),
    re_path(
        r"^desk/editions/(?P<pk>\d+)/(?P<verb>put|take|up|down|order)/$",
        editions.change,
        name="edition_change",
    ),
    re_path(
        r"^desk/editions/(?P<pk>\d+)/(?P<verb>issue|skip|recall)/$", editions.finish, name="edition_finish"
    ),
    path("desk/carriers/", carriers.carriers, name="carriers"),
    path("desk/facts/", facts.register, name="register"),
    path("desk/items/<int:pk>/facts/", facts.facts_of, name="facts_of"),
    re_path(r"^desk/items/(?P<pk>\d+)/(?P<kind>adopt|instruct)/$", facts.record, name="record_fact"),
    path("desk/facts/<int:pk>/withdraw/", facts.withdraw, name="withdraw_fact"),
    path("desk/items/<int:pk>/fault/", faults.propose, name="propose_fault"),
    path("desk/items/<int:pk>/intranet/", intranet.post, name="post_to_intranet"),
    path("faults/", faults.cases, name="faults"),
    path("faults/violation/", faults.violation, name="violation"),
    path("faults/silence/", faults.silence, name="silence"),
    path("faults/<int:pk>/", faults.case, name="fault"),
    path("faults/<int:pk>/exhibits/", exhibits.add, name="add_exhibit"),
    path("faults/exhibits/<int:pk>/", exhibits.hand_out, name="exhibit"),
    re_path(r"^faults/(?P<pk>\d+)/(?P<verb>reply|decide|withdraw)/$", faults.answer, name="fault_answer"),
    path("intranet/", intranet.column, name="column"),
    path("intranet/<int:pk>/", intranet.article, name="article"),
    path("intranet/<int:pk>/take-down/", intranet.remove, name="take_down"),
]
