"""Pages and API: each side sees its own; what is done is done by the same acts; papers print."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from hengjian.apps.inspections.acts import interviews, plan, rectify, team
from hengjian.apps.inspections.conftest import PDF, Circle
from hengjian.apps.inspections.doings import THINGS
from hengjian.apps.inspections.models import Inspection, Plan, Request
from hengjian.apps.inspections.tests.test_powers import _text
from hengjian.apps.org.queries import house_of

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"inspections:{name}", args=args)


@pytest.fixture
def now(circle: Circle) -> Circle:
    """The story at the moment pages are looked at."""
    circle.at = timezone.now().replace(microsecond=0)
    return circle


def test_every_side_sees_its_own_pages(now: Circle) -> None:
    row, found = now.reported()
    letter_row = now.begun()
    letter = now.letter(letter_row)
    now.evidence(letter_row)
    work = rectify.order(now.actor("stat"), found, opinion="逐案核对。")
    common = [url("home"), url("inspection", row.pk), url("finding", found.pk), url("rectification", work.pk)]
    seen = {
        "stat": [
            *common,
            url("plan", row.plan_id),
            url("request", letter.pk),
            url("rectifications"),
            url("refusals"),
        ],
        "one": [*common, url("evidence", row.evidence.get().pk)],
        "head": [*common, url("request", letter.pk), url("mine"), url("practices")],
        "president": common,
        "high_stat": common,
    }
    for who, pages in seen.items():
        client = now.client(who)
        for page in pages:
            assert client.get(page).status_code == 200, (who, page)
    for who in ("other_head", "clerk", "civil_head"):
        for page in common[1:]:
            assert now.client(who).get(page).status_code == 404, (who, page)


def test_the_report_is_for_the_court_only_once_signed(now: Circle) -> None:
    row = now.begun()
    assert now.client("president").get(url("report", row.pk, "pdf")).status_code == 404
    assert now.client("one").get(url("report", row.pk, "docx")).status_code == 200


def test_papers_print_with_number_basis_and_no_invented_limit(now: Circle) -> None:
    row = now.begun()
    letter = now.letter(row)
    client = now.client("head")
    data = b"".join(client.get(url("request_file", letter.pk, "docx")))
    text = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    for said in ("检查查询书", f"查{letter.number}号", "第十七条", "答复期限：未规定", "秦司南"):
        assert said in text, said
    assert client.get(url("request_file", letter.pk, "pdf")).content.startswith(b"%PDF-")
    assert client.get(url("request_file", letter.pk, "exe")).status_code == 404


def test_a_report_names_the_first_responsible_and_what_was_established(now: Circle) -> None:
    row, _ = now.reported()
    data = b"".join(now.client("president").get(url("report", row.pk, "docx")))
    text = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    for said in ("沈明鉴", "林知微", "疏忽", "秦司南、祁连山", "限期整改"):
        assert said in text, said


def test_an_interview_prints_for_the_team_and_the_person(now: Circle) -> None:
    row = now.begun()
    both = [now.people["one"], now.people["two"]]
    note = interviews.record(now.actor("one"), row, text=_text(now), askers=both)
    assert now.client("clerk").get(url("interview", note.pk)).status_code == 404
    interviews.read_back(now.actor("one"), note)
    assert now.client("clerk").get(url("interview", note.pk)).status_code == 200
    assert now.client("clerk").get(url("interview_file", note.pk, "pdf")).content.startswith(b"%PDF-")
    assert now.client("head").get(url("interview", note.pk)).status_code == 404


def test_evidence_is_handed_out_safely_and_into_the_chain(now: Circle) -> None:
    piece = now.evidence(now.begun())
    answer = now.client("two").get(url("evidence_file", piece.pk))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert piece.custody.last().kind == "viewed"  # type: ignore[union-attr]
    assert now.client("head").get(url("evidence_file", piece.pk)).status_code == 404


def test_every_form_opens_for_whom_it_is_offered(now: Circle) -> None:
    row = now.begun()
    letter = now.letter(row)
    client = now.client("one")
    for verb in (
        "check",
        "request",
        "interview",
        "evidence",
        "freeze",
        "refusal",
        "find",
        "practice",
        "hand",
    ):
        assert client.get(url("do", "inspection", row.pk, verb)).status_code == 200, verb
    assert client.get(url("do", "request", letter.pk, "assess")).status_code == 200
    assert client.get(url("do", "inspection", row.pk, "nonsense")).status_code == 404
    assert client.get(url("do", "nonsense", row.pk, "check")).status_code == 404


def test_a_plan_through_the_page(now: Circle) -> None:
    client = now.client("stat")
    form = client.get(url("plan_new")).context["form"]
    data = {
        "client_key": form["client_key"].value(), "title": "一季度检查", "mode": "special", "purpose": "核对",
        "starts_on": "2026-03-02", "ends_on": "2026-03-13", "courts": [now.units["county"].pk],
    }  # fmt: skip
    answer = client.post(url("plan_new"), data)
    assert answer.status_code == 302 and Plan.objects.get().inspections.count() == 1
    data |= {"client_key": "new", "mode": "self"}
    assert client.post(url("plan_new"), data).status_code == 422


def test_a_letter_and_its_answer_through_the_pages(now: Circle) -> None:
    row = now.begun()
    form = now.client("one").get(url("do", "inspection", row.pk, "request")).context["form"]
    data = {
        "version": row.version, "client_key": form["client_key"].value(), "power": "inquiry",
        "unit": now.units["filing"].pk, "subject": "核对", "questions": "一\n二",
    }  # fmt: skip
    assert now.client("one").post(url("do", "inspection", row.pk, "request"), data).status_code == 302
    letter = Request.objects.get()
    file = SimpleUploadedFile("登记簿.pdf", PDF)
    sent = {"version": letter.version, "client_key": "a1", "text": "属实", "file": file}
    assert now.client("head").post(url("do", "request", letter.pk, "answer"), sent).status_code == 302
    assert letter.answers.get().evidence is not None
    stale = {"version": 1, "state": "full"}
    answer = now.client("one").post(url("do", "request", letter.pk, "assess"), stale)
    assert answer.status_code == 422 and "已被改动" in answer.content.decode()


def test_the_api_does_what_the_pages_do(now: Circle) -> None:
    row = now.begun()
    client = now.client("one")

    def post(path: str, **data: object):  # type: ignore[no-untyped-def]
        return client.post(f"/api/inspections/{path}", json.dumps(data), content_type="application/json")

    answer = post(f"inspection/{row.pk}/check", head="secrecy", result="fine")
    assert answer.status_code == 200, answer.content
    assert row.heads.get().head == "secrecy"
    assert post(f"inspection/{row.pk}/check", head="secrecy", result="fine", more=1).status_code == 422
    assert post(f"inspection/{row.pk}/check", head="nonsense", result="fine").status_code in (400, 422)
    other = now.client("other_head").post(
        f"/api/inspections/inspection/{row.pk}/check",
        json.dumps({"head": "truth", "result": "fine"}),
        content_type="application/json",
    )
    assert other.status_code == 404
    listed = client.get("/api/inspections/inspections").json()
    assert [one["id"] for one in listed] == [row.pk]


def test_evidence_through_the_api(now: Circle) -> None:
    row = now.begun()
    data = {
        "title": "照片", "source": "现场", "power": "copy", "taken_at": now.at.isoformat(), "client_key": "k1",
        "file": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n123"),
    }  # fmt: skip
    answer = now.client("one").post(f"/api/inspections/inspection/{row.pk}/evidence", data)
    assert answer.status_code == 200, answer.content
    pk = answer.json()["id"]
    assert now.client("one").get(f"/api/inspections/evidence/{pk}/verify").json()["good"] is True


def test_who_is_governed_by_nothing_of_the_kind_finds_no_pages(story) -> None:  # type: ignore[no-untyped-def]
    client = story.client("writer")
    for name in ("home", "mine", "rectifications", "refusals", "practices", "plan_new"):
        assert client.get(url(name)).status_code == 404, name
    assert "监督检查" not in client.get("/").content.decode()


def test_every_doing_has_a_label_and_one_verb(now: Circle) -> None:
    for thing in THINGS.values():
        verbs = [doing.verb for doing in thing.doings]
        assert len(verbs) == len(set(verbs)) and all(doing.label for doing in thing.doings)
    assert Inspection.State.UNDERWAY


def test_an_order_is_offered_when_nothing_is_missing_and_names_its_article_before(circle: Circle) -> None:
    row, office = circle.planned(), circle.client("stat")
    page, order = f"/inspections/{row.pk}/", f"/inspections/do/inspection/{row.pk}/order/"
    assert order not in office.get(page).content.decode()
    refused = office.post(order, {}).content.decode()
    assert "检查人员不得少于2人" in refused and "（依据第十四条）" in refused
    circle.name(row, "one", "two")
    for key in ("one", "two"):
        team.declare(circle.actor(key), row)
    plan.set_scope(circle.actor("stat"), row, units=[circle.units["filing"]])
    assert order in office.get(page).content.decode()


def test_people_to_name_stand_under_their_court(now: Circle) -> None:
    """Every court has a 民一庭: a name with its department alone would not say whose."""
    row = now.planned()
    page = (
        now.client("stat")
        .get(reverse("inspections:do", args=["inspection", row.pk, "name"]))
        .content.decode()
    )
    groups = dict(part.split('">', 1) for part in page.split('<optgroup label="')[1:])
    for who in ("one", "head"):
        person = now.people[who]
        (court,) = [name for name, people in groups.items() if f'value="{person.pk}"' in people]
        assert court == str(house_of(person.unit)), who
