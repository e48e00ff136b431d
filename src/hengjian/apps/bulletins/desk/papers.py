"""An edition as an official document: one content model for page, PDF and docx."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.bulletins.models import Edition, EditionEntry
from hengjian.apps.org.models import Unit
from hengjian.apps.regs.queries import pack_for
from hengjian.base.times import to_local
from hengjian.documents import (
    ArticleTitle,
    Block,
    Imprint,
    Kind,
    OfficialDocument,
    Paragraph,
    Role,
)
from hengjian.documents import Edition as Masthead
from hengjian.policy import Pack


def edition_document(edition: Edition, *, at: datetime | None = None) -> OfficialDocument:
    """The edition as it is (printed text where it is issued, else the text of now)."""
    installation = edition.installation
    when = edition.issued_at or at
    day = to_local(when).date() if when else edition.due_on
    pack = pack_for(installation, edition.issued_at or installation.installed_at)
    office = installation.competent_unit or installation.unit
    blocks: list[Block] = []
    for title, paragraphs, byline in articles(edition):
        blocks += [ArticleTitle(title), *map(Paragraph, paragraphs), Paragraph(byline, Role.BYLINE)]
    return OfficialDocument(
        kind=Kind.BULLETIN,
        title=subtitle(edition, pack),
        masthead=(edition.title.split("（")[0],),
        secrecy="" if pack.term("outlet", edition.outlet).attrs.get("intranet") else "内部资料 注意保管",
        edition=Masthead(
            issue=edition.number or 0,
            compiled_by=f"{installation.unit.name}{office.name if office != installation.unit else ''}",
            issued_on=day,
            year=edition.year,
            remark=edition.editor_note,
            series=series_label(edition, pack),
        ),
        blocks=tuple(blocks),
        imprint=Imprint(distribution=recipients(edition, pack), printed_by=office.name, printed_on=day),
        issued_on=day,
        author=office.name,
    )


def subtitle(edition: Edition, pack: Pack) -> str:
    label = series_label(edition, pack)
    return f"（{label}）" if label and not edition.title.startswith(label) else ""


def series_label(edition: Edition, pack: Pack) -> str:
    return next((t.label for t in pack.vocabulary("series") if t.key == edition.series), "")


def recipients(edition: Edition, pack: Pack) -> tuple[tuple[str, str], ...]:
    """报 to superiors and leaders, 送 to the rest, as the audience of the issue says."""
    audience = {term.key: term.label for term in pack.vocabulary("audience")}
    units = {
        str(u.pk): u.name for u in Unit.objects.filter(pk__in=[r for r in edition.recipients if r.isdigit()])
    }
    names = [audience.get(key) or units.get(key) or key for key in edition.recipients]
    up = [
        name
        for key, name in zip(edition.recipients, names, strict=True)
        if key in {"superior", "party_group"}
    ]
    rest = [name for name in names if name not in up]
    lines = (("报", "，".join(up)), ("送", "，".join(rest)))
    return tuple((label, f"{text}。") for label, text in lines if text)


def articles(edition: Edition) -> list[tuple[str, list[str], str]]:
    """(title, paragraphs, byline) of every entry, in order."""
    found = []
    for entry in edition.entries.select_related("item__unit", "revision"):
        source = entry.revision or entry.item
        found.append(
            (source.title, [p.strip() for p in source.body.splitlines() if p.strip()], _byline(entry))
        )
    return found


def _byline(entry: EditionEntry) -> str:
    units = [str(entry.item.unit), *(str(p.unit) for p in entry.item.partners.select_related("unit"))]
    authors = [a.person.name for a in entry.item.authorships.select_related("person")]
    return f"（{'、'.join(dict.fromkeys(units))}{' ' + ' '.join(authors) if authors else ''}供稿）"
