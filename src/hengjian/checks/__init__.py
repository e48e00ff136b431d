"""Text checks: length, personal data, word lists, figures, dates, duplicates, outlet and grade.

Pure: no Django, no clock, no files. A finding says where (a span of the text as given), what, and what to do.
"""

from hengjian.checks.finding import Draft, Finding
from hengjian.checks.permission import may_carry
from hengjian.checks.run import check_text, checklist

__all__ = ["Draft", "Finding", "check_text", "checklist", "may_carry"]
