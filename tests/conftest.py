"""Cross-cutting tests share the story of the app tests."""

from __future__ import annotations

from hengjian.apps.conftest import Story, at, installation, story

__all__ = ["Story", "at", "installation", "story"]
