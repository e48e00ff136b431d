"""What departments report to their statistics office: one received, one at odds with the cases, two on their way, a draft."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from hengjian.apps.statistics.acts import departments as acts
from hengjian.apps.statistics.models import DepartmentReport
from hengjian.apps.statistics.place import cards_of
from hengjian.base.periods import Period
from hengjian.statistics.model import Cell
from hengjian.statistics.table import values
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.province.story import Story, at, workday

BODY = "本月收案结构变化不大，买卖合同纠纷增多；长期未结案件逐件列出了清单，由庭长每周过问。"


def lives(story: Story) -> Iterable[Life]:
    first, second = story.months[0], story.months[1]
    yield reported(story, first, "qinglan", "civil1", wrong=0, steps=2)
    yield reported(story, first, "qinglan", "criminal", wrong=2, steps=2)
    yield reported(story, second, "qinglan", "civil1", wrong=0, steps=1)
    yield reported(story, second, "landong", "execution", wrong=0, steps=0)
    yield reported(story, second, "qinglan", "criminal", wrong=0, steps=None)


def reported(story: Story, month: Period, court: str, part: str, *, wrong: int, steps: int | None) -> Life:
    """``steps``: how many have signed so far; None: still a draft."""
    day = workday(month.end + timedelta(days=3))
    yield at(day, 10, 15)
    row = _drafted(story, month, court, part, wrong, at(day, 10, 15))
    if steps is None:
        return
    yield at(day, 11)
    row = acts.send_department_report(
        story.actor(f"{court}-{part}-lu", at(day, 11)), row, version=row.version
    )
    signers = ((f"{court}-{part}-tz", "已核对，同意报送。"), (f"{court}-tongji", "收到。"))
    for n, (login, opinion) in enumerate(signers[:steps], 1):
        yield at(day, 11 + 2 * n)
        story.agreed(login, at(day, 11 + 2 * n), row, opinion)


def _drafted(
    story: Story, month: Period, court: str, part: str, wrong: int, moment: datetime
) -> DepartmentReport:
    unit = story.unit(f"{court}-{part}")
    counted = _counted(story, month, court, unit.name)
    lines = [f"{title}={value + wrong * (title == '新收')}件" for title, value in counted.items()]
    return acts.draft_department_report(
        story.actor(f"{court}-{part}-lu", moment), story.court.installation, unit, span=str(month),
        title=f"{unit.name}{month.label}案件情况", lines="\n".join([*lines, "判后答疑=14次"]), body=BODY,
        client_key=f"demo-department-{unit.pk}-{month}",
    )  # fmt: skip


def _counted(story: Story, month: Period, court: str, department: str) -> dict[str, int]:
    """What the department's own book says: as the cases, but for what somebody counted wrong."""
    place, code = story.place(), story.unit(court).code
    held = cards_of(place.installation)
    cards = {card.key: card.title for card in held.cards if card.key in ("filed", "closed", "pending")}
    cells = {key: Cell(key, code, str(month), (("department", department),)) for key in cards}
    found = values(place.data(), held, cells.values(), place.groups)
    return {cards[key]: int(found[cell].top) for key, cell in cells.items()}
