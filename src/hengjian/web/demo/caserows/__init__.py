"""Cases of an invented province as rows of a table: pure, seeded, the same day and seed give the same rows.

Nothing here knows Django or the store. ``make_cases`` writes whole lives of cases; ``Cases.as_of`` shows what the books
hold on a day, with the mistakes people have made and not yet mended by then.
"""

from hengjian.web.demo.caserows.make import Cases, make_cases
from hengjian.web.demo.caserows.plan import CourtPlan, Plan, Surge

__all__ = ["Cases", "CourtPlan", "Plan", "Surge", "make_cases"]
