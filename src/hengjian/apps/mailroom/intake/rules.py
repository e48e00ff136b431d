"""What the installed regulation says about mail: is it a way in, how is the subject written, what may come by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.carrying import grades_of
from hengjian.documents.mail import Pattern, Understood
from hengjian.policy import Pack
from hengjian.policy.clauses.definition import Term


@dataclass(frozen=True, slots=True)
class MailRules:
    """Of the channel whose term names a ``subject``. ``grade``: the lowest the channel may carry."""

    channel: str
    open: bool
    pattern: Pattern
    grade: str
    category: str
    article: str
    pack: Pack

    def read(self, subject: str) -> Understood:
        return self.pattern.read(subject)

    def category_in(self, texts: Iterable[str]) -> str:
        """The category somebody wrote out (its label stands alone or in brackets at the beginning); else empty."""
        heads = [text[:120] for text in texts]
        for term in words.terms(self.pack, "category"):
            for name in (term.label, *term.aliases):
                if any(name in head for head in heads):
                    return term.key
        return ""


def rules_of(pack: Pack) -> MailRules | None:
    """None when the regulation knows no mail channel."""
    term = _channel(pack)
    if term is None:
        return None
    grades = grades_of(pack, term.key, vocabulary="channel")
    categories = words.terms(pack, "category")
    first = categories[0].key if categories else ""
    return MailRules(
        channel=term.label,
        open=term.attrs.get("enabled") is not False,
        pattern=_pattern(str(term.attrs["subject"])),
        grade=grades[0] if grades else "internal",
        category=str(term.attrs.get("category") or first),
        article=term.article,
        pack=pack,
    )


def _channel(pack: Pack) -> Term | None:
    return next((t for t in words.terms(pack, "channel") if t.attrs.get("subject")), None)


@lru_cache(maxsize=32)
def _pattern(template: str) -> Pattern:
    return Pattern(template)
