"""What the pages share."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from hengjian.apps.cases.access import case_installations, visible_courts, visible_datasets
from hengjian.apps.cases.acts.dataset import make_dataset
from hengjian.apps.cases.models import Dataset
from hengjian.apps.org.access import Actor, Missing, system_actor
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit


def place_of(request: HttpRequest) -> tuple[Actor, Dataset, list[Unit]]:
    """The actor, the dataset he works on and its courts he sees; 404 where no case data is governed."""
    actor = actor_of(request)
    datasets = visible_datasets(actor).order_by("pk")
    wanted = request.GET.get("dataset", "")
    dataset = (datasets.filter(name=wanted).first() if wanted else None) or datasets.first()
    if dataset is None:
        governed = case_installations(actor)
        if not governed:
            raise Missing("您所在的单位没有管理案件信息的制度。")
        dataset = make_dataset(system_actor("案件信息", actor.at), governed[0])
    return actor, dataset, visible_courts(actor, dataset)


TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def download(data: bytes, name: str, suffix: str) -> HttpResponse:
    response = HttpResponse(data, content_type=TYPES[suffix])
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{suffix}") or "attachment"
    return response
