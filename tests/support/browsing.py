"""What the browser tests share: the place they visit, window sizes, signing in, listening for complaints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

PASSWORD = "Qinglan-2026"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 800}
Enter = Callable[..., Page]
expect.set_options(timeout=15_000)


@dataclass
class Place:
    """The server: where it listens and what time it has there."""

    url: str
    clock: Path
    sessions: dict[str, list[Any]] = field(default_factory=dict)

    def at(self, local: str) -> None:
        """Set the clock of the court; everybody has to sign in again when it moved far."""
        self.clock.write_text(local, encoding="utf-8")
        self.sessions.clear()


def sign_in(page: Page, who: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("账号").fill(who)
    page.get_by_label("口令").fill(password)
    page.get_by_role("button", name="登录").click()


def listen(page: Page, complaints: list[str]) -> None:
    def on_console(message: Any) -> None:
        expected = "Failed to load resource" in message.text and any(
            s in message.text for s in ("422", "404", "403")
        )
        if message.type in ("error", "warning") and not expected:
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", lambda r: complaints.append(f"{r.status} {r.url}") if r.status >= 500 else None)
