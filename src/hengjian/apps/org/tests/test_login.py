"""Signing in: by user name, locked after five tries, one-time passwords changed first, every step in the log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hengjian.apps.audit.models import Entry
from hengjian.apps.conftest import Story
from hengjian.apps.org.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "Heng-Jian-2024"
NEW = "Xin-Kou-Ling-88"


@pytest.fixture(autouse=True)
def _no_earlier_tries(db: None, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def writer(story: Story) -> User:
    user = story.users["writer"]
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, username: str = "writer", password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": username, "password": password})


def actions() -> list[tuple[str, str]]:
    return list(Entry.objects.order_by("n").values_list("action", "outcome"))


def test_the_right_password_signs_in_and_is_logged(writer: User, client: Client) -> None:
    assert sign_in(client).status_code == 302
    entry = Entry.objects.get(action="org.session.login")
    assert (entry.actor_name, entry.address) == ("林知微", "127.0.0.1")


def test_the_session_key_changes_at_login(writer: User, client: Client) -> None:
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client)
    assert client.session.session_key != before


def test_a_wrong_password_and_a_wrong_name_look_the_same(writer: User, client: Client) -> None:
    wrong = sign_in(client, password="x").context["form"].errors
    unknown = sign_in(client, username="nobody").context["form"].errors
    assert wrong == unknown
    assert actions() == [("org.session.login_failed", "failed")] * 2
    assert Entry.objects.get(n=2).object_label == "no…（没有这个账号）"


def test_the_sixth_try_is_refused_even_with_the_right_password(writer: User, client: Client) -> None:
    for _ in range(5):
        sign_in(client, password="x")
    response = sign_in(client)
    assert "暂时锁定" in response.content.decode()
    assert not client.session.get("_auth_user_id")


def test_a_disabled_login_does_not_come_in(story: Story, client: Client) -> None:
    user = story.users["disabled"]
    user.set_password(PASSWORD)
    user.save()
    response = client.post(reverse("account_login"), {"login": "disabled", "password": PASSWORD}, follow=True)
    assert "已停用" in response.content.decode()


def test_signing_out_is_logged(writer: User, client: Client) -> None:
    sign_in(client)
    client.post(reverse("account_logout"))
    assert actions()[-1] == ("org.session.logout", "ok")


def test_a_one_time_password_must_be_changed_before_anything_else(writer: User, client: Client) -> None:
    User.objects.filter(pk=writer.pk).update(must_change_password=True)
    sign_in(client)
    assert client.get("/org/").url == reverse("account_change_password")
    assert client.get("/api/org/me").json()["error"]["code"] == "password_must_change"
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), fields)
    writer.refresh_from_db()
    assert writer.check_password(NEW) and not writer.must_change_password and writer.password_changed_at
    assert actions()[-1] == ("org.account.change_password", "ok")


@pytest.mark.parametrize("weak", [PASSWORD, "short-1A", "alllowercase", "1234567890"])
def test_a_weak_or_unchanged_password_is_refused(writer: User, client: Client, weak: str) -> None:
    sign_in(client)
    fields = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert "请先更正" in client.post(reverse("account_change_password"), fields).content.decode()
    writer.refresh_from_db()
    assert writer.check_password(PASSWORD)


def test_a_password_past_its_age_must_be_changed(writer: User, client: Client, settings: Any) -> None:
    settings.PASSWORD_MAX_AGE_DAYS = 90
    User.objects.filter(pk=writer.pk).update(password_changed_at=timezone.now() - timedelta(days=91))
    sign_in(client)
    assert client.get("/org/").url == reverse("account_change_password")


def test_a_session_ends_after_its_longest_time(writer: User, client: Client, settings: Any) -> None:
    sign_in(client)
    session = client.session
    session["began"] -= settings.SESSION_MAX_HOURS * 3600 + 1
    session.save()
    assert client.get("/org/").url == reverse("account_login")


def test_administrators_need_a_second_factor_when_the_setting_says_so(story: Story, settings: Any) -> None:
    settings.MFA_FOR_ADMINISTRATORS = True
    assert story.client("auditor").get("/org/").url == reverse("mfa_activate_totp")
    assert story.client("writer").get("/org/").status_code == 200


def test_with_a_second_factor_the_password_alone_does_not_sign_in(writer: User, client: Client) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    authenticator = TOTP.activate(writer, secret).instance
    assert secret not in str(authenticator.data)
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert not client.session.get("_auth_user_id")
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.session.get("_auth_user_id")


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "password/reset/", "password/set/", "confirm-email/", "login/code/confirm/"]
)
def test_pages_nobody_needs_do_not_exist(client: Client, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404


def test_each_login_page_renders(writer: User, client: Client) -> None:
    assert client.get(reverse("account_login")).status_code == 200
    sign_in(client)
    for name in ("mfa_index", "account_change_password", "account_logout", "mfa_activate_totp"):
        assert client.get(reverse(name), follow=True).status_code == 200, name
