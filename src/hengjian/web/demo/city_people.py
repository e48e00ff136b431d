"""Training in the invented city: one on line, one on site with those who came, and who masters which system since."""

from __future__ import annotations

from datetime import timedelta

from hengjian.apps.desk.acts.registry import record_evidence
from hengjian.apps.desk.acts.skills import record_skill, require_systems
from hengjian.apps.duties.acts.record import Record, record_fulfilment
from hengjian.base.times import to_local
from hengjian.web.demo.city_figures import Story, at
from hengjian.web.demo.clockwork import Life

TRAINING, SUPPORT = "registers/training", "registers/support"
NOTES = {
    "tested": "上机考核 90 分以上",
    "trained": "参加操作培训并当场练习",
    "observed": "近三个月日常使用无误",
}
SYSTEMS = ("网上开庭", "电子卷宗", "文书纠错")


def training_life(story: Story) -> Life:
    """Each quarter shown: a training with attendance, a visit on site; the heads enter who passed."""
    court, day = story.court, to_local(story.until).date()
    attendees = tuple(court.people[login] for login in ("zy-minyi", "zy-ganjing", "zy-lian", "zy-shenguan"))
    for back, title, clause in (
        (70, "网上开庭和文书纠错操作培训（现场）", TRAINING),
        (64, "到云杉县法院现场运维支撑", SUPPORT),
        (26, "电子卷宗随案生成操作培训（线上）", TRAINING),
    ):
        moment = at(day - timedelta(days=back), 16)
        yield moment
        record = Record(
            title=title, happened_on=to_local(moment).date(), place="三楼会议室" if clause == TRAINING else "云杉县法院",
            minutes="讲解操作步骤，逐人上机练习，当场解答问题。", attendees=attendees,
        )  # fmt: skip
        office = story.actor("zy-jishu", moment)
        record_fulfilment(office, installation=court.installation, clause=clause, record=record)
    yield from _skills(story)


def _skills(story: Story) -> Life:
    court, day = story.court, to_local(story.until).date()
    unit, moment = court.units["civil1"], at(day - timedelta(days=22), 10)
    yield moment
    head = story.actor("zy-minyi", moment)
    require_systems(head, court.installation, unit=unit, systems=SYSTEMS)
    for login, system, way in (
        ("zy-minyi", SYSTEMS[0], "tested"),
        ("zy-minyi", SYSTEMS[1], "trained"),
        ("zy-ganjing", SYSTEMS[0], "tested"),
        ("zy-ganjing", SYSTEMS[2], "observed"),
    ):
        record_skill(
            head, court.installation, unit=unit, system=system, people=[court.people[login]], way=way,
            happened_on=to_local(moment).date() - timedelta(days=2), note=NOTES[way],
        )  # fmt: skip
    record_evidence(
        story.actor("zy-publicity-fzr", moment), court.installation, line="duty:12",
        happened_on=to_local(moment).date(), text="印发年度培训教育计划，分四期组织",
    )  # fmt: skip
