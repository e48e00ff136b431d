"""The entry of this app in the menu."""

from __future__ import annotations

from hengjian.apps.org.roles import Right
from hengjian.apps.ui import nav

nav.add(nav.Entry("管理", "审计日志", "audit:index", (Right.AUDIT_READ,), order=90))
