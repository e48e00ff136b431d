"""Placeholder settings for the pure packages' tests; the web part fills this file."""

SECRET_KEY = "tests"  # noqa: S105
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
INSTALLED_APPS: list[str] = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
