from __future__ import annotations

from django.urls import path

from hengjian.apps.papers import views

app_name = "papers"
urlpatterns = [
    path("", views.papers, name="papers"),
    path("batches/<int:pk>/", views.batch, name="batch"),
    path("batches/<int:pk>/again/", views.batch_again, name="batch_again"),
    path("<int:pk>/", views.paper, name="paper"),
    path("<int:pk>/row.csv", views.row_file, name="row"),
    path("<int:pk>/<slug:verb>/", views.paper_do, name="paper_do"),
]
