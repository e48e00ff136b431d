"""Which grades an outlet may carry."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.policy.clauses.check import PermissionCheck
from hengjian.policy.clauses.definition import Term


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether an outlet may carry a grade; if not, ``message`` says why and what to do."""

    allowed: bool
    message: str = ""
    article: str = ""


def may_carry(clause: PermissionCheck, outlet: Term, grade: Term) -> Permission:
    """Judge ``outlet`` × ``grade``. An outlet that lists no grades carries none (closed by default).

    >>> clause = PermissionCheck.model_validate({"id": "c", "kind": "check", "shape": "permission", "title": "t",
    ...     "articles": ["17"], "outlets": "outlet", "grades": "grade"})
    >>> general = Term(key="general", label="普刊", attrs={"grades": ["public"]})
    >>> may_carry(clause, general, Term(key="sensitive", label="敏感")).message
    '普刊不得刊登知悉范围为“敏感”的信息，请改用其他载体，或由有权的人调整知悉范围。'
    """
    article = "、".join(clause.articles)
    if grade.key in outlet.attrs.get(clause.attr, ()):
        return Permission(True, "", article)
    message = (
        f"{outlet.label}不得刊登知悉范围为“{grade.label}”的信息，请改用其他载体，或由有权的人调整知悉范围。"
    )
    return Permission(False, message, article)
