"""The proof behind every number of a notice: ledger lines, zero rows with their reason, facts, receipts, and their sums."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from hengjian.apps.bulletins.models import Delivery, Fact, Item
from hengjian.apps.points import queries, words
from hengjian.apps.points.engine import scored
from hengjian.apps.points.models import LedgerLine, Notice
from hengjian.apps.regs.queries import pack_for
from hengjian.base.periods import Period
from hengjian.base.points import plain
from hengjian.base.times import start_of_day, to_instant, to_local
from hengjian.documents.model import Value
from hengjian.documents.sheets import write_csv
from hengjian.policy import Pack

LINES = (
    "行号",
    "单位",
    "规则",
    "条款",
    "参数",
    "条",
    "版本",
    "口径",
    "分值",
    "信息编号",
    "事实编号",
    "说明",
    "冲销行号",
)
ZEROS = ("期间", "单位", "规则", "条", "说明", "应达", "实有", "信息编号", "事实编号")
FACTS = (
    "事实编号",
    "种类",
    "取值",
    "发生时间",
    "登记时间",
    "登记人",
    "单位",
    "信息编号",
    "刊物或批示人",
    "已撤销",
)
RECEIPTS = ("信息编号", "单位", "邮箱", "到达时间", "内容摘要", "签收时间")


class Proof:
    """Files of the proof, by name. Everything is read anew: what does not agree with the frozen notice is told."""

    def __init__(self, notice: Notice, at: datetime) -> None:
        self.notice, self.at = notice, at
        self.installation = notice.period.installation
        self.period = Period.parse(notice.period.key)
        self.pack: Pack = pack_for(self.installation, to_instant(start_of_day(self.period.last)))
        self.lines = list(
            queries.lines_of(self.installation, notice.period.key)
            .select_related("unit", "item")
            .order_by("pk")
        )

    def files(self) -> Iterator[tuple[str, bytes]]:
        found = {
            "台账行.csv": write_csv(LINES, (self._line(line) for line in self.lines)),
            "计零的行.csv": write_csv(ZEROS, self._zeros()),
            "事实.csv": write_csv(FACTS, self._facts()),
            "送达回执.csv": write_csv(RECEIPTS, self._receipts()),
        }
        found["核对.json"] = self._check(found)
        yield from found.items()

    def _line(self, line: LedgerLine) -> tuple[Value, ...]:
        return (
            line.pk, line.unit.name if line.unit else "（无人可得）", words.clause_title(self.pack, line.clause),
            line.clause, line.rule, line.article, line.version, line.reading, line.points,
            line.item.number if line.item else "", " ".join(map(str, line.evidence)), line.note, line.reverses_id,
        )  # fmt: skip

    def _zeros(self) -> Iterator[tuple[Value, ...]]:
        """Rows of the engine that gave nothing, with the reason."""
        rows = [
            row
            for row in scored(self.installation, self.at).rows
            if not row.points and row.period.startswith(self.notice.period.key)
        ]
        numbers = self._numbers({row.item for row in rows if row.item})
        names = {
            row["id"]: row["name"]
            for s in self.notice.content["sections"]
            if s["of"] == "units"
            for row in s["rows"]
        }
        for row in rows:
            yield (
                row.period, names.get(row.unit, "" if row.unit is None else str(row.unit)),
                words.clause_title(self.pack, row.clause), row.article, row.note, row.need, row.have,
                numbers.get(row.item or 0, ""), " ".join(map(str, row.evidence)),
            )  # fmt: skip

    def _numbers(self, items: set[int]) -> dict[int, str]:
        mine = Item.objects.filter(installation=self.installation)
        return {pk: number for pk, number in mine.values_list("pk", "number") if pk in items}

    def _facts(self) -> Iterator[tuple[Value, ...]]:
        rows = self._in_period(Fact.objects.filter(installation=self.installation))
        withdrawn = set(
            Fact.objects.filter(installation=self.installation, withdraws__isnull=False).values_list(
                "withdraws_id", flat=True
            )
        )
        fields = (
            "pk", "kind", "value", "happened_at", "recorded_at", "recorded_by__name", "unit__name",
            "item__number", "publication",
        )  # fmt: skip
        for pk, kind, value, happened, recorded, *rest in rows.order_by("happened_at", "pk").values_list(
            *fields
        ):
            yield (pk, kind, value, _local(happened), _local(recorded), *rest, pk in withdrawn)

    def _in_period(self, facts: QuerySet[Fact]) -> QuerySet[Fact]:
        first, end = to_instant(start_of_day(self.period.first)), to_instant(start_of_day(self.period.end))
        return facts.filter(happened_at__gte=first, happened_at__lt=end)

    def _receipts(self) -> Iterator[tuple[Value, ...]]:
        first, end = to_instant(start_of_day(self.period.first)), to_instant(start_of_day(self.period.end))
        rows = Delivery.objects.filter(
            item__installation=self.installation, fact__happened_at__gte=first, fact__happened_at__lt=end
        ).order_by("pk")
        fields = ("item__number", "item__unit__name", "box", "arrived_at", "digest", "signed_at")
        for number, unit, box, arrived, digest, signed in rows.values_list(*fields):
            yield (
                number,
                unit,
                words.label(self.pack, "channel", box),
                _local(arrived),
                digest,
                _local(signed),
            )

    def _check(self, found: dict[str, bytes]) -> bytes:
        """Sums of the lines beside the printed points, and the digest of every file."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for line in self.lines:
            if line.unit_id:
                sums[str(line.unit_id)] += line.points
        printed = self.notice.content["scores"]
        differ = sorted(u for u in {*sums, *printed} if plain(sums.get(u, Decimal(0))) != printed.get(u, "0"))
        told = {
            "通报": self.notice.title,
            "期间": self.notice.period.key,
            "制度包": self.notice.content["pack"],
            "各单位台账合计与通报一致": not differ,
            "不一致的单位": differ,
            "行数": {"台账行": len(self.lines)},
            "文件摘要（SHA-256）": {name: hashlib.sha256(data).hexdigest() for name, data in found.items()},
        }
        return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _local(moment: datetime | None) -> datetime | None:
    return to_local(moment) if moment else None
