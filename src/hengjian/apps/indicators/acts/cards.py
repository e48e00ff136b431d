"""Definition cards: drafted by the lead, decided by the office. A decided card is superseded, never edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from hengjian.apps.audit.acting import act, log
from hengjian.apps.indicators.formula import read_formula
from hengjian.apps.indicators.models import Card
from hengjian.apps.indicators.records import items
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card says."""

    numerator: str
    denominator: str
    cutoff: str
    source: str
    since: date
    excluded: str = ""
    formula: Mapping[str, str] = field(default_factory=dict)


@act("indicators.card.draft", "填写指标口径卡")
def draft_card(actor: Actor, installation: Installation, *, indicator: str, text: CardText) -> Card:
    scene = Scene(installation, actor)
    measure = scene.measure(indicator)
    if not (scene.manages or scene.leading(measure)):
        leads = "、".join((*measure.lead, *measure.co_lead))
        raise Denied(f"口径卡由牵头部门（{leads}）或者技术管理部门填写，您的岗位没有这项权限。")
    fields = asdict(text)
    formula = read_formula(text.formula, items(scene))
    fields["formula"] = formula.model_dump() if formula else {}
    for name in ("numerator", "denominator", "cutoff", "source"):
        fields[name] = fields[name].strip()
        if not fields[name]:
            label = {"numerator": "分子", "denominator": "分母", "cutoff": "统计时点", "source": "数据来源"}[
                name
            ]
            raise HengjianError(
                f"没有写{label}，请填写；写不清的请先商有关部门。", article=measure.articles[0]
            )
    card = Card.objects.create(
        installation=installation,
        indicator=indicator,
        drafted_by=actor.person,
        drafted_at=actor.at,
        **fields,
    )
    log(card, after=fields)
    return card


@act("indicators.card.decide", "确定指标口径卡")
def decide_card(actor: Actor, card: Card, *, version: int, decided_by: str, document: str) -> Card:
    """From its day on the card holds; figures of its indicator may be published."""
    row = _take(actor, card, version)
    if not decided_by.strip() or not document.strip():
        raise HengjianError("请填写确定机构和依据，如领导小组办公室某次例会的纪要。")
    row.state, row.decided_at = Card.State.DECIDED, actor.at
    row.decided_by, row.document = decided_by.strip(), document.strip()
    return _save(row)


@act("indicators.card.withdraw", "撤回指标口径卡")
def withdraw_card(actor: Actor, card: Card, *, version: int) -> Card:
    row = _take(actor, card, version)
    row.state = Card.State.WITHDRAWN
    return _save(row)


def _take(actor: Actor, card: Card, version: int) -> Card:
    actor.require(Right.KPI_MANAGE, card.installation.unit_id)
    row = Card.objects.select_for_update(of=("self",)).select_related("installation__unit").get(pk=card.pk)
    if row.version != version:
        raise HengjianError("这张口径卡在您打开之后已被改动，请刷新后再办理。")
    if row.state != Card.State.DRAFT:
        raise HengjianError(f"这张口径卡{row.get_state_display()}，不能再改；口径有变的请另填一张。")
    return row


def _save(row: Card) -> Card:
    row.version += 1
    row.save()
    log(row, state=row.state, decided_by=row.decided_by, document=row.document)
    return row
