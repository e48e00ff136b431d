"""The difference of two packs is told in articles, days and values."""

from hengjian.policy.diff import Change, diff


def test_equal_packs_do_not_differ(mini, changed):
    assert diff(mini, changed()) == []


def test_a_changed_value_names_its_article_and_day(mini, changed):
    new = changed("values.yaml", "from: 2024-01-01, value: 10", "from: 2024-01-01, value: 8")
    assert diff(mini, new) == [Change("value", "notice.day", "3", "2024-01-01", "value", "10", "8")]


def test_a_value_known_later_says_so(mini, changed):
    new = changed("values.yaml", "value: 6", "value: 7")
    assert [c.field for c in diff(mini, new)] == ["value（2024-09-01 起知道）"]


def test_an_ended_value_is_told_as_ended(mini, changed):
    new = changed("values.yaml", "    - {from: 2025-01-01, value: null}\n", "")
    assert [(c.effective, c.before, c.after) for c in diff(mini, new)] == [("2025-01-01", "（结束）", "")]


def test_a_changed_field_of_a_clause_is_named(mini, changed):
    new = changed("clauses/flows.yaml", "title: 重要信息的审核", "title: 重要信息的签发")
    change = Change("clause", "flows/important", "2", "", "title", "重要信息的审核", "重要信息的签发")
    assert diff(mini, new) == [change]


def test_a_new_clause_and_a_gone_one(mini, changed):
    new = changed("clauses/flows.yaml", "id: notices/monthly", "id: notices/month")
    assert [(c.id, c.before, c.after) for c in diff(mini, new)] == [
        ("notices/monthly", "月通报", ""),
        ("notices/month", "", "月通报"),
    ]


def test_changed_rows_of_a_table(mini, changed):
    new = changed("tables/units.csv", "二庭,乙", "二庭,甲")
    assert [(c.before, c.after) for c in diff(mini, new)] == [
        ("unit=二庭；class=乙", ""),
        ("", "unit=二庭；class=甲"),
    ]


def test_facts_of_the_pack_itself(mini, changed):
    new = changed("pack.yaml", "since: 2024-01-01", "since: 2024-02-01")
    assert [(c.what, c.field, c.before, c.after) for c in diff(mini, new)] == [
        ("pack", "since", "2024-01-01", "2024-02-01")
    ]
