"""`make test`: everything, in the order in which a mistake is cheapest to find. Says which system parts are missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
sys.path.insert(0, str(ROOT / "tests"))
from support import postgres  # noqa: E402

PARTS = {
    "chromium": (("chromium", "chromium-browser", "google-chrome"), "browser tests"),
    "poppler-utils": (("pdftotext",), "reading PDFs back"),
    "dovecot-imapd": (("dovecot", "/usr/sbin/dovecot"), "tests of the mailbox"),
    "postgresql": ((), "tests on PostgreSQL"),
    "default-jre-headless": (("java",), "the check on Spark"),
    "pyspark": ((), "the check on Spark"),
}


def missing_parts() -> list[str]:
    lacking = [name for name, (names, _) in PARTS.items() if names and not any(map(shutil.which, names))]
    lacking += ["postgresql"] if postgres.find_initdb() is None else []
    return lacking + (["pyspark"] if find_spec("pyspark") is None else [])


def step(title: str, command: Sequence[str], **environment: str) -> None:
    started = time.monotonic()
    print(f"\n== {title}", flush=True)
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False)
    print(f"== {title}: {time.monotonic() - started:.0f} s", flush=True)
    if done.returncode:
        sys.exit(f"failed: {title}")


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


def pytest(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pytest", *arguments]


def main() -> None:
    lacking = missing_parts()
    if lacking and os.environ.get("CI"):
        sys.exit(f"missing in CI, where nothing may be skipped: {', '.join(lacking)}")
    for name in lacking:
        how = "make setup-spark" if name == "pyspark" else f"Debian: apt-get install {name}"
        print(f"not found: {name} (skipped: {PARTS[name][1]}; {how})")
    checked = ["src", "tests", "scripts", "benchmarks", "demo"]
    present = [folder for folder in checked if any((ROOT / folder).rglob("*.py"))]
    # in the order of conftest.py, where long files stand first; xdist would put those of many tests first
    parallel = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
    step("format", tool("ruff", "format", "--check", "--quiet", *present))
    step("lint", tool("ruff", "check", "--quiet", *present))
    step("layers", tool("lint-imports", "--no-cache"))
    step("packs", tool("yamllint", "--strict", "packs"))
    step("types", tool("mypy"))
    step(
        "migrations",
        [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"],
        DJANGO_SETTINGS_MODULE="hengjian.web.settings",
    )
    step(
        "tests on SQLite",
        pytest(*parallel, "-m", "not browser", "--doctest-modules", "src", "tests"),
    )
    step("tests in a browser", pytest(*parallel, "-m", "browser"))
    if "postgresql" not in lacking:
        with postgres.server() as url:
            places = ("src/hengjian/apps", "src/hengjian/web", "tests")
            wanted = ("-m", "not browser and not slow or postgres")
            command = pytest(*parallel, *wanted, *places)
            step("tests on PostgreSQL", command, DATABASE_URL=url, HENGJIAN_TESTS="database")
    print("\nall good" + (f" (skipped for want of: {', '.join(lacking)})" if lacking else ""))


if __name__ == "__main__":
    main()
