"""What each row of a sheet does, done by the same acts as the pages. Rehearsal and import run this alike."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from hengjian.apps.org.access import Actor, reloaded
from hengjian.apps.org.acts import people, posts, units
from hengjian.apps.org.models import Appointment, Person, Post, Unit
from hengjian.apps.org.queries import managed_posts, managed_units
from hengjian.apps.org.roles import ROLES, Right
from hengjian.apps.org.workbook.model import BadCell, Kind, Line
from hengjian.apps.org.workbook.reading import choice, day, flag

Outcome = tuple[Kind, tuple[str, ...]]
ROLE_LABELS = {role.key: role.label for role in ROLES.values()}
KINDS = {key: str(label) for key, label in Unit.Kind.choices}
UNCHANGED: Outcome = (Kind.UNCHANGED, ())


def unit_row(actor: Actor, line: Line) -> Outcome:
    """Create, rename, move and end by the dates of the row; an empty cell leaves what is there."""
    found = Unit.objects.filter(code=line.get("编码")).first()
    kind, ends = choice(line, "类别", KINDS), day(line, "撤销日期")
    if found is None:
        _create_unit(actor, line, kind)
        return Kind.ADDED, _told(line)
    if not managed_units(actor).filter(pk=found.pk).exists():
        raise BadCell("编码", "编码已被您管理范围以外的单位使用，请换一个。")
    details = [*_rename(actor, found, line, kind), *_move(actor, found, line), *_alias(actor, found, line)]
    if ends is not None and ends != found.valid_to:
        details.append(_said("撤销日期", found.valid_to, ends))
        units.end_unit(actor, found, on=ends)
        return Kind.ENDED, tuple(details)
    return (Kind.CHANGED, tuple(details)) if details else UNCHANGED


def _create_unit(actor: Actor, line: Line, kind: str) -> None:
    if not line.get("上级编码"):
        raise BadCell("上级编码", "新单位请填写上级编码。")
    made = units.create_unit(
        actor,
        _unit(actor, line, "上级编码", managed_units(actor)),
        code=line.get("编码"),
        name=line.get("名称"),
        short_name=line.get("简称"),
        kind=kind,
        position=_position(line) or 0,
        valid_from=day(line, "设立日期"),
    )
    actor = reloaded(actor)
    _alias(actor, made, line)
    ends = day(line, "撤销日期")
    if ends is not None:
        units.end_unit(actor, made, on=ends)


def _rename(actor: Actor, unit: Unit, line: Line, kind: str) -> list[str]:
    starts = day(line, "设立日期")
    if starts is not None and starts != unit.valid_from:
        raise BadCell("设立日期", f"已登记为 {unit.valid_from or '未填'}，设立日期不能用导入更改。")
    wanted = {
        "name": line.get("名称"),
        "short_name": line.get("简称") or unit.short_name,
        "kind": kind,
        "position": unit.position if _position(line) is None else _position(line),
    }
    labels = {"name": "名称", "short_name": "简称", "kind": "类别", "position": "排序"}
    details = [_said(labels[k], getattr(unit, k), v) for k, v in wanted.items() if getattr(unit, k) != v]
    if details:
        units.rename_unit(actor, unit, **wanted)  # type: ignore[arg-type]
    return details


def _move(actor: Actor, unit: Unit, line: Line) -> list[str]:
    code = line.get("上级编码")
    before = unit.parent.code if unit.parent else ""
    if not code or code == before:
        return []
    units.move_unit(actor, unit, parent=_unit(actor, line, "上级编码", managed_units(actor)))
    return [_said("上级编码", before, code)]


def _alias(actor: Actor, unit: Unit, line: Line) -> list[str]:
    if not line.get("别称"):
        return []
    wanted = [text.strip() for text in line.get("别称").replace("；", "、").split("、") if text.strip()]
    now = list(unit.aliases.order_by("text").values_list("text", flat=True))
    if sorted(wanted) == now:
        return []
    units.set_aliases(actor, unit, texts=wanted)
    return [_said("别称", "、".join(now), "、".join(wanted))]


def _position(line: Line) -> int | None:
    text = line.get("排序")
    if text and not text.isdecimal():
        raise BadCell("排序", f"“{text}”不是整数。")
    return int(text) if text else None


def person_row(actor: Actor, line: Line) -> Outcome:
    found = Person.objects.filter(staff_no=line.get("工号")).select_related("unit").first()
    unit = _unit(actor, line, "单位编码", managed_units(actor))
    active = flag(line, "在职")
    if found is None:
        if active is False:
            raise BadCell("在职", "系统里没有这个人，不能登记为离职。")
        people.add_person(
            actor,
            unit,
            name=line.get("姓名"),
            staff_no=line.get("工号"),
            phone=line.get("电话"),
            email=line.get("邮箱"),
        )
        return Kind.ADDED, _told(line)
    if not managed_units(actor).filter(pk=found.unit_id).exists():
        raise BadCell("工号", "工号已属于您管理范围以外的人员，请核对。")
    details = _change_person(actor, found, line)
    if unit.pk != found.unit_id:
        details.append(_said("单位编码", found.unit.code, unit.code))
        people.transfer_person(actor, found, unit=unit)
    if active is False and found.active:
        people.leave(actor, found)
        return Kind.ENDED, (*details, "在职：是 → 否")
    if active and not found.active:
        people.come_back(actor, found)
        details.append("在职：否 → 是")
    return (Kind.CHANGED, tuple(details)) if details else UNCHANGED


def _change_person(actor: Actor, person: Person, line: Line) -> list[str]:
    phone, email = line.get("电话") or None, line.get("邮箱") or None
    details = [] if line.get("姓名") == person.name else [_said("姓名", person.name, line.get("姓名"))]
    if phone is not None and phone != person.phone:
        details.append("电话：有更改")
    if email is not None and email != person.email:
        details.append(_said("邮箱", person.email, email))
    if details:
        people.change_person(
            actor, person, name=line.get("姓名"), staff_no=person.staff_no, phone=phone, email=email
        )
    return details


def post_row(actor: Actor, line: Line) -> Outcome:
    unit = _unit(actor, line, "单位编码", managed_units(actor))
    role = choice(line, "角色", ROLE_LABELS)
    starts, ends = day(line, "设立日期"), day(line, "撤销日期")
    assert starts is not None
    subtree = flag(line, "管到下级")
    title = line.get("岗位名称")
    found = Post.objects.filter(unit=unit, role=role, title=title, valid_from=starts).first()
    if found is None:
        made = posts.create_post(actor, unit, role=role, title=title, valid_from=starts, subtree=subtree)
        if ends is not None:
            posts.end_post(actor, made, on=ends)
        return Kind.ADDED, _told(line)
    if subtree is not None and subtree != found.subtree:
        raise BadCell("管到下级", "岗位的范围设立后不能更改；请撤销后另设。")
    if ends is not None and ends != found.valid_to:
        before = found.valid_to
        posts.end_post(actor, found, on=ends)
        return Kind.ENDED, (_said("撤销日期", before, ends),)
    return UNCHANGED


def seat_row(actor: Actor, line: Line) -> Outcome:
    unit = _unit(actor, line, "单位编码", managed_units(actor, Right.POST_GRANT))
    role = choice(line, "角色", ROLE_LABELS)
    seat = choice(line, "A/B角", {"A": "A角", "B": "B角"})
    starts, ends = day(line, "任职日期"), day(line, "卸任日期")
    assert starts is not None
    post = _post(actor, unit, role, line.get("岗位名称"), starts)
    reach = managed_units(actor, Right.POST_GRANT)
    person = Person.objects.filter(staff_no=line.get("工号"), unit__in=reach).first()
    if person is None:
        raise BadCell("工号", f"没有工号为“{line.get('工号')}”的人员，请先由系统管理员登记。")
    found = Appointment.objects.filter(post=post, person=person, seat=seat, valid_from=starts).first()
    if found is None:
        posts.appoint(actor, post, person, seat=seat, valid_from=starts, valid_to=ends)
        return Kind.ADDED, _told(line)
    if ends is not None and ends != found.valid_to:
        before = found.valid_to
        posts.end_appointment(actor, found, on=ends)
        return Kind.ENDED, (_said("卸任日期", before, ends),)
    return UNCHANGED


def _post(actor: Actor, unit: Unit, role: str, title: str, on: date) -> Post:
    same = managed_posts(actor, Right.POST_GRANT).filter(
        unit=unit, role=role, title=title, valid_from__lte=on
    )
    found = same.order_by("-valid_from").first()
    if found is None:
        raise BadCell(
            "岗位名称", f"“{unit}”在 {on} 没有岗位“{title}”（{ROLE_LABELS[role]}），请先由系统管理员设立。"
        )
    return found


def _unit(actor: Actor, line: Line, column: str, within: QuerySet[Unit]) -> Unit:
    found = within.filter(code=line.get(column)).first()
    if found is None:
        raise BadCell(column, f"您管理的范围内没有编码为“{line.get(column)}”的单位。")
    return found


def _told(line: Line) -> tuple[str, ...]:
    """What a new row says, on one line; a telephone number is not shown."""
    cells = ((column, line.get(column)) for column in line.sheet.columns)
    return ("，".join(f"{name}：{'有' if name == '电话' else text}" for name, text in cells if text),)


def _said(label: str, before: object, after: object) -> str:
    return f"{label}：{_shown(label, before)} → {_shown(label, after)}"


def _shown(label: str, value: object) -> str:
    if value in (None, ""):
        return "（空）"
    return KINDS.get(str(value), str(value)) if label == "类别" else str(value)
