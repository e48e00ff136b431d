"""What happens seldom: an emergency with a phone call, the yearly hearing, trainings."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hengjian.apps.bulletins.acts.decide import approve
from hengjian.apps.bulletins.acts.emergency import acknowledge, report, report_stage
from hengjian.apps.bulletins.acts.office import receive
from hengjian.apps.bulletins.acts.phone import PhoneCall
from hengjian.apps.duties.acts.record import Record, record_fulfilment
from hengjian.base.times import to_instant, to_local
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.data import read
from hengjian.web.demo.lives import World

HEARING, TRAINING = "registers/hearing", "registers/training"


def emergency_life(world: World, unit: str, occurred: datetime, n: int) -> Life:
    """By phone within minutes, the first report at once, details within the hour, the end the next day."""
    court, story = world.court, read("topics")["emergencies"][n]
    login = court.liaison[unit]
    at = occurred + timedelta(minutes=9)
    yield at
    call = PhoneCall(
        called_at=occurred + timedelta(minutes=6),
        caller=court.people[login].name,
        receiver=court.people["zhiban"].name,
        receiver_office="院值班室",
        content=story["text"],
    )
    item = report(
        court.actor(login, at),
        installation=court.installation,
        unit=court.units[unit],
        what=f"{story['title']}。",
        where=story["place"],
        occurred_at=occurred,
        learned_at=occurred + timedelta(minutes=2),
        subtype=story["subtype"],
        client_key=world.key(),
        call=call,
    )
    at += timedelta(minutes=3)
    yield at
    acknowledge(court.actor("zhiban", at), item.stage_reports.get())
    for stage, minutes, text in (
        ("supplement", 80, story["text"]),
        ("follow_up", 300, "现场已平稳，人员已劝离，证据已固定。"),
        ("final", 1500, "处置完毕，未造成舆情，已按程序追究责任。"),
    ):
        at = occurred + timedelta(minutes=minutes)
        yield at
        made = report_stage(court.actor(login, at), item, stage=stage, text=text, client_key=world.key())
        at += timedelta(minutes=10)
        yield at
        acknowledge(court.actor("zhiban", at), made)
    at = occurred + timedelta(minutes=1620)
    yield at
    item.refresh_from_db()
    approve(court.actor(court.head[unit], at), item, opinion="已核实，补审同意。")
    item.refresh_from_db()
    approve(court.actor("fenguan", at), item, opinion="同意。")
    at += timedelta(minutes=30)
    yield at
    item.refresh_from_db()
    receive(court.actor("bianji", at), item)
    at += timedelta(minutes=50)
    yield at
    item.refresh_from_db()
    approve(court.actor("yuanzhang", at), item, opinion="处置得当，请举一反三排查同类风险。")


def registers_life(world: World, begins: datetime) -> Life:
    """One training in spring; the second and this year's hearing are still to come, so the inbox reminds of them."""
    court, first = world.court, to_local(begins).date()
    at = _at(first, 40)
    yield at
    minutes = "院党组听取审管办关于信息工作情况的汇报，研究了下一步重点选题和人员配备。"
    _enter(world, at, HEARING, Record("院党组听取信息工作汇报", to_local(at).date(), "党组会议室", minutes))
    at = _at(first, 160)
    yield at
    people = tuple(court.people[login] for login in court.liaison.values())
    _enter(
        world, at, TRAINING, Record("信息写作与时限要求培训", to_local(at).date(), "第一会议室", "", people)
    )


def _enter(world: World, at: datetime, clause: str, record: Record) -> None:
    record_fulfilment(
        world.court.actor("bianji", at), installation=world.court.installation, clause=clause, record=record
    )


def _at(first: date, days: int) -> datetime:
    return to_instant(datetime.combine(first, time(15)) + timedelta(days=days))
