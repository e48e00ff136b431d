"""The unit tree: create, rename, move, end, other names, classes by date."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor
from hengjian.apps.org.acts._checks import need_order, need_text
from hengjian.apps.org.models import Person, Post, Unit, UnitAlias, UnitClass
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local


@act("org.unit.create", "设立单位")
def create_unit(
    actor: Actor,
    parent: Unit | None,
    *,
    code: str,
    name: str,
    kind: str,
    short_name: str = "",
    position: int = 0,
    valid_from: date | None = None,
) -> Unit:
    """Without a parent only when there is no unit yet: a second root would be beyond everybody's reach."""
    if parent is not None:
        actor.require(Right.ORG_MANAGE, parent)
    elif not actor.system and Unit.objects.exists():
        raise HengjianError("请选择上级单位；新的最高一级单位由服务器管理人员用命令行设立。")
    else:
        actor.require(Right.ORG_MANAGE)
    unit = Unit(
        parent=parent,
        code=need_text(code, "编码"),
        name=need_text(name, "名称"),
        short_name=short_name.strip(),
        kind=_kind(kind),
        position=position,
        valid_from=valid_from,
    )
    _must_be_free(unit)
    unit.save()
    log(unit, unit=unit.pk, after=_shown(unit))
    return unit


@act("org.unit.rename", "更改单位名称")
def rename_unit(
    actor: Actor, unit: Unit, *, name: str, short_name: str = "", kind: str = "", position: int | None = None
) -> Unit:
    """The former name stays as an alias, so that old documents and mails still find the unit."""
    actor.require(Right.ORG_MANAGE, unit)
    before, old_name = _shown(unit), unit.name
    unit.name, unit.short_name = need_text(name, "名称"), short_name.strip()
    unit.kind = _kind(kind) if kind else unit.kind
    unit.position = unit.position if position is None else position
    _must_be_free(unit)
    unit.save()
    if old_name != unit.name:
        UnitAlias.objects.get_or_create(unit=unit, text=old_name)
    log(unit, unit=unit.pk, before=before, after=_shown(unit))
    return unit


@act("org.unit.move", "调整单位隶属")
def move_unit(actor: Actor, unit: Unit, *, parent: Unit) -> Unit:
    actor.require(Right.ORG_MANAGE, unit)
    actor.require(Right.ORG_MANAGE, parent)
    if unit.parent_id is None and not actor.system:
        raise HengjianError("最高一级单位不能改为下级单位。")
    if unit.descendants(include_self=True).filter(pk=parent.pk).exists():
        raise HengjianError(f"“{parent}”是“{unit}”自己或它的下级，不能作为上级单位，请另选。")
    before = _shown(unit)
    unit.parent = parent
    _must_be_free(unit)
    unit.save()
    log(unit, unit=unit.pk, before=before, after=_shown(unit))
    return unit


@act("org.unit.end", "撤销单位")
def end_unit(actor: Actor, unit: Unit, *, on: date) -> Unit:
    """From ``on`` the unit does not exist. What still hangs on it must be settled first."""
    actor.require(Right.ORG_MANAGE, unit)
    need_order(unit.valid_from, on)
    left = _what_is_left(unit, on)
    if left:
        raise HengjianError(f"“{unit}”还有{'、'.join(left)}，请先调走或撤销，再撤销单位。")
    before = _shown(unit)
    unit.valid_to = on
    unit.save(update_fields=["valid_to"])
    log(unit, unit=unit.pk, before=before, after=_shown(unit))
    return unit


@act("org.unit.aliases", "更改单位别称")
def set_aliases(actor: Actor, unit: Unit, *, texts: list[str]) -> list[str]:
    actor.require(Right.ORG_MANAGE, unit)
    wanted = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    taken = UnitAlias.objects.filter(text__in=wanted).exclude(unit=unit).select_related("unit").first()
    if taken is not None:
        raise HengjianError(f"“{taken.text}”已经是“{taken.unit}”的别称，一个别称只能指一个单位，请改用别的。")
    before = list(unit.aliases.order_by("text").values_list("text", flat=True))
    unit.aliases.exclude(text__in=wanted).delete()
    UnitAlias.objects.bulk_create(UnitAlias(unit=unit, text=text) for text in wanted if text not in before)
    log(unit, unit=unit.pk, before={"aliases": before}, after={"aliases": wanted})
    return wanted


@act("org.unit.classify", "调整单位分类")
def classify_unit(actor: Actor, unit: Unit, *, pack: str, key: str, since: date) -> UnitClass | None:
    """From ``since`` the unit is in class ``key`` of the pack; an empty key ends the class. Earlier days keep theirs."""
    actor.require(Right.ORG_MANAGE, unit)
    before, after = put_in_class(unit, pack=pack, key=key, since=since)
    log(unit, unit=unit.pk, pack=pack, before={"classes": before}, after={"classes": after})
    return unit.classes.filter(pack=pack, valid_from=since).first() if key else None


Spans = list[list[object]]


def put_in_class(unit: Unit, *, pack: str, key: str, since: date) -> tuple[Spans, Spans]:
    """Change the classes inside an act that has asked for the right (here, or an approval); before and after."""
    now = unit.classes.filter(pack=pack)
    before = _spans(unit, pack)
    now.filter(valid_from__gte=since).delete()
    now.filter(Q(valid_to=None) | Q(valid_to__gt=since)).update(valid_to=since)
    if key:
        UnitClass.objects.create(unit=unit, pack=pack, key=key, valid_from=since)
    return before, _spans(unit, pack)


def _spans(unit: Unit, pack: str) -> Spans:
    return [[c.key, c.valid_from, c.valid_to] for c in unit.classes.filter(pack=pack)]


def _kind(kind: str) -> str:
    if kind not in Unit.Kind.values:
        raise HengjianError(f"没有“{kind}”这种单位类别，请从列表中选择。")
    return kind


def _must_be_free(unit: Unit) -> None:
    others = Unit.objects.exclude(pk=unit.pk)
    if others.filter(code=unit.code).exists():
        raise HengjianError(f"编码“{unit.code}”已被其他单位使用，请换一个。")
    if others.filter(parent=unit.parent, name=unit.name).exists():
        raise HengjianError(f"同一上级下已有名为“{unit.name}”的单位，请换一个名称。")


def _what_is_left(unit: Unit, on: date) -> list[str]:
    open_ended = Q(valid_to=None) | Q(valid_to__gt=on)
    counts = (
        (Unit.objects.filter(open_ended, parent=unit).count(), "个下级单位"),
        (Person.objects.filter(unit=unit, active=True).count(), "名在职人员"),
        (Post.objects.filter(open_ended, unit=unit).count(), "个未撤销的岗位"),
    )
    return [f" {number} {what}" for number, what in counts if number]


def _shown(unit: Unit) -> dict[str, object]:
    names = ("code", "name", "short_name", "kind", "position", "parent_id", "valid_from", "valid_to")
    return {name: getattr(unit, name) for name in names}


def today(actor: Actor) -> date:
    return to_local(actor.at).date()
