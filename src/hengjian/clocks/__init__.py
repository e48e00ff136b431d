"""Legal clocks: starts, lengths, calendars, stages, stops; quotas, issue calendars, reminders, words.

Pure: no Django, no clock (``now`` is an argument), no environment. Times are naive local (China Standard Time).
"""

from hengjian.clocks.calendars import (
    Calendar,
    HolidayTable,
    builtin_holidays,
    holiday_years,
    standard_calendar,
)
from hengjian.clocks.evaluate import charged, evaluate
from hengjian.clocks.facts import ClockResult, Facts, State
from hengjian.clocks.quota import quota_status, register_status, table_of
from hengjian.clocks.reminders import Quiet, due_reminders, reminder_moments
from hengjian.clocks.series import next_periods, slot_status, slots
from hengjian.clocks.words import remaining_words, state_words

__all__ = [
    "Calendar",
    "ClockResult",
    "Facts",
    "HolidayTable",
    "Quiet",
    "State",
    "builtin_holidays",
    "charged",
    "due_reminders",
    "evaluate",
    "holiday_years",
    "next_periods",
    "quota_status",
    "register_status",
    "remaining_words",
    "reminder_moments",
    "slot_status",
    "slots",
    "standard_calendar",
    "state_words",
    "table_of",
]
