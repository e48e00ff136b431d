"""Login by user name through allauth: accounts are made by the security administrator only; passwords by the setting."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from hengjian.apps.org.access import actor_for
from hengjian.apps.org.acts.session import change_own_password, record_failed_login
from hengjian.apps.org.lockout import lockout_key
from hengjian.apps.org.models import DemoLogin, User


class AccountAdapter(DefaultAccountAdapter):
    """Every change goes through an act; a wrong name and a wrong password look the same."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "用户名或口令不正确，请重新输入；连续输错会暂时锁定。",
        "too_many_login_attempts": "连续输错次数过多，账号已暂时锁定，请稍后再试，或请安全管理员解锁。",
        "incorrect_password": "口令不正确，请重新输入。",
        "enter_current_password": "现用口令不正确，请重新输入。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        messages.error(request, "这个账号已停用，需要恢复时请联系安全管理员。")
        return redirect("account_login")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return lockout_key(credentials.get("username", ""))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            record_failed_login(credentials.get("username", ""), "已锁定")
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        record_failed_login(credentials.get("username", ""), "口令不符或账号不可用")

    def clean_password(self, password: str, user: User | None = None) -> str:
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError("新口令与现用口令相同，请换一个。")
        return str(super().clean_password(password, user))

    def set_password(self, user: User, password: str) -> None:
        change_own_password(actor_for(user, timezone.now()), user, password)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Accounts have no mail of their own."""


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are stored encrypted with a key derived from the installation's secret key."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: User) -> str:
        return str(user.get_username())


def _cipher() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"hengjian.mfa:" + settings.SECRET_KEY.encode()).digest()))


class SignIn(LoginView):
    """Without the links to signing up and to other ways in, which do not exist here."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super(LoginView, self).get_context_data(**kwargs), "demo_logins": demo_logins()}


def demo_logins() -> QuerySet[DemoLogin]:
    """The demo's logins whose password nobody has changed yet; empty in every real installation."""
    return DemoLogin.objects.filter(user__is_active=True, user__password_changed_at=None).select_related(
        "user"
    )


class ComplexityValidator:
    """At least three of: lower case, upper case, digits, other signs (等保 身份鉴别)."""

    def __init__(self, kinds: int = 3) -> None:
        self.kinds = kinds

    def validate(self, password: str, user: object = None) -> None:
        found = sum(
            bool(re.search(pattern, password)) for pattern in (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]")
        )
        if found < self.kinds:
            raise ValidationError(
                f"口令过于简单：请至少使用小写字母、大写字母、数字、符号中的{self.kinds}种。",
                code="password_too_simple",
            )

    def get_help_text(self) -> str:
        return f"至少使用小写字母、大写字母、数字、符号中的{self.kinds}种。"
