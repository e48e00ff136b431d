"""What a sample says: error rate with its interval, agreement of the two reviewers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hengjian.apps.cases.models import Draw, DrawnCase
from hengjian.casedata.sampling import Rate, agreement, error_rate


@dataclass(frozen=True, slots=True)
class Result:
    """``wrong``: cases both reviewers (or the only one so far) found something wrong in; shares between 0 and 1."""

    drawn: int
    reviewed: int
    wrong: int
    disputed: int
    rate: Rate
    kappa: float | None
    items: list[tuple[str, int]]


def result_of(draw: Draw) -> Result:
    cases = list(DrawnCase.objects.filter(draw=draw).prefetch_related("reviews"))
    both = [tuple(case.reviews.all()) for case in cases]
    twice = [pair for pair in both if len(pair) == 2]
    wrong = sum(1 for pair in twice if pair[0].wrong and pair[1].wrong)
    items = Counter(key for pair in both for review in pair for key in review.wrong_items)
    return Result(
        drawn=len(cases),
        reviewed=len(twice),
        wrong=wrong,
        disputed=sum(1 for pair in twice if pair[0].wrong != pair[1].wrong),
        rate=error_rate(wrong, len(twice)),
        kappa=agreement([p[0].wrong for p in twice], [p[1].wrong for p in twice]).kappa,
        items=items.most_common(10),
    )
