"""What went where: issues of our own, carriers of others, the outside; by period and carrier, as page and workbook."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hengjian.apps.bulletins.desk.acts import edition as acts
from hengjian.apps.bulletins.desk.carriers import Carriers, calendar_table, went_table
from hengjian.apps.bulletins.models import Edition
from hengjian.apps.conftest_province import Province
from hengjian.apps.regs.queries import pack_for
from hengjian.base.periods import Period
from hengjian.documents.intake import read_xlsx

pytestmark = pytest.mark.django_db


def found(story, who="editor", period="2024Q2"):
    actor = story.actor(who)
    return Carriers(actor, story.installation, pack_for(story.installation, story.at), Period.parse(period))


def test_an_issue_tells_which_items_went_out_to_whom_and_when(story, received, weekly):
    editor, item = story.actor("editor"), received()
    acts.put_item(editor, weekly, item)
    weekly.refresh_from_db()
    issued = acts.issue(editor, weekly, version=weekly.version)
    [went] = found(story).went()
    assert (went.item, went.edition, went.issue, went.at) == (item, issued, str(issued), issued.issued_at)
    assert went.to.startswith("报") and "送" in went.to
    assert found(story).went("没有的载体") == [] and found(story, period="2024Q1").went() == []
    [row] = [row for row in calendar_table(found(story).calendar()).rows if row[1] == str(issued)]
    assert row[3] == "已印发" and row[5] == 1


def test_a_late_issue_is_told_and_a_restricted_one_only_to_those_who_may_read_it(story, received, weekly):
    special = acts.open_edition(story.actor("editor"), story.installation, outlet="special", recipients=[])
    secret = received(category="major", outlet="special", grade="sensitive")
    acts.put_item(story.actor("editor"), special, secret)
    special.refresh_from_db()
    acts.issue(story.actor("editor"), special, version=special.version)
    Edition.objects.filter(pk=weekly.pk).update(due_on=story.at.date().replace(day=1))
    assert [slot.late for slot in found(story).calendar() if slot.edition == weekly] == [True]
    assert [went.item for went in found(story).went()] == [secret]
    assert found(story, "neighbour").went() == []


def test_adoption_by_others_is_told_from_the_facts(province: Province) -> None:
    first, second = province.items("city", 2, "2024-01-03T09:00")
    province.fact("adopt", first, "2024-02-01T09:00", "website")
    province.fact(
        "adopt", second, "2024-02-02T09:00", "prov_gov", publication="《要情》第3期", carrier="prov_gov"
    )
    actor = province.actor("editor")
    pack = pack_for(province.installation, province.at)
    rows = Carriers(actor, province.installation, pack, Period.parse("2024-02")).went()
    assert [(w.carrier, w.issue, w.to, w.item) for w in rows] == [
        ("省政府刊物", "《要情》第3期", "省政府", second), ("省厅门户网站", "", "", first),
    ]  # fmt: skip
    assert [row[3] for row in went_table(rows).rows] == [second.title, first.title]


def test_page_and_workbook(story, received, weekly):
    client = story.client("editor")
    acts.put_item(story.actor("editor"), weekly, received())
    weekly.refresh_from_db()
    acts.issue(story.actor("editor"), weekly, version=weekly.version)
    page = client.get(reverse("bulletins:carriers"), {"period": "2024Q2"}).content.decode()
    assert str(weekly.title) in page and "刊期日历" in page and "2024年第二季度" in page
    file = client.get(reverse("bulletins:carriers"), {"period": "2024-06", "export": "xlsx"})
    assert [sheet.name for sheet in read_xlsx(file.content)] == ["去向", "刊期"]
    assert client.get(reverse("bulletins:carriers"), {"period": "x"}).status_code == 200
    assert story.client("writer").get(reverse("bulletins:carriers")).status_code == 403
