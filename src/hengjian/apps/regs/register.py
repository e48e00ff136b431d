"""疑义登记: every open question of every regulation, how it is answered now, by whom, and what the text itself gets wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from hengjian.apps.org.access import Actor
from hengjian.apps.regs import queries
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import Question
from hengjian.apps.regs.room import scoring
from hengjian.base.articles import ArticleRef
from hengjian.base.times import to_local
from hengjian.documents import (
    Block,
    Column,
    Heading,
    Kind,
    ListBlock,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)
from hengjian.policy import Pack, Reading, pack_ids


@dataclass(frozen=True)
class Entry:
    """One question: of an installed regulation with the office's decision, or of a pack at hand as its file has it."""

    pack: Pack
    reading: Reading
    installation: Installation | None
    option: str
    decided_by: str
    document: str
    on: date | None

    @property
    def answer(self) -> str:
        return self.reading.options[self.option].title

    @property
    def open(self) -> bool:
        """Nobody has decided; the pack's default is used."""
        return not self.decided_by

    @property
    def scoring(self) -> bool:
        return scoring(self.reading) and len(self.reading.options) > 1

    @property
    def number(self) -> str:
        """H01（H-A3）: the id of the reading, and the ambiguity of the text it answers."""
        return f"{self.reading.id}（{self.reading.ambiguity}）" if self.reading.ambiguity else self.reading.id


def entries(actor: Actor, *, everything: bool = True) -> list[Entry]:
    """Installed regulations the actor belongs to; with ``everything`` also the packs at hand not installed here."""
    found: list[Entry] = []
    installed = set()
    for installation in queries.visible_installations(actor):
        installed.add(installation.pack)
        found += [_of(q, installation) for q in queries.questions(installation, actor.at)]
    for name in pack_ids(settings.PACKS_DIR) if everything else ():
        if name not in installed:
            pack = queries.loaded(name)
            found += [_plain(pack, reading) for reading in pack.readings.values()]
    return found


def _of(question: Question, installation: Installation) -> Entry:
    standing, reading = question.standing, question.pack.readings[question.id]
    return Entry(
        pack=question.pack,
        reading=reading,
        installation=installation,
        option=question.chosen,
        decided_by=standing.decided_by if standing else reading.decided_by,
        document=standing.document if standing else reading.document,
        on=standing.effective_from if standing else reading.decided_on,
    )


def _plain(pack: Pack, reading: Reading) -> Entry:
    return Entry(
        pack, reading, None, pack.chosen(reading.id), reading.decided_by, reading.document, reading.decided_on
    )


def filtered(found: Iterable[Entry], *, pack: str = "", state: str = "", text: str = "") -> list[Entry]:
    """Entries of a pack, open or decided, with every word of ``text``."""
    words = text.lower().split()
    return [
        e
        for e in found
        if (not pack or e.pack.id == pack)
        and (state not in ("open", "decided") or e.open == (state == "open"))
        and all(word in _haystack(e) for word in words)
    ]


def _haystack(entry: Entry) -> str:
    options = " ".join(option.title for option in entry.reading.options.values())
    return f"{entry.number} {entry.reading.question} {options} {' '.join(entry.reading.articles)}".lower()


def request_document(installation: Installation, at: datetime) -> OfficialDocument:
    """The request for interpretation: every question nobody has decided, and what the text itself gets wrong."""
    pack = queries.pack_for(installation, at)
    open_ones = [q for q in queries.questions(installation, at) if q.open]
    day, house = to_local(at).date(), installation.unit.name
    title = pack.info.title.strip("《》")
    blocks: list[Block] = [
        Paragraph(
            f"《{title}》施行中，以下{len(open_ones)}个问题正文没有写明。我单位暂按所列“现按”执行，请予解释。"
        ),
        Heading(1, "请求解释的问题"),
        _questions(pack, open_ones),
    ]
    slips = [finding.message for finding in pack.findings]
    if slips:
        blocks += [Heading(1, "正文本身需要核对的地方"), ListBlock(tuple(slips), ordered=True)]
    return OfficialDocument(
        kind=Kind.LETTER,
        masthead=(house,),
        title=f"关于请求解释《{title}》有关条款的函",
        addressee=pack.info.interpreter or pack.info.issuer,
        issued_on=day,
        blocks=tuple(blocks),
        signatures=(Signature(house, day),),
        author=house,
    )


def _questions(pack: Pack, found: list[Question]) -> Table:
    columns = (
        Column("编号", width=1.2),
        Column("条款", width=2),
        Column("问题", width=4),
        Column("现按", width=4),
        Column("其他理解", width=4),
    )
    rows = []
    for question in found:
        reading = pack.readings[question.id]
        others = [o.title for key, o in reading.options.items() if key != question.chosen]
        articles = "、".join(ArticleRef.parse(ref).label for ref in reading.articles)
        rows.append((question.id, articles, reading.question, question.title, " ".join(others) or "—"))
    return Table(columns, tuple(rows), empty="没有待定的问题。")
