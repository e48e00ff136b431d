"""江岚省: a high court, three intermediate courts, twelve basic ones; two years of cases, three months of checking."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib import import_module
from pkgutil import iter_modules
from random import Random

from hengjian.apps.cases.acts.dataset import make_dataset
from hengjian.apps.org.access import system_actor
from hengjian.base.times import to_local
from hengjian.web.demo.caserows import make_cases
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.court import make_court
from hengjian.web.demo.office import Begun, Office
from hengjian.web.demo.province import themes
from hengjian.web.demo.province.staffing import expanded, plan_of
from hengjian.web.demo.province.story import Story, at, months_before, workday

YEARS = 2


def story_of(now: datetime, seed: int, share: float = 1) -> Story:
    """Courts, people and cases (``share`` of the usual number); nothing has been loaded or checked yet."""
    today = to_local(now).date()
    months = months_before(now)
    begins = months[0].first
    founded = at(begins - timedelta(days=900), 8)
    court = make_court(system_actor("演示", founded), since=begins - timedelta(days=900), data=expanded())
    first = date(today.year - YEARS, today.month, 1)
    plan = plan_of(first, today - timedelta(days=1), seed, workday(begins + timedelta(days=12)), share)
    cases = make_cases(plan)
    dataset = make_dataset(system_actor("案件信息", at(begins, 3)), court.installation)
    return Story(
        court=court,
        dataset=dataset,
        cases=cases,
        random=Random(seed + 5),  # noqa: S311  a story, not a secret
        until=now,
        months=months,
        row_of={case_id: row for row, case_id in enumerate(cases.columns["case_id"])},
    )


def lives_of(story: Story) -> list[Life]:
    """Of every theme; a theme added as a file takes part by itself."""
    names = sorted(module.name for module in iter_modules(themes.__path__))
    return [life for name in names for life in import_module(f"{themes.__name__}.{name}").lives(story)]


def begin(now: datetime, seed: int) -> Begun:
    """The same seed and day give the same province."""
    story = story_of(now, seed)
    return story.court, lives_of(story)


OFFICE = Office(
    title="江岚省高级人民法院和全省法院",
    order=50,
    logins=(
        ("jl-qinglan-civil1-lu", "清岚县法院民一庭书记员（改正本庭的问题）"),
        ("jl-qinglan-civil1-tz", "清岚县法院民一庭庭长（确认纠正）"),
        ("jl-qinglan-tongji2", "清岚县法院司法统计员（B 角，审核本院的发布）"),
        ("jl-qinglan-tongji", "清岚县法院司法统计员（上传、复检、报送）"),
        ("jl-qinglan-jishu", "清岚县法院信息技术人员（汇总周报、技术问题）"),
        ("jl-qinglan-yuanzhang", "清岚县法院院长"),
        ("jl-lanzhou-shuju", "澜州中院数据管理员（判断下级法院的问题）"),
        ("jl-lanzhou-tongji", "澜州中院司法统计员"),
        ("jl-lanzhou-tongji2", "澜州中院司法统计员（检查人员）"),
        ("jl-songling-civil1-tz", "松陵县法院民一庭庭长（被检查部门，整改）"),
        ("jl-high-tongji", "省高院司法统计员（抽查、拟质量报告、发布）"),
        ("jl-high-tongji3", "省高院司法统计员（评查、审核报告）"),
        ("jl-high-tongji4", "省高院司法统计员（评查、审核报告）"),
        ("jl-high-chuzhang", "省高院司法统计处处长（规则、签报）"),
        ("jl-high-yuanzhang", "省高院院长（签发）"),
        ("jl-high-jishu", "省高院信息技术人员（拟规则）"),
        ("jl-high-zhongxin", "省高院信息中心主任"),
        ("jl-high-xitong", "系统管理员"),
        ("jl-high-anquan", "安全管理员"),
        ("jl-high-shenji", "审计管理员"),
    ),
    begin=begin,
)
