"""Coverage shows what carries out each article."""

from hengjian.policy.coverage import coverage


def test_each_article_lists_its_clauses_or_its_reason(mini):
    assert [(row.article, row.clauses, row.statement) for row in coverage(mini)] == [
        ("1", ("words/category",), ""),
        ("2", ("flows/important", "words/role"), ""),
        ("3", ("notices/monthly",), ""),
        ("4", (), "只规定施行日期。"),
    ]


def test_a_paragraph_counts_for_its_article(changed):
    pack = changed("clauses/flows.yaml", 'articles: ["3"]', 'articles: ["3.2(1)"]')
    assert coverage(pack)[2].clauses == ("notices/monthly",)


def test_an_article_can_list_clauses_that_do_not_cite_it(changed):
    pack = changed("articles.yaml", ", statement: 只规定施行日期。", ", clauses: [words/role]")
    assert coverage(pack)[3].clauses == ("words/role",)


def test_a_gap_is_marked(changed):
    pack = changed("articles.yaml", ", statement: 只规定施行日期。", "")
    assert [row.article for row in coverage(pack) if row.gap] == ["4"]
