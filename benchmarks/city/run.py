"""How long the notices of the invented city's year take, as Word and PDF: `python benchmarks/city/run.py`.

Loads the city of the demo into a folder of its own first. CPU seconds.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src")]


def main() -> None:
    os.environ["HENGJIAN_DATA_DIR"] = tempfile.mkdtemp(prefix="hengjian-city-")
    from hengjian.web.setup import prepare_database, start_django

    start_django()
    prepare_database()
    from django.utils import timezone

    from hengjian.apps.indicators.models import KpiNotice
    from hengjian.apps.indicators.printing import document_of
    from hengjian.documents import render_docx, render_pdf
    from hengjian.web.demo.clockwork import Clockwork
    from hengjian.web.demo.offices import city_court

    now, began = timezone.now(), time.process_time()
    _, lives = city_court.begin(now, now.year)
    clockwork = Clockwork(now)
    clockwork.start(lives)
    clockwork.run()
    loaded = time.process_time()
    notices = KpiNotice.objects.filter(state="published").order_by("-period")[:15]
    for notice in notices:
        document = document_of(notice)
        render_docx(document)
        render_pdf(document)
    print(
        f"city loaded in {loaded - began:.1f} s; {len(notices)} notices: {time.process_time() - loaded:.1f} s"
    )


if __name__ == "__main__":
    main()
