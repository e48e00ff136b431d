"""The reference pages say what the product is: commands, settings, clause kinds, actions, operations."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from types import ModuleType

import pytest

from support.source import ROOT


@pytest.fixture(scope="module")
def docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_docs", ROOT / "scripts" / "docs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_reference_pages_are_as_the_product_is(tmp_path) -> None:
    environment = os.environ | {"HENGJIAN_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(ROOT / "scripts/docs.py"), "--check"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_every_setting_is_explained(docs: ModuleType) -> None:
    found = set(docs.found_settings())
    assert found - set(docs.SETTINGS) == set(), "explain them in scripts/docs.py"
    assert set(docs.SETTINGS) - found == set(), "no longer read"


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
        # pictures are made by scripts/screenshots.py
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text):
            if not target.endswith(".png") and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken, broken


def direct(name: str) -> set[str]:
    """Packages named in a requirements file itself."""
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines if not line.startswith(("#", "-")))
    return {match[0].lower() for match in found if match}


def test_every_dependency_has_a_line_that_says_what_it_is_for() -> None:
    text = (ROOT / "docs/reference/dependencies.md").read_text(encoding="utf-8")
    parts = dict(zip(("base.in", "dev.in"), text.split("\n## ")[1:], strict=True))
    for name, part in parts.items():
        told = {row[0].lower(): row[1] for row in re.findall(r"^\| ([\w.-]+) \| (.+) \|$", part, flags=re.M)}
        told.pop("package")
        assert direct(name) - set(told) == set(), (
            f"new in requirements/{name}: say in docs/reference/dependencies.md what for"
        )
        assert set(told) - direct(name) == set(), f"no longer in requirements/{name}: take the line out"
        assert all(len(reason) > 3 for reason in told.values())
