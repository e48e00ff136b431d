"""Two answers that change the same field cannot both stand; nothing wins in silence."""

import pytest

from hengjian.base.errors import HengjianError
from hengjian.policy import load_pack, pack_ids
from hengjian.policy.clashes import possible
from hengjian.policy.lint import lint

PATH = "flows/important.steps.president.or_above"
SECOND = """
- id: R02
  articles: ["2"]
  question: 审核能不能代？
  options:
    default: {title: 照正文。}
    other:
      title: 另一种。
      set: {%s}
      yields_to: {%s}
"""


@pytest.fixture
def two(changed):
    """The mini pack with a second question whose ``other`` changes what is given."""

    def make(change=f"{PATH}: false", yields=""):
        last = f"set: {{{PATH}: true}}"
        return changed("readings.yaml", last, last + SECOND % (change, yields))

    return make


BOTH = {"R01": "above", "R02": "other"}


@pytest.mark.parametrize(
    "change",
    [
        f"{PATH}: false",
        "flows/important.steps.president: {key: president, title: 审核, role: president}",
        "flows/important.steps: [{key: president, title: 审核, role: president}]",
    ],
)
def test_both_are_refused_with_both_names_and_the_field(two, change):
    pack = two(change)
    with pytest.raises(HengjianError) as caught:
        pack.with_readings(BOTH)
    assert "R01=above 和 R02=other" in str(caught.value) and PATH in str(caught.value)
    with pytest.raises(HengjianError):
        pack.with_readings({"R01": "above"}).with_readings({"R02": "other"})


def test_each_alone_is_fine(two):
    pack = two()
    assert pack.with_readings({"R02": "other"}).clause("flows/important").steps[0].or_above is False
    assert pack.with_readings({"R01": "above"}).clause("flows/important").steps[0].or_above is True


def test_the_same_value_twice_is_no_clash(two):
    assert two(f"{PATH}: true").with_readings(BOTH).clause("flows/important").steps[0].or_above is True


def test_other_fields_of_the_same_clause_do_not_clash(two):
    two("flows/important.title: 另名").with_readings(BOTH)


def test_an_answer_that_yields_changes_nothing(two):
    pack = two(yields="R01: [above]").with_readings(BOTH)
    assert pack.clause("flows/important").steps[0].or_above is True
    assert pack.chosen("R02") == "other"
    again = pack.with_readings({"R01": "default"})
    assert again.clause("flows/important").steps[0].or_above is False


def test_lint_names_the_pair(two):
    found = [row for row in lint(two()) if row.code == "clashing-options"]
    assert [row.where for row in found] == ["readings.yaml R02"] and "R01=above" in found[0].message
    assert not [row for row in lint(two(yields="R01: [above]")) if row.code == "clashing-options"]


@pytest.mark.parametrize("name", pack_ids())
def test_no_two_answers_of_an_installed_pack_clash(name):
    assert [clash.sentence for clash in possible(load_pack(name).readings)] == []


def test_with_only_the_highest_tier_each_publication_is_no_question():
    pack = load_pack("longkou").with_readings({"R06": "highest", "R07": "per_publication"})
    assert pack.clause("points/publication").key == ("item",)


def test_with_only_the_first_instruction_the_month_is_no_question():
    pack = load_pack("longkou").with_readings({"R12": "first_only", "R15": "per_period"})
    assert pack.clause("points/instruction").carry == "first_only"
