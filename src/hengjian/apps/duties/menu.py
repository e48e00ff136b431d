from __future__ import annotations

from hengjian.apps.approvals import subjects
from hengjian.apps.duties.kept import count_for
from hengjian.apps.duties.models import Plan, RosterChange
from hengjian.apps.duties.plans.acts.plan import back_to_draft, in_force
from hengjian.apps.duties.plans.queries import has_plan, visible_plans
from hengjian.apps.duties.roster.acts import change as roster
from hengjian.apps.duties.roster.queries import has_roster, visible_changes
from hengjian.apps.duties.unset import unset
from hengjian.apps.org.roles import Right
from hengjian.apps.org.unset import add as add_unset
from hengjian.apps.ui.nav import Entry, add


def register() -> None:
    add_unset(unset)
    subjects.register(
        subjects.Subject(Plan, visible_plans, done=in_force, returned=back_to_draft, own_hand=True)
    )
    subjects.register(
        subjects.Subject(
            RosterChange, visible_changes, done=roster.in_force, returned=roster.back_to_draft, own_hand=True
        )
    )
    add(
        Entry("工作台", "我的待办", "duties:inbox", (), 10, key="h", count=count_for),
        Entry("工作台", "日程", "duties:calendar", (), 20, key="c"),
        Entry("工作台", "本部门报送进度", "duties:quota", (Right.ITEM_FILE,), 30, key="w"),
        Entry("工作台", "部门情况", "duties:overview", (Right.POINTS_READ_ALL,), 40, key="o"),
        Entry(
            "工作台",
            "任务进度",
            "duties:progress",
            (Right.POINTS_READ_ALL, Right.ITEM_FILE),
            50,
            when=has_plan,
        ),
        Entry(
            "工作台",
            "任务计划",
            "duties:plans",
            (Right.POINTS_READ_ALL, Right.ITEM_READ_UNIT),
            60,
            when=has_plan,
        ),
        Entry(
            "制度",
            "考评名单",
            "duties:roster",
            (Right.POINTS_READ_ALL, Right.ITEM_READ_UNIT),
            45,
            when=has_roster,
        ),
        Entry("制度", "履职登记", "duties:registers", (), 50, key="d"),
        Entry("管理", "系统运行", "duties:service", (Right.ORG_MANAGE,), 80),
    )
