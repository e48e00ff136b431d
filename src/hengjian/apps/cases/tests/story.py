"""A province of four courts with its people, for the tests of case data and of documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.test import Client

from hengjian.apps.cases import checking
from hengjian.apps.cases.acts.upload import receive, take_in
from hengjian.apps.cases.models import Dataset, Finding, Run
from hengjian.apps.org.access import Actor, actor_for, system_actor
from hengjian.apps.org.models import Appointment, Person, Post, Unit, UnitClass, User
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import Installation
from hengjian.base.times import to_instant

AT = to_instant(datetime(2026, 3, 4, 9))
SINCE = date(2020, 1, 1)
RULES = {"dates/closed-before-accepted", "numbers/case-no", "across/case-no-twice"}
HEAD = (
    "案件标识,案号,经办法院代字,承办部门,案件类别,类型代字,立案日期,结案日期,结案方式,收案日期,审级,案件来源,"
    "案由,原告,被告,收案年度\n"
)
GOOD = "c1,（2026）鲁9901民初1号,鲁9901,民一庭,民事,民初,2026-01-05,,,2026-01-04,一审,新收,买卖合同纠纷,甲某,乙某,2026\n"
BAD = (
    "c2,（2026）鲁9901民初2号,鲁9901,民一庭,民事,民初,2026-01-06,2026-01-02,判决,2026-01-05,一审,新收,"
    "买卖合同纠纷,丙某,丁某,2026\n"
)


@dataclass
class Province:
    dataset: Dataset
    units: dict[str, Unit]
    users: dict[str, User]

    def actor(self, key: str, at: datetime = AT) -> Actor:
        return actor_for(self.users[key], at)

    def client(self, key: str) -> Client:
        client = Client()
        client.force_login(self.users[key])
        return client


def _unit(code: str, name: str, kind: str, parent: Unit | None = None) -> Unit:
    return Unit.objects.create(code=code, name=name, kind=kind, parent=parent, valid_from=SINCE)


def make_province() -> Province:
    high = _unit("鲁", "江岚省高级人民法院", "court")
    middle = _unit("鲁99", "澜州市中级人民法院", "court", high)
    basic = _unit("鲁9901", "清岚县人民法院", "court", middle)
    other = _unit("鲁9902", "望溪县人民法院", "court", middle)
    units = {"high": high, "middle": middle, "basic": basic, "other": other}
    units["civil"] = _unit("d1", "民一庭", "department", basic)
    for key, level in (("high", "high"), ("middle", "intermediate"), ("basic", "basic"), ("other", "basic")):
        UnitClass.objects.create(unit=units[key], pack="shandong", key=level, valid_from=SINCE)
    people = {
        "clerk": ("staff", "civil"), "head": ("dept_head", "civil"), "statistics": ("statistics", "basic"),
        "it": ("it_office", "basic"), "manager": ("data_manager", "middle"), "high": ("high_statistics", "high"),
        "high2": ("high_statistics", "high"), "stranger": ("statistics", "other"), "itmiddle": ("it_office", "middle"),
    }  # fmt: skip
    users = {}
    for key, (role, unit) in people.items():
        users[key] = User.objects.create(username=key)
        person = Person.objects.create(name=f"{key}甲", staff_no=key, unit=units[unit], user=users[key])
        post = Post.objects.create(
            unit=units[unit],
            role=role,
            title=ROLES[role].label,
            subtree=ROLES[role].subtree,
            valid_from=SINCE,
        )
        Appointment.objects.create(post=post, person=person, valid_from=SINCE)
    installation = Installation.objects.create(
        pack="shandong", unit=high, in_force_from=SINCE, installed_at=to_instant(datetime(2026, 1, 1))
    )
    dataset = Dataset.objects.create(installation=installation, name="cases", title="案件", created_at=AT)
    return Province(dataset, units, users)


def upload(province: Province, *lines: str, who: str = "statistics") -> None:
    row = receive(
        province.actor(who),
        province.dataset,
        province.units["basic"],
        name="a.csv",
        data=(HEAD + "".join(lines)).encode("gbk"),
    )
    take_in(province.actor(who), row, columns=row.columns)
    province.dataset.refresh_from_db()


def find(province: Province, at: datetime = AT) -> Run:
    return checking.run(system_actor("每日质检", at), province.dataset)


def the_finding(province: Province) -> Finding:
    return Finding.objects.get(dataset=province.dataset, rule="dates/closed-before-accepted")
