"""The entries of this app in the menu, and its part of the search."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from hengjian.apps.org import queries
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.org.unset import unset_seats
from hengjian.apps.ui import nav, search


def vacant(actor: Actor) -> int:
    """Posts nobody holds, and those that are due and were never set up."""
    return queries.vacant_posts(actor, queries.visible_units(actor)).count() + len(unset_seats(actor))


def find(actor: Actor, text: str, most: int) -> list[search.Hit]:
    """Units by any of their names, people by name or staff number."""
    names = Q(name__icontains=text) | Q(short_name__icontains=text) | Q(aliases__text__icontains=text)
    units = queries.visible_units(actor).filter(names).distinct()[:most]
    people = queries.visible_people(actor).filter(Q(name__icontains=text) | Q(staff_no=text))[:most]
    return [
        *(
            search.Hit(unit.name, reverse("org:unit", args=[unit.pk]), unit.get_kind_display())
            for unit in units
        ),
        *(search.Hit(p.name, reverse("org:person", args=[p.pk]), str(p.unit)) for p in people),
    ][:most]


nav.add(
    nav.Entry("工作台", "我的岗位", "org:me", order=80),
    nav.Entry("管理", "组织机构", "org:index", order=10),
    nav.Entry(
        "管理",
        "空缺岗位",
        "org:vacancies",
        (Right.ORG_MANAGE, Right.POST_GRANT),
        order=20,
        count=vacant,
        hot=True,
    ),
    nav.Entry("管理", "导入导出", "org:import", (Right.ORG_MANAGE, Right.POST_GRANT), order=40),
    nav.Entry("管理", "账号", "org:accounts", (Right.ACCOUNT_MANAGE,), order=30),
)
search.add("单位和人员", find)
