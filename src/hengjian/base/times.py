"""Local times. All regulations run on China Standard Time; pure packages use naive local datetimes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "CST")


def parse_local(text: str) -> datetime:
    """Read ``YYYY-MM-DD``, ``YYYY-MM-DDTHH:MM`` or ``…:SS`` as a naive local time; an offset is converted.

    >>> parse_local("2024-06-03T23:59")
    datetime.datetime(2024, 6, 3, 23, 59)
    >>> parse_local("2024-06-03T16:00+00:00")
    datetime.datetime(2024, 6, 4, 0, 0)
    """
    value = datetime.fromisoformat(text.strip())
    return to_local(value) if value.tzinfo else value


def to_local(instant: datetime) -> datetime:
    """Turn an aware instant into the naive local time the pure packages use.

    >>> to_local(datetime(2024, 6, 30, 16, 0, tzinfo=timezone.utc))
    datetime.datetime(2024, 7, 1, 0, 0)
    """
    return instant.astimezone(SHANGHAI).replace(tzinfo=None)


def to_instant(local: datetime) -> datetime:
    """Turn a naive local time into an aware instant.

    >>> to_instant(datetime(2024, 7, 1)).isoformat()
    '2024-07-01T00:00:00+08:00'
    """
    return local.replace(tzinfo=SHANGHAI)


def start_of_day(day: date) -> datetime:
    """Midnight that begins ``day`` (days are half-open: 24:00 belongs to the next)."""
    return datetime.combine(day, time())
