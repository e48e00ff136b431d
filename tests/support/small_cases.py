"""The small province with the cases of one month in its books: ``python -m support.small_cases 2026-11-02T10:00``."""

from __future__ import annotations

import sys
from datetime import datetime

import support.moved_clock  # noqa: F401  starts Django with the clock of the test
from hengjian.apps.cases.acts.dataset import make_dataset
from hengjian.apps.cases.acts.upload import receive, take_in
from hengjian.apps.org.access import system_actor
from hengjian.apps.org.models import Unit
from hengjian.apps.regs.models import Installation
from hengjian.base.times import to_instant
from support.small_province import make

HEAD = (
    "案件标识,案号,经办法院代字,经办法院,承办部门,案件类别,类型代字,收案日期,立案日期,结案日期,结案方式,审级,案件来源,案由,"
    "原告,被告,收案年度\n"
)
ROW = (
    "{id},（2026）鲁9101民初{n}号,鲁9101,清岚县人民法院,民一庭,民事,民初,{day},{day},{closed},{manner},一审,新收,买卖合同纠纷,"
    "闻若川,檀清和,2026\n"
)
CASES = (("f1", 1, "2026-10-08", ""), ("f2", 2, "2026-10-09", "2026-10-28"), ("f3", 3, "2026-10-12", ""))


def fill(now: datetime) -> None:
    """Three cases filed in October, one closed."""
    actor = system_actor("案件信息", to_instant(now))
    dataset = make_dataset(actor, Installation.objects.get(pack="shandong"))
    rows = [
        ROW.format(id=key, n=n, day=day, closed=closed, manner="判决" if closed else "")
        for key, n, day, closed in CASES
    ]
    data = (HEAD + "".join(rows)).encode()
    row = receive(actor, dataset, Unit.objects.get(code="鲁9101"), name="十月.csv", data=data)
    take_in(actor, row, columns=row.columns)


if __name__ == "__main__":
    make(datetime.fromisoformat(sys.argv[1]))
    fill(datetime.fromisoformat(sys.argv[1]))
