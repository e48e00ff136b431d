"""A real court begins with its root unit and three different administrators."""

from __future__ import annotations

import pytest

from hengjian.apps.org.access import actor_for
from hengjian.apps.org.models import Unit, User
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError
from hengjian.web.first_admins import found_house, now_actor

pytestmark = pytest.mark.django_db
PEOPLE = {"system_admin": "丁一", "security_admin": "安二", "audit_admin": "申三"}


def test_each_administrator_gets_only_its_own_rights():
    actor = now_actor()
    handed = found_house(actor, name="清岚县人民法院", kind="court", people=PEOPLE)
    unit = Unit.objects.get()
    rights = {
        "system_admin": Right.ORG_MANAGE,
        "security_admin": Right.POST_GRANT,
        "audit_admin": Right.AUDIT_READ,
    }
    for role, login in handed.items():
        user = User.objects.get(pk=login.user.pk)
        assert user.check_password(login.password) and user.must_change_password
        holder = actor_for(user, actor.at)
        assert [r for r in rights.values() if holder.has(r, unit)] == [rights[role]]


def test_one_person_cannot_be_two_administrators():
    with pytest.raises(HengjianError, match="三个不同的人"):
        found_house(now_actor(), name="清岚县人民法院", kind="court", people=PEOPLE | {"audit_admin": "丁一"})
    assert not Unit.objects.exists()
