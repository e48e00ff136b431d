"""Invented documents that several tests share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hengjian.documents import (
    Align,
    ArticleTitle,
    Attachment,
    Column,
    Edition,
    Format,
    Heading,
    Imprint,
    Kind,
    OfficialDocument,
    Paragraph,
    Role,
    Run,
    Signature,
    Style,
    Table,
)

DAY = date(2024, 7, 5)
DEPARTMENTS = ("立案庭", "刑事审判庭", "民事审判庭", "行政审判庭", "执行局")


def ranking(rows: int) -> Table:
    columns = (
        Column("名次", Format.INTEGER, Align.CENTER),
        Column("部门"),
        Column("得分", Format.DECIMAL),
        Column("采用率", Format.PERCENT, decimals=1),
    )
    values = tuple((n, DEPARTMENTS[n % 5], Decimal(80 - n) / 4, Decimal("0.625")) for n in range(1, rows + 1))
    return Table(columns, values, caption="表1　得分排名", notes=("注：同分按采用篇数排序。",))


def notice(**changes: object) -> OfficialDocument:
    fields: dict[str, object] = {
        "kind": Kind.NOTICE,
        "masthead": ("清岚县人民法院文件",),
        "number": "清法〔2024〕12号",
        "title": "清岚县人民法院关于2024年6月份信息工作情况的通报",
        "addressee": "本院各部门",
        "issued_on": DAY,
        "author": "清岚县人民法院",
        "blocks": (
            Paragraph((Run("得分最高的为"), Run("立案庭", Style.STRONG, source="依据第二十四条"), Run("。"))),
            Heading(1, "总体情况"),
            Heading(2, "报送数量稳中有升。", "共报送174篇。"),
            ranking(5),
            Heading(1, "下一步要求"),
        ),
        "attachments": (Attachment("个人得分排名", (ranking(60),)), Attachment("扣分情况")),
        "signatures": (Signature("清岚县人民法院", DAY),),
        "disclosure": "此件公开发布",
        "imprint": Imprint((("抄送", "县委办公室，市中级人民法院"),), "清岚县人民法院综合办公室", DAY),
    }
    return OfficialDocument(**{**fields, **changes})  # type: ignore[arg-type]


def bulletin() -> OfficialDocument:
    text = "今年以来，清岚县人民法院把非诉讼纠纷解决机制挺在前面，推动矛盾纠纷就地化解。" * 4
    return OfficialDocument(
        kind=Kind.BULLETIN,
        masthead=("清岚法院信息",),
        title="清岚法院信息第12期",
        secrecy="内部资料",
        copy_number="000012",
        issued_on=DAY,
        edition=Edition(12, "审判管理办公室", DAY, total_issue=345, remark="现将有关做法刊发。"),
        blocks=(
            ArticleTitle("立案庭推进诉源治理取得实效"),
            Paragraph(text),
            Paragraph("（立案庭供稿）", Role.BYLINE),
            ArticleTitle("执行局开展集中执行行动"),
            Paragraph(text),
        ),
        imprint=Imprint(
            (("报", "市中级人民法院"), ("发", "本院各部门")), people=(("编辑", "甲某"),), copies=60
        ),
    )
