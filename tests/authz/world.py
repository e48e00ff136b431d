"""One of everything: the objects the matrix knocks at. Titles are marks, so that a leak is found by its words.

Marked 机密 are texts that only those may meet who are entitled to the item; see ``visible.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.utils import timezone

from hengjian.apps.bulletins.acts.decide import approve
from hengjian.apps.bulletins.acts.emergency import report
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.desk.acts import edition as editions
from hengjian.apps.bulletins.desk.acts.exhibit import add_exhibit
from hengjian.apps.bulletins.desk.acts.fault import propose_fault
from hengjian.apps.bulletins.desk.acts.intranet import post_to_intranet
from hengjian.apps.bulletins.desk.acts.outside import record_adoption
from hengjian.apps.bulletins.models import Attachment, Edition, Fact, FaultCase, Item, Revision
from hengjian.apps.conftest import SINCE, Story
from hengjian.apps.duties.models import Fulfilment, JobState
from hengjian.apps.mailroom.models import IncomingMail, OutgoingMail
from hengjian.apps.org.models import Absence, Appointment, ImportFile, Post, User
from hengjian.apps.points.acts import appeals, notices
from hengjian.apps.points.models import Appeal, LedgerLine, Notice
from hengjian.apps.regs.models import Installation
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_instant, to_local

State = Item.State


@dataclass
class World:
    """Ids by kind and label. ``now`` is the real time: browsers act in it."""

    story: Story
    now: datetime
    items: dict[str, Item] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    month: str = ""
    this_month: str = ""

    def actor(self, key: str, days: float = 0) -> Any:
        return self.story.actor(key, self.now - timedelta(days=days))


def build(story: Story) -> World:
    world = World(story, timezone.now())
    User.objects.update(password=make_password("Qingchuan-2026"))
    for user in story.users.values():
        user.refresh_from_db()
    last = Period.of(to_local(world.now).date(), PeriodKind.MONTH).previous()
    world.month, world.this_month = str(last), str(last.next())
    _items(world)
    _review(world)
    _files(world)
    _desk(world)
    _accounts(world, to_instant(datetime.combine(last.first, datetime.min.time())) + timedelta(days=9))
    _registers(world)
    _people(world)
    return world


def _items(world: World) -> None:
    """``own``: 民一庭's. Restricted ones carry the word 机密 in title and body."""
    make = _maker(world)
    make("draft", state=State.DRAFT, title="机密草稿一")
    make("returned", state=State.RETURNED)
    make("received", grade="public")
    make("plain")
    make("shelved", state=State.SHELVED)
    make("cancelled", state=State.CANCELLED, number="", title="机密撤回二")
    make("special", outlet="special", category="major", subtype="novel_case", title="机密专报三")
    make("sensitive", grade="sensitive", title="机密敏感五")
    make("criminal_draft", unit="criminal", state=State.DRAFT, title="机密草稿六")
    make("criminal", unit="criminal")
    other = world.story.units["other_court"]
    theirs = Installation.objects.create(
        pack="longkou", unit=other, in_force_from=SINCE, installed_at=world.now, evidence="党组会议纪要"
    )
    make("foreign", unit="other_court", installation=theirs, title="机密外院七")
    world.ids["foreign_installation"] = theirs.pk


def _maker(world: World) -> Any:
    def make(label: str, unit: str = "civil1", **fields: Any) -> Item:
        number = len(world.items) + 1
        late = fields.get("state") not in (State.DRAFT, State.CANCELLED)
        values = {
            "installation": world.story.installation, "client_key": f"world-{label}", "title": f"探针{label}",
            "category": "experience", "outlet": "general", "grade": "internal", "state": State.RECEIVED,
            "unit": world.story.unit(unit), "created_at": world.now - timedelta(days=2),
            "changed_at": world.now - timedelta(minutes=number), "number": f"2020-1{number:03}" if late else "",
            "filed_at": world.now - timedelta(days=1) if late else None,
            "created_by": world.story.person("writer" if unit == "civil1" else "neighbour"),
            "body": f"正文{label}。\n第二段。",
        } | fields  # fmt: skip
        if values["state"] == State.RECEIVED:
            values["received_at"] = world.now - timedelta(hours=20)
        if "机密" in values["title"]:
            values["body"] = f"{values['title']}的正文。\n第二段。"
        item = Item.objects.create(**values)
        Revision.objects.create(
            item=item, n=1, title=item.title, body=item.body, stage="submit", made_by=item.created_by,
            made_by_unit=item.unit, made_at=item.created_at,
        )  # fmt: skip
        world.items[label] = item
        return item

    return make


def _letters(world: World) -> None:
    """Mail that came in for this court and for another one, waiting to be placed."""
    for label, house in (
        ("letter", world.story.installation.pk),
        ("foreign_letter", world.ids["foreign_installation"]),
    ):
        letter = IncomingMail.objects.create(
            installation_id=house, source="upload", raw_sha256=label, size=1, state="waiting", subject=f"机密来信{label}",
            arrived_at=world.now, taken_at=world.now,
        )  # fmt: skip
        world.ids[label] = letter.pk


def _review(world: World) -> None:
    """An item before the head, two before the office and an emergency of a closed outlet, all by acts."""
    make = _maker(world)
    closed = {"outlet": "special", "category": "major", "subtype": "novel_case", "title": "机密专报四"}
    for label, fields in (("in_review", {}), ("filed", {}), ("special_filed", closed)):
        item = make(label, state=State.DRAFT, occurred_at=world.now - timedelta(hours=3), **fields)
        submit(world.actor("writer"), item)
        for who in ("head", "leader") if label != "in_review" else ():
            item.refresh_from_db()
            if item.state == State.IN_REVIEW:
                approve(world.actor(who), item)
        item.refresh_from_db()
        assert item.state == (State.IN_REVIEW if label == "in_review" else State.FILED), label
        world.items[label] = item
    world.ids["step"] = world.items["in_review"].steps.get(state="open").pk
    emergency = report(
        world.actor("writer"), installation=world.story.installation, unit=world.story.unit("civil1"),
        what="机密紧急八", where="办公楼前", occurred_at=world.now - timedelta(minutes=20),
        client_key="world-emergency", subtype="disaster",
    )  # fmt: skip
    world.items["emergency"] = emergency
    world.ids["stage"] = emergency.stage_reports.get().pk


def _files(world: World) -> None:
    for label in ("received", "special", "draft", "criminal"):
        kept = Attachment(
            item=world.items[label], name=f"附件{world.items[label].title}.txt", media_type="text/plain", size=12,
            sha256="0" * 64, added_by=world.story.person("writer"), added_at=world.now,
        )  # fmt: skip
        kept.file.save(f"{label}.txt", ContentFile(b"attachment\n"), save=True)
        world.ids[f"file_{label}"] = kept.pk


def _desk(world: World) -> None:
    editor, installation = world.actor("editor"), world.story.installation
    editions.plan_editions(editor, installation, day=to_local(world.now).date())
    weekly = Edition.objects.get(series="weekly")
    editions.put_item(editor, weekly, world.items["received"])
    weekly.refresh_from_db()
    world.editions["issued"] = editions.issue(editor, weekly, version=weekly.version)
    world.editions["planned"] = Edition.objects.get(series="half_monthly")
    special = editions.open_edition(editor, installation, outlet="special", recipients=["party_group"])
    editions.put_item(editor, special, world.items["special"])
    special.refresh_from_db()
    world.editions["special"] = editions.issue(editor, special, version=special.version)
    world.editions["special_open"] = editions.open_edition(
        editor, installation, outlet="special", recipients=["party_group"]
    )
    world.ids["post"] = post_to_intranet(editor, world.items["received"]).pk
    for label, unit in (("fault", "plain"), ("fault_special", "special"), ("fault_criminal", "criminal")):
        case = propose_fault(
            editor, world.items[unit], unit=world.items[unit].unit, kind="inaccurate", description="与原件不符。",
            happened_at=world.now - timedelta(hours=1),
        )  # fmt: skip
        world.ids[label] = case.pk
    for label in ("", "_criminal"):
        paper = ContentFile(f"凭证{label}".encode())
        case = FaultCase.objects.get(pk=world.ids[f"fault{label}"])
        world.ids[f"exhibit{label}"] = add_exhibit(editor, case, name="凭证.txt", content=paper).pk


def _accounts(world: World, day: datetime) -> None:
    """Last month published, this month in draft; lines of the own and of the neighbouring department."""
    editor, president = world.actor("editor"), world.actor("president")
    for label in ("received", "special", "criminal"):
        fact = record_adoption(
            editor,
            world.items[label],
            tier="city",
            publication="澜州信息",
            happened_at=day,
            client_key=f"w{label}",
        )
        world.ids[f"fact_{label}"] = fact.pk
    notice = notices.prepare(editor, world.story.installation, clause="notices/monthly", period=world.month)
    notice = notices.submit(editor, notice, version=notice.version)
    notice = notices.approve(president, notice, version=notice.version)
    world.ids["notice"] = notices.publish(editor, notice, version=notice.version).pk
    world.ids["course"] = notice.courses.get().pk
    draft = notices.prepare(
        editor, world.story.installation, clause="notices/monthly", period=world.this_month
    )
    world.ids["notice_draft"] = draft.pk
    appeal = appeals.file_appeal(
        world.actor("writer"),
        notice,
        unit=world.story.unit("civil1"),
        text="请复核。",
        client_key="world-appeal",
    )
    world.ids["appeal"] = appeal.pk
    lines = LedgerLine.objects.exclude(item=None)
    for label in ("received", "special", "criminal"):
        world.ids[f"line_{label}"] = lines.filter(item=world.items[label]).earliest("pk").pk


def _registers(world: World) -> None:
    entry = Fulfilment(
        installation=world.story.installation, clause="longkou/registers/training", unit=world.story.unit("management"),
        title="信息写作培训", happened_on=to_local(world.now).date(), file_name="课件.txt",
        recorded_by=world.story.person("editor"), recorded_at=world.now,
    )  # fmt: skip
    entry.file.save("slides.txt", ContentFile(b"slides"), save=True)
    world.ids["entry"] = entry.pk
    JobState.objects.create(name="演练", error="", succeeded_at=world.now)


def _people(world: World) -> None:
    person = world.story.person
    away = Absence.objects.create(
        person=person("writer"),
        starts_at=world.now + timedelta(days=30),
        ends_at=world.now + timedelta(days=31),
    )
    world.ids["absence"] = away.pk
    mail = OutgoingMail.objects.create(
        key="world", person=person("writer"), subject="催办：探针", body="请登录查看。", state="failed",
        created_at=world.now, error="拒收",
    )  # fmt: skip
    world.ids["mail"] = mail.pk
    _letters(world)
    kept = ImportFile.objects.create(
        name="名单.xlsx", content=b"no workbook", uploaded_by=person("sysadmin"), uploaded_at=world.now
    )
    world.ids["import"] = kept.pk
    post = Post.objects.get(unit=world.story.unit("civil1"), role="liaison")
    world.ids["civil1_post"] = post.pk
    world.ids["appointment"] = Appointment.objects.get(post=post, person=person("writer")).pk


__all__ = ["Appeal", "Fact", "FaultCase", "Notice", "World", "build"]
