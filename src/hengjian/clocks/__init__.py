"""Legal clocks: starts, lengths, calendars, stages, stops; quotas, issue calendars, reminders, words.

Pure: no Django, no clock (``now`` is an argument), no environment. Times are naive local (China Standard Time).
"""

from hengjian.clocks.calendars import Calendar, HolidayTable, builtin_holidays, standard_calendar
from hengjian.clocks.evaluate import charged, evaluate
from hengjian.clocks.facts import ClockResult, Facts, State

__all__ = [
    "Calendar",
    "ClockResult",
    "Facts",
    "HolidayTable",
    "State",
    "builtin_holidays",
    "charged",
    "evaluate",
    "standard_calendar",
]
