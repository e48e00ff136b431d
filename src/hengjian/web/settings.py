"""One settings file; everything that differs between places comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from hengjian.web.sqlite_swap import swap

swap()

from csp.constants import NONCE, NONE, SELF  # noqa: E402
from django.core.management.utils import get_random_secret_key  # noqa: E402

from hengjian.web import env  # noqa: E402

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("HENGJIAN_DATA_DIR", "var")).resolve()
PACKS_DIR = Path(os.environ["HENGJIAN_PACKS"]) if "HENGJIAN_PACKS" in os.environ else None
DEBUG = env.read_bool("HENGJIAN_DEBUG", False)
HTTPS = env.read_bool("HENGJIAN_HTTPS", False)


def _secret_key() -> str:
    """From the environment, else made once and kept beside the data, readable by the owner only."""
    given = env.read_text("HENGJIAN_SECRET_KEY")
    if given:
        return given
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(get_random_secret_key())
    return path.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.read_list("HENGJIAN_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.read_list("HENGJIAN_TRUSTED_ORIGINS", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "tree_queries",
    "hengjian.apps.org",
    "hengjian.apps.audit",
    "hengjian.apps.regs",
    "hengjian.apps.bulletins",
    "hengjian.apps.duties",
    "hengjian.apps.points",
    "hengjian.apps.approvals",
    "hengjian.apps.cases",
    "hengjian.apps.papers",
    "hengjian.apps.statistics",
    "hengjian.apps.matters",
    "hengjian.apps.mailroom",
    "hengjian.apps.indicators",
    "hengjian.apps.desk",
    "hengjian.apps.releases",
    "hengjian.apps.inspections",
    "hengjian.apps.ui",
]

MIDDLEWARE = [
    "hengjian.apps.org.middleware.AddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hengjian.apps.org.middleware.ActorMiddleware",
    "hengjian.apps.org.session_rules.SessionRulesMiddleware",
    "hengjian.apps.ui.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "hengjian.web.urls"
WSGI_APPLICATION = "hengjian.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "apps" / "ui" / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "hengjian.apps.ui.context.chrome",
            ],
            "builtins": ["hengjian.apps.ui.templatetags.ui"],
        },
    }
]

DATABASES = {"default": env.database(env.read_text("DATABASE_URL"), DATA_DIR)}
FORM_RENDERER = "hengjian.apps.ui.renderer.Renderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # shared between processes, so that a lock-out counts everywhere
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # culling must not forget a lock-out
    }
}

# --- language and time
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FIRST_DAY_OF_WEEK = 1

# --- login
AUTH_USER_MODEL = "org.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "hengjian.apps.org.login.AccountAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    # five wrong passwords lock the name for a while, whoever asks and from wherever
    "login_failed": f"{env.read_int('HENGJIAN_LOGIN_TRIES', 5)}/{env.read_int('HENGJIAN_LOCKOUT_MINUTES', 15)}m/key",
    "login": "60/m/ip",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "衡鉴"
MFA_ADAPTER = "hengjian.apps.org.login.MFAAdapter"
MFA_FOR_ADMINISTRATORS = env.read_bool("HENGJIAN_MFA_FOR_ADMINISTRATORS", False)
PASSWORD_MAX_AGE_DAYS = env.read_int("HENGJIAN_PASSWORD_MAX_AGE_DAYS", 90)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": env.read_int("HENGJIAN_PASSWORD_LENGTH", 10)},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "hengjian.apps.org.login.ComplexityValidator"},
]

# --- sessions and headers
SESSION_COOKIE_AGE = env.read_int("HENGJIAN_SESSION_MINUTES", 120) * 60  # idle
SESSION_MAX_HOURS = env.read_int("HENGJIAN_SESSION_HOURS", 12)  # whatever is done
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# --- files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
ATTACHMENT_MAX_BYTES = env.read_int("HENGJIAN_ATTACHMENT_MB", 20) * 1024 * 1024
EVIDENCE_MAX_BYTES = env.read_int("HENGJIAN_EVIDENCE_MB", 500) * 1024 * 1024

# --- mail (out)
EMAIL_HOST = env.read_text("HENGJIAN_SMTP_HOST", "localhost")
EMAIL_PORT = env.read_int("HENGJIAN_SMTP_PORT", 25)
EMAIL_HOST_USER = env.read_text("HENGJIAN_SMTP_USER")
EMAIL_HOST_PASSWORD = env.read_text("HENGJIAN_SMTP_PASSWORD")
EMAIL_USE_TLS = env.read_bool("HENGJIAN_SMTP_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.read_text("HENGJIAN_MAIL_FROM", "hengjian@localhost")
MAIL_OUT = env.read_bool("HENGJIAN_MAIL_OUT", False)
ALERT_URLS = env.read_text("HENGJIAN_ALERT_URLS").split()  # apprise addresses; emergencies ring there as well
SITE_URL = env.read_text("HENGJIAN_URL").rstrip("/")  # begins the links in mails
# ordinary reminders are bundled once a day; at night and on days off only emergencies go out
DIGEST_AT = env.read_text("HENGJIAN_DIGEST_AT", "08:30")
QUIET_FROM = env.read_text("HENGJIAN_QUIET_FROM", "20:00")
QUIET_UNTIL = env.read_text("HENGJIAN_QUIET_UNTIL", "08:00")
QUIET_DAYS_OFF = env.read_bool("HENGJIAN_QUIET_DAYS_OFF", True)

# --- mail (in): one mailbox, read only; and a folder where messages may be dropped as files
IMAP_HOST = env.read_text("HENGJIAN_IMAP_HOST")
IMAP_TLS = env.read_bool("HENGJIAN_IMAP_TLS", True)
IMAP_PORT = env.read_int("HENGJIAN_IMAP_PORT", 993 if IMAP_TLS else 143)
IMAP_USER = env.read_text("HENGJIAN_IMAP_USER")
IMAP_PASSWORD = env.read_text("HENGJIAN_IMAP_PASSWORD")
IMAP_FOLDER = env.read_text("HENGJIAN_IMAP_FOLDER", "INBOX")
MAIL_IN_DIR = Path(os.environ.get("HENGJIAN_MAIL_IN_DIR", DATA_DIR / "mail-in"))
MAIL_IN_UNIT = env.read_text("HENGJIAN_MAIL_IN_UNIT")  # code of the unit, where several take mail
MAIL_RECEIPTS = env.read_bool("HENGJIAN_MAIL_RECEIPTS", True)
# receipts go to known senders; these domains are known as a whole
MAIL_RECEIPT_DOMAINS = frozenset(env.read_text("HENGJIAN_MAIL_RECEIPT_DOMAINS").lower().split())
MAIL_MAX_BYTES = env.read_int("HENGJIAN_MAIL_MAX_MB", 40) * 1024 * 1024

# --- the log
# modules outside the apps that declare acts: the log names them by their labels
ACTS_OUTSIDE_APPS = (
    "hengjian.web.first_admins",
    "hengjian.web.demo.court",
    "hengjian.web.demo.history",
    "hengjian.web.demo.province.loading",
    "hengjian.web.demo.run",
)

# --- appeals: natural days, where the regulation itself names none
APPEAL_DAYS = env.read_int("HENGJIAN_APPEAL_DAYS", 15)
APPEAL_DECISION_DAYS = env.read_int("HENGJIAN_APPEAL_DECISION_DAYS", 15)

# --- audit
AUDIT_ALGORITHM = env.read_text("HENGJIAN_AUDIT_ALGORITHM", "sm3")
AUDIT_CHECKPOINT_DIR = Path(os.environ.get("HENGJIAN_CHECKPOINT_DIR", DATA_DIR / "checkpoints"))

SILENCED_SYSTEM_CHECKS = [] if HTTPS else ["security.W004", "security.W008", "security.W012", "security.W016"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": env.read_text("HENGJIAN_LOG_LEVEL", "WARNING")},
}

# the case store: a PostgreSQL connection string for its catalogue (empty: SQLite), how much memory a run may take,
# and the folder whose files are taken in
CASE_CATALOGUE = os.environ.get("HENGJIAN_CASE_CATALOGUE", "")
CASE_INBOX = os.environ.get("HENGJIAN_CASE_INBOX", "")
CASE_MEMORY = os.environ.get("HENGJIAN_CASE_MEMORY", "")
