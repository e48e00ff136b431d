"""The WSGI entry point (granian, gunicorn or any other server)."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengjian.web.settings")

from hengjian.web.sqlite_swap import swap

swap()

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
