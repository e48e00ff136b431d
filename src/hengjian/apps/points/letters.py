"""The letter to the head of one unit: its own figures and its own items, by name; of others nothing."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.urls import reverse

from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.notify import tell
from hengjian.apps.bulletins.people import holders
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.points import queries, words
from hengjian.apps.points.models import Notice
from hengjian.apps.points.printing import day_of
from hengjian.apps.points.tables import TITLES
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.points import plain
from hengjian.documents import (
    Block,
    Column,
    Format,
    Heading,
    Imprint,
    Kind,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)

Json = dict[str, Any]
HEADS = ("dept_head",)


class Letters:
    """All letters of one notice; what they share is read once."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        self.content: Json = notice.content
        self.word = self.content["unit_word"]
        self.rows = {
            row["id"]: row for s in self.content["sections"] if s["of"] == "units" for row in s["rows"]
        }
        self.columns: list[str] = next(
            (s["columns"] for s in self.content["sections"] if s["of"] == "units"), []
        )
        self.items = self._items()

    def units(self) -> list[Unit]:
        """The units the notice tells of, in its order."""
        found = Unit.objects.in_bulk(list(self.rows))
        return [found[pk] for pk in self.rows if pk in found]

    def letter(self, unit: Unit) -> OfficialDocument:
        """HengjianError for a unit the notice does not know."""
        row = self.rows.get(unit.pk)
        if row is None:
            raise HengjianError(f"{unit.name}不在这份通报里，没有可以抄送的内容。")
        court, day = self.content["court"], day_of(self.notice)
        blocks: list[Block] = [
            Paragraph(self._opening(unit, row)),
            Heading(1, "本单位得分"),
            self._figures(row),
        ]
        mine = self.items.get(unit.pk, [])
        if mine:
            columns = (
                Column("信息", width=6),
                Column("事由", width=4),
                Column(f"得{self.word}", Format.DECIMAL, width=1.6),
            )
            blocks += [Heading(1, "得分的信息"), Table(columns, tuple(mine))]
        blocks.append(Paragraph("对得分有异议的，请在通报印发后的申诉期内，在系统里对照说明卡提出。"))
        return OfficialDocument(
            kind=Kind.LETTER,
            masthead=(court,),
            number=self.notice.number,
            title=f"{self.content['label']}信息工作得分情况的函",
            addressee=f"{unit.name}主要负责人",
            issued_on=day,
            blocks=tuple(blocks),
            signatures=(Signature(self.content["office"] or court, day),),
            imprint=Imprint((), self.content["office"] or court, day),
            author=court,
        )

    def _opening(self, unit: Unit, row: Json) -> str:
        label, points = self.content["label"], plain(Decimal(row["points"]))
        basis = "、".join(words.article_label(a) for a in self.content["articles"])
        return (
            f"根据《{self.content['pack']['title'].strip('《》')}》{basis}，现将{unit.name}{label}的得分情况抄送。"
            f"{label}共报送信息{row['submitted']}条，被采用{row['adopted']}条次，获批示{row['instructed']}件次，得{points}{self.word}。"
        )

    def _figures(self, row: Json) -> Table:
        keys = [key for key in self.columns if key != "points"]
        rows = [(TITLES.get(key, key), str(row.get(key, "—"))) for key in keys]
        rows.append((f"得{self.word}", plain(Decimal(row["points"]))))
        return Table((Column("项目", width=3), Column("数值", width=3)), tuple(rows))

    def _items(self) -> dict[int, list[tuple[str, str, Decimal]]]:
        """Unit → its items with points: title, why, points; net of reversals."""
        installation = self.notice.period.installation
        pack = pack_for(installation, self.notice.prepared_at)
        lines = queries.lines_of(installation, self.notice.period.key)
        net: dict[tuple[int, int, str, str], Decimal] = defaultdict(Decimal)
        for unit, item, clause, rule, points in lines.filter(
            unit__isnull=False, item__isnull=False
        ).values_list("unit_id", "item_id", "clause", "rule", "points"):
            net[unit or 0, item or 0, clause, rule] += points
        titles = dict(Item.objects.filter(pk__in={key[1] for key in net}).values_list("pk", "title"))
        found: dict[int, list[tuple[str, str, Decimal]]] = defaultdict(list)
        for (unit, item, clause, rule), points in net.items():
            if points:
                why = pack.params[rule].title if rule in pack.params else words.clause_title(pack, clause)
                found[unit].append((titles.get(item, ""), why, points))
        return found


def tell_heads(actor: Actor, notice: Notice) -> int:
    """A message to the head of every unit the notice tells of, with the address of its letter. Once a notice."""
    told = 0
    for unit in Letters(notice).units():
        people = [p for p in holders(HEADS, unit, actor.at) if p.unit_id == unit.pk]
        told += tell(
            people,
            f"notice-letter:{notice.pk}:{unit.pk}",
            f"抄送：{notice.title}",
            f"{unit.name}的得分情况函已经送达，请查阅。请登录衡鉴查看："
            f"{reverse('points:notice_letter', args=[notice.pk, unit.pk])}",
            actor.at,
        )
    return told
