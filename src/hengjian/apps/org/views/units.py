"""The directory: a unit with what is below it, its people, posts, names and classes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hengjian.apps.org import forms, queries
from hengjian.apps.org.access import Missing
from hengjian.apps.org.acts import units as acts
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit, UnitClass
from hengjian.apps.org.roles import ROLES, Right
from hengjian.apps.org.views._form import act_page, bound
from hengjian.apps.regs.members import AUTHOR_DEPARTMENT, VOCABULARY, sorts_units
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import loaded
from hengjian.base.errors import HengjianError

form_verbs = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """The own court or bureau."""
    person = actor_of(request).person
    if person is None:
        raise Missing("当前账号没有对应的人员。")
    return _show(request, queries.house_of(person.unit))


@require_safe
@signed_in
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, fetch(queries.visible_units(actor_of(request)), pk=pk))


def _class_words(found: UnitClass) -> tuple[str, str]:
    """The regulation and the class in its own words; as stored where the pack is gone or knows no such class."""
    try:
        pack = loaded(found.pack)
    except HengjianError:
        return found.pack, found.key
    known = {term.key: term.label for term in pack.vocabulary(VOCABULARY)} if sorts_units(pack) else {}
    return pack.info.title, known.get(found.key, "考评对象" if found.key == AUTHOR_DEPARTMENT else found.key)


def _show(request: HttpRequest, unit: Unit) -> HttpResponse:
    actor = actor_of(request)
    day = queries.today(actor)
    children = queries.with_numbers(queries.visible_units(actor).filter(parent=unit), day)
    visible = set(queries.visible_units(actor).values_list("pk", flat=True))
    context = {
        "unit": unit,
        "day": day,
        "above": [u for u in unit.ancestors() if u.pk in visible],
        "children": children,
        "people": unit.people.filter(active=True).select_related("user"),
        "posts": queries.post_rows(actor, unit.posts.all()),
        "roles": ROLES,
        "aliases": unit.aliases.all(),
        "classes": [(c, *_class_words(c)) for c in unit.classes.order_by("pack", "valid_from")],
        "vacant": queries.vacant_posts(actor, unit.descendants(include_self=True)).count(),
        "phones": actor.has(Right.PHONE_READ, unit),
        "may_manage": actor.has(Right.ORG_MANAGE, unit),
    }
    return render(request, "org/unit.html", context)


def _trail(unit: Unit) -> list[tuple[str, str]]:
    return [(unit.name, reverse("org:unit", args=[unit.pk]))]


@form_verbs
@needs(Right.ORG_MANAGE)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    parent = fetch(queries.managed_units(actor), pk=pk)
    return act_page(
        request,
        bound(request, forms.NewUnitForm),
        lambda data: acts.create_unit(actor, parent, **data),
        title=f"在“{parent}”下设立单位",
        back=reverse("org:unit", args=[parent.pk]),
        done="单位已设立。",
        submit="设立",
        trail=_trail(parent),
    )


@form_verbs
@needs(Right.ORG_MANAGE)
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    unit = fetch(queries.managed_units(actor), pk=pk)
    initial = {name: getattr(unit, name) for name in ("name", "short_name", "kind", "position")}
    return act_page(
        request,
        bound(request, forms.UnitForm, initial=initial),
        lambda data: acts.rename_unit(actor, unit, **data),
        title=f"更改“{unit}”的资料",
        back=reverse("org:unit", args=[unit.pk]),
        done="已更改；原名称保留为别称。" if request.method == "POST" else "",
        note="改名后，原名称自动保留为别称，旧文件和来稿仍能认出这个单位。",
        trail=_trail(unit),
    )


@form_verbs
@needs(Right.ORG_MANAGE)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    unit = fetch(queries.managed_units(actor), pk=pk)
    return act_page(
        request,
        bound(
            request,
            forms.PickUnitForm,
            units=queries.managed_units(actor).exclude(pk=unit.pk),
            label="新的上级单位",
        ),
        lambda data: acts.move_unit(actor, unit, parent=data["unit"]),
        title=f"调整“{unit}”的隶属",
        back=reverse("org:unit", args=[unit.pk]),
        done="隶属已调整。",
        note="下级单位、人员和岗位随之移动；管到上级单位的岗位从此也管到这里。",
        trail=_trail(unit),
    )


@form_verbs
@needs(Right.ORG_MANAGE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    unit = fetch(queries.managed_units(actor), pk=pk)
    return act_page(
        request,
        bound(request, forms.EndForm),
        lambda data: acts.end_unit(actor, unit, **data),
        title=f"撤销“{unit}”",
        back=reverse("org:unit", args=[unit.pk]),
        done="撤销日期已登记。",
        submit="撤销",
        danger=True,
        trail=_trail(unit),
    )


@form_verbs
@needs(Right.ORG_MANAGE)
def aliases(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    unit = fetch(queries.managed_units(actor), pk=pk)
    initial = {"texts": "\n".join(alias.text for alias in unit.aliases.all())}
    return act_page(
        request,
        bound(request, forms.AliasForm, initial=initial),
        lambda data: acts.set_aliases(actor, unit, texts=data["texts"].splitlines()),
        title=f"“{unit}”的别称",
        back=reverse("org:unit", args=[unit.pk]),
        done="别称已更改。",
        trail=_trail(unit),
    )


@form_verbs
@needs(Right.ORG_MANAGE)
def classify(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    unit = fetch(queries.managed_units(actor), pk=pk)
    packs = [(i.pack, str(i)) for i in Installation.objects.select_related("unit").order_by("pk")]
    return act_page(
        request,
        bound(request, forms.ClassForm, packs=packs),
        lambda data: acts.classify_unit(actor, unit, **data),
        title=f"“{unit}”的分类",
        back=reverse("org:unit", args=[unit.pk]),
        done="分类已调整，以前日期的分类不受影响。",
        note="考核分组等按日期查这里的分类：新分类只对起始日以后有效。制度规定名单须经批准的，请由主管部门在“考评名单”里提出；"
        "这里用于初次登记和更正登记错误。",
        trail=_trail(unit),
    )
