from __future__ import annotations

from django.urls import URLPattern, path

from hengjian.apps.regs.views import manage, register, room

app_name = "regs"
urlpatterns: list[URLPattern] = [
    path("", room.index, name="index"),
    path("register/", register.register, name="register"),
    path("install/", manage.install, name="install"),
    path("<int:pk>/", room.articles, name="articles"),
    path("<int:pk>/articles/<str:number>/", room.article, name="article"),
    path("<int:pk>/readings/", manage.readings, name="readings"),
    path("<int:pk>/readings/<slug:reading>/decide/", manage.decide, name="decide"),
    path("<int:pk>/interpretation/", manage.interpretation, name="interpretation"),
    path("<int:pk>/interpretation.<str:suffix>", register.letter, name="request"),
    path("<int:pk>/values/", room.values, name="values"),
    path("<int:pk>/coverage/", room.coverage, name="coverage"),
    path("<int:pk>/findings/", room.findings, name="findings"),
    path("<int:pk>/versions/", room.versions, name="versions"),
    path("<int:pk>/redate/", manage.redate, name="redate"),
    path("<int:pk>/accept/", manage.accept, name="accept"),
]
