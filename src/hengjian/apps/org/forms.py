"""Forms of this app. They only read what was typed; the acts decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from hengjian.apps.org.models import Appointment, Person, Unit
from hengjian.apps.org.queries import HOUSES
from hengjian.apps.org.roles import ROLES
from hengjian.apps.ui.dates import DayField, MomentField
from hengjian.base.times import to_local


class Day(DayField):
    """Today unless told otherwise."""

    def __init__(self, **kwargs: Any) -> None:
        if kwargs.get("required", True):
            kwargs.setdefault("initial", lambda: to_local(timezone.now()).date())
        super().__init__(**kwargs)


class UnitForm(forms.Form):
    name = forms.CharField(label="名称", max_length=100, help_text="写全称，与公文上的一致。")
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    kind = forms.ChoiceField(label="类别", choices=Unit.Kind.choices, initial=Unit.Kind.DEPARTMENT)
    position = forms.IntegerField(label="排序", min_value=0, initial=0, help_text="数字小的排在前面。")


class NewUnitForm(UnitForm):
    code = forms.CharField(
        label="编码", max_length=32, help_text="全系统唯一，设立后不再更改，供导入导出核对。"
    )
    valid_from = Day(label="设立日期", required=False)
    field_order = ("code", "name", "short_name", "kind", "position", "valid_from")


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class PickUnitForm(forms.Form):
    unit = UnitChoice(Unit.objects.none(), label="单位")

    def __init__(self, *args: Any, units: QuerySet[Unit], label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].label = label or "单位"


class EndForm(forms.Form):
    on = Day(label="生效日期", help_text="自这一天起不再存在；之前的历史照旧可查。")


class AliasForm(forms.Form):
    texts = forms.CharField(
        label="别称",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行一个。来稿、表格、旧文件里的写法都可以登记，系统据此认出单位。",
    )


class ClassForm(forms.Form):
    pack = forms.ChoiceField(label="制度")
    key = forms.CharField(
        label="类别", max_length=40, required=False, help_text="制度包里的类别键；留空表示自该日起不再归类。"
    )
    since = Day(label="起")

    def __init__(self, *args: Any, packs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pack"].choices = packs  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=40)
    staff_no = forms.CharField(label="工号", max_length=32)
    phone = forms.CharField(label="电话", max_length=32, required=False)
    email = forms.EmailField(label="邮箱", required=False)

    def __init__(self, *args: Any, hide_contact: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if hide_contact:
            self.fields["phone"].help_text = "您无权查看现有号码；留空表示不变。"


class PostForm(forms.Form):
    role = forms.ChoiceField(label="角色", help_text="角色决定权限，设立后不能更改。")
    title = forms.CharField(label="岗位名称", max_length=60, help_text="如：庭长、信息员、值班员。")
    subtree = forms.BooleanField(label="管到全部下级单位", required=False)
    valid_from = Day(label="设立日期")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.key, role.label) for role in ROLES.values()]  # type: ignore[attr-defined]


def by_court(tree: Iterable[Unit], people: Iterable[Person]) -> list[tuple[str, Any]]:
    """Departments of many courts bear the same names, so people stand under their court, courts in their order."""
    units = {unit.pk: unit for unit in tree}
    courts: dict[int, list[tuple[str, str]]] = {pk: [] for pk, unit in units.items() if unit.kind in HOUSES}
    for person in people:
        court = units[person.unit_id]
        while court.pk not in courts and court.parent_id in units:
            court = units[court.parent_id]
        courts.setdefault(court.pk, []).append((str(person.pk), f"{person.name}（{units[person.unit_id]}）"))
    return [("", "请选择"), *((str(units[pk]), named) for pk, named in courts.items() if named)]


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.unit}，{obj.staff_no}）"


class AppointForm(forms.Form):
    person = PersonChoice(Person.objects.none(), label="人员")
    seat = forms.ChoiceField(
        label="A/B 角",
        choices=Appointment.Seat.choices,
        help_text="A 角不在或空缺时，B 角自动代行其权。",
        widget=forms.RadioSelect,
        initial=Appointment.Seat.A,
    )
    valid_from = Day(label="任职日期")
    valid_to = Day(label="卸任日期", required=False, help_text="不填表示未定；到这一天即不再有权。")

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people.select_related("unit")  # type: ignore[attr-defined]


class DismissForm(forms.Form):
    on = Day(label="卸任日期", help_text="自这一天起不再有这个岗位的权限。")


class AbsenceForm(forms.Form):
    starts_at = MomentField(label="开始")
    ends_at = MomentField(label="结束")
    reason = forms.CharField(label="事由", max_length=60, required=False)


class AccountForm(forms.Form):
    username = forms.CharField(label="用户名", max_length=150, help_text="登录用，字母、数字和 @ . + - _。")


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label="电话", max_length=32, required=False, help_text="只有信息编辑和您本人能看到。"
    )


class EmptyForm(forms.Form):
    """A button that needs nothing but the click."""


class WorkbookForm(forms.Form):
    file = forms.FileField(label="Excel 文件（.xlsx）", help_text="不超过 5 MB。")
