"""Every key a pack may have is explained in the reference."""

from pathlib import Path

import pytest

from hengjian.policy import finding
from hengjian.policy.clauses import base, definition, flow, measure, notice
from hengjian.policy.finding import Check, Finding, Ranges, Serials, Total, Unique, Unscored
from hengjian.policy.model import Article, DatedValue, Option, PackInfo, Param, Reading

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "pack-format.md"
MODELS = [
    *(PackInfo, Article, DatedValue, Param, Option, Reading),
    *(Finding, Check, Total, Ranges, Unscored, Unique, Serials),
    *(finding.Lengths, finding.Numbering, finding.Blank, finding.Below, finding.Uneven),
    *(base.ClauseBase, definition.Definition, definition.Term, flow.Flow, flow.Step, flow.WayOut),
    *(measure.Measure, measure.Target, notice.Notice, notice.Section, notice.Award),
]


@pytest.mark.skipif(not PAGE.exists(), reason="installed without its documents")
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_explained(model):
    text = PAGE.read_text(encoding="utf-8")
    words = set(
        text.replace("`", " ").replace("{", " ").replace("}", " ").replace(",", " ").replace(":", " ").split()
    )
    missing = [
        info.alias or name for name, info in model.model_fields.items() if (info.alias or name) not in words
    ]
    assert missing == []
