"""Login rules: accounts are made by the security administrator only; passwords by the setting."""

from __future__ import annotations

import re

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


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
