"""Readings are switches: an option is a patch over clause fields."""

import pytest

from hengjian.base.errors import HengjianError

FLOW = "flows/important"


def above(pack):
    return pack.clause(FLOW).steps[0].or_above


def test_the_default_leaves_the_clause_as_written(mini):
    assert above(mini) is False
    assert mini.chosen("R01") == "default"


def test_an_option_patches_a_field_of_the_clause(mini):
    other = mini.with_readings({"R01": "above"})
    assert above(other) is True
    assert other.chosen("R01") == "above"


def test_the_pack_itself_never_changes(mini):
    mini.with_readings({"R01": "above"})
    assert above(mini) is False


def test_going_back_to_the_default_restores_the_clause(mini):
    assert above(mini.with_readings({"R01": "above"}).with_readings({"R01": "default"})) is False


def test_another_default_holds_without_being_chosen(changed):
    pack = changed("readings.yaml", "question:", "default: above\n  decided_by: 院党组\n  question:")
    assert above(pack) is True
    assert above(pack.with_readings({"R01": "default"})) is False


@pytest.mark.parametrize(
    ("choice", "message"),
    [({"R99": "x"}, "没有理解“R99”；可用：R01。"), ({"R01": "x"}, "没有选项“x”；可用：default、above。")],
)
def test_an_unknown_reading_or_option_names_the_known_ones(mini, choice, message):
    with pytest.raises(HengjianError) as caught:
        mini.with_readings(choice)
    assert message in str(caught.value)


def test_a_clause_knows_the_readings_that_touch_it(mini):
    assert [r.id for r in mini.readings_of(FLOW)] == ["R01"]
    assert mini.readings_of("notices/monthly") == []


def test_an_option_can_switch_a_clause_off(changed):
    pack = changed("readings.yaml", "steps.president.or_above: true", "active: false")
    assert pack.with_readings({"R01": "above"}).clauses_of("flow") == []
    assert len(pack.clauses_of("flow")) == 1
