"""Facts into points: one engine, one SQL template a shape, explanation rows whose GROUP BY is the score."""

from hengjian.scoring.counterfactual import counterfactual
from hengjian.scoring.engine import Scorer, score
from hengjian.scoring.explain import Code
from hengjian.scoring.result import UNALLOCATED, ExplanationRow, PersonPoints, Score, ScoreResult
from hengjian.scoring.source import ScoreInput

__all__ = [
    "UNALLOCATED",
    "Code",
    "ExplanationRow",
    "PersonPoints",
    "Score",
    "ScoreInput",
    "ScoreResult",
    "Scorer",
    "counterfactual",
    "score",
]
