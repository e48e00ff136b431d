"""How states, articles, points and times are written."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from hengjian.apps.ui.parts.colours import colour_of
from hengjian.apps.ui.parts.markup import put
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.points import plain
from hengjian.base.times import to_local
from hengjian.clocks.quota import short_label

WEEKDAYS = "一二三四五六日"
NEVER = mark_safe('<span class="soft">—</span>')


def tag(state: object, label: str = "", colour: str = "") -> SafeString:
    """``{% tag item %}`` (an object with ``state``), ``{% tag "open" "待审" %}``, ``{% tag "专报" colour="purple" %}``."""
    key = state
    if isinstance(state, models.Model):
        key = getattr(state, "state", "")
        label = label or str(getattr(state, "get_state_display", lambda: key)())
    text = label or str(getattr(state, "label", key))
    return put('<span class="tag {}">{}</span>', colour or colour_of(str(key)), text)


def points(value: object, unit: str = "", sign: bool = True) -> SafeString:
    """``{% points line.points %}`` → +5; ``{% points total "衡" False %}`` → 57.5衡. Nothing for None."""
    if value is None or value == "":
        return put('<span class="soft">{}</span>', "—")
    number = Decimal(str(value))
    kind = "plus" if number > 0 else "minus" if number < 0 else ""
    text = plain(number)
    if sign and number > 0:
        text = "+" + text
    return put('<span class="points {}">{}{}</span>', kind, text.replace("-", "−"), unit)


def when(value: date | datetime | None, style: str = "") -> SafeString:
    """``{% when item.filed_at %}``: 11-22 09:14, the year only when it differs; "full" with weekday; "day" without time."""
    if value is None:
        return NEVER
    local = to_local(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return put(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="minutes") if isinstance(local, datetime) else local.isoformat(),
        written(local, "full"),
        written(local, style),
    )


def written(local: date | datetime, style: str = "", today: date | None = None) -> str:
    """A local time in words.

    >>> written(datetime(2024, 6, 3, 9, 5), "full")
    '2024年6月3日（周一）09:05'
    >>> written(datetime(2024, 6, 3, 9, 5), today=date(2024, 8, 1)), written(date(2023, 6, 3), today=date(2024, 8, 1))
    ('06-03 09:05', '2023-06-03')
    """
    clock = f"{local.hour:02}:{local.minute:02}" if isinstance(local, datetime) and style != "day" else ""
    if style == "full":
        return f"{local.year}年{local.month}月{local.day}日（周{WEEKDAYS[local.weekday()]}）{clock}"
    day = f"{local.month:02}-{local.day:02}"
    if local.year != (today or to_local(timezone.now())).year:
        day = f"{local.year:04}-{day}"
    return f"{day} {clock}" if clock else day


def period_label(value: object) -> str:
    """``{{ period.key|cn_period }}`` → 2024年6月."""
    try:
        return Period.parse(str(value)).label
    except HengjianError:
        return str(value)


def short_period(period: Period) -> str:
    """``{{ period|short_period }}`` → 第23周, without the year."""
    return short_label(period)


def kbd(key: str) -> SafeString:
    """``{% kbd "A" %}``: the key beside a button; hidden where shortcuts are off and from readers of the screen."""
    return put('<kbd aria-hidden="true">{}</kbd>', key)


def empty(
    title: str, detail: str = "", url: str = "", action: str = "", icon: str = "inbox"
) -> dict[str, object]:
    """``{% empty "没有待办事项" "……" %}``: why nothing is here and what to do."""
    return {"title": title, "detail": detail, "url": url, "action": action, "icon": icon}


ICONS = {
    "success": "check",
    "good": "check",
    "warning": "warn",
    "warn": "warn",
    "error": "warn",
    "bad": "warn",
}


def note(text: object, kind: str = "info", title: str = "") -> dict[str, object]:
    """``{% note "已保存。" "success" %}``: info, success, warning, error."""
    return {"text": text, "kind": kind, "title": title, "icon": ICONS.get(kind, "info")}


def key_hints(*pairs: str) -> dict[str, object]:
    """``{% key_hints "J/K 上下" "Enter 打开" %}`` under a list."""
    return {"hints": [pair.split(" ", 1) for pair in pairs]}
