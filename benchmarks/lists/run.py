"""List pages with 200,000 items against a bare Django view of the same fifty rows, in one run.

    python benchmarks/lists/run.py [--items 200000] [--rounds 9] [--data FOLDER]

Prints a table: milliseconds of CPU, least and median of the rounds, taken in turn, for the page, for the page after
somebody has committed something, and for the bare view; the two ratios of the least; the questions of the page.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(Path(__file__).parent)]

# page → (address, who asks, bare view)
PAGES: dict[str, tuple[str, str, str]] = {
    "信息列表": ("/bulletins/items/", "bianji", "items"),
    "信息列表，查询状态": ("/bulletins/items/?state=received", "bianji", "items"),
    "信息列表，查询文字": ("/bulletins/items/?q=%E9%80%81%E8%BE%BE", "bianji", "items"),
    "信息列表，第 20 页": ("/bulletins/items/?page=20", "bianji", "items"),
    "信息列表，部门": ("/bulletins/items/", "xinxiyuan", "items"),
    "审核": ("/bulletins/review/", "tingzhang", "review"),
    "采用、批示登记簿": ("/bulletins/desk/facts/", "bianji", "facts"),
    "差错": ("/bulletins/faults/", "zhuren", "faults"),
    "已印发刊物": ("/bulletins/editions/", "xinxiyuan", "editions"),
    "编辑台": ("/bulletins/desk/", "bianji", "editions"),
    "内网动态": ("/bulletins/intranet/", "xinxiyuan", "intranet"),
    "审计日志": ("/audit/", "shenji", "audit"),
    "发件": ("/mailroom/", "bianji", "mails"),
    "我的待办": ("/", "tingzhang", "review"),
}


def main() -> None:
    options = _options()
    os.environ["HENGJIAN_DATA_DIR"] = options.data or tempfile.mkdtemp(prefix="hengjian-lists-")
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL", "")
    from hengjian.web.setup import prepare_database, start_django

    start_django()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.ROOT_URLCONF = "bare"
    prepare_database()
    _fill(options.items)
    print(f"{'page':<22}{'page':>12}{'after commit':>15}{'bare':>12}{'ratios':>12}{'queries':>9}")
    for name, (address, login, other) in PAGES.items():
        asking = address.partition("?")[2] if "page=" in address else ""
        page, changed, bare, asked = _measure(address, login, f"/bare/{other}/?{asking}", options.rounds)
        shown = "".join(f"{min(one):>7.1f}{median(one):>6.1f}" for one in (page, changed, bare))
        ratios = f"{min(page) / min(bare):>7.2f}{min(changed) / min(bare):>6.2f}"
        print(f"{name:<20}{shown}{ratios}{asked:>7}", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--data", default="", help="keep the filled database here and use it again")
    return parser.parse_args()


def _fill(number: int) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from hengjian.apps.bulletins.models import Item
    from hengjian.apps.org.access import system_actor
    from hengjian.web.demo.court import make_court
    from support.fill import fill

    if Item.objects.exists():
        return
    started, now = time.monotonic(), timezone.now()
    court = make_court(system_actor("演示", now), since=date(2010, 1, 1))
    units = [court.units[key] for key in court.authors]
    for start in range(0, number, 20_000):
        with transaction.atomic():
            fill(
                court.installation, units, court.people["bianji"], min(20_000, number - start),
                now - timedelta(minutes=7 * start + 5), f"L{start // 20_000:02}-", 400 if start == 0 else 0,
            )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"filled {number} items in {time.monotonic() - started:.0f} s", file=sys.stderr)


def _measure(
    address: str, login: str, other: str, rounds: int
) -> tuple[list[float], list[float], list[float], int]:
    """Milliseconds of the page, of the page after somebody has committed something, and of the bare view, asked in
    turn; and the questions of the page then."""
    from django.db import connection
    from django.test import Client

    from hengjian.apps.org.models import User

    client = Client()
    client.force_login(User.objects.get(username=login))
    for warm in (address, other, address):
        assert client.get(warm).status_code == 200, warm
    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    _commit()
    with connection.execute_wrapper(count):
        client.get(address)
    page: list[float] = []
    changed: list[float] = []
    bare: list[float] = []
    for _ in range(rounds):
        _commit()
        changed.append(_timed(client, address))
        page.append(_timed(client, address))
        bare.append(_timed(client, other))
    return page, changed, bare, len(asked)


def _commit() -> None:
    """Something is written, as the worker does every minute: nothing kept is good any longer."""
    from django.utils import timezone

    from hengjian.apps.duties.models import JobState

    JobState.objects.update_or_create(name="bench", defaults={"succeeded_at": timezone.now()})


def _timed(client: Any, address: str) -> float:
    started = time.process_time()
    client.get(address)
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    main()
