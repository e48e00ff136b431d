"""Units, people, posts. Everything that can change carries dates: a past question gets the past answer."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from tree_queries.models import TreeNode
from tree_queries.query import TreeQuerySet

from hengjian.apps.org.roles import CHOICES


class User(AbstractUser):
    """A login. Rights never hang here: they come from the posts of the person."""

    password_changed_at = models.DateTimeField("口令更改时间", null=True, blank=True)
    must_change_password = models.BooleanField("须更改口令", default=False)
    shortcuts_on = models.BooleanField("启用快捷键", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "账号"


class UnitQuerySet(TreeQuerySet):
    def standing(self, day: object) -> UnitQuerySet:
        """Units that exist on ``day``."""
        standing = Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day)
        return self.filter(*standing)


class Unit(TreeNode):
    """A court, a bureau, a department: one tree for all."""

    class Kind(models.TextChoices):
        COURT = "court", "法院"
        BUREAU = "bureau", "司法行政机关"
        DEPARTMENT = "department", "内设部门"
        TRIBUNAL = "tribunal", "派出法庭（所）"
        POINT = "point", "信息直报点"
        GROUP = "group", "领导班子"

    code = models.CharField("编码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类别", max_length=16, choices=Kind.choices)
    position = models.PositiveIntegerField("排序", default=0)
    valid_from = models.DateField("设立日期", null=True, blank=True)
    valid_to = models.DateField("撤销日期", null=True, blank=True, help_text="自这一天起不再存在。")

    objects = UnitQuerySet.as_manager(with_tree_fields=False)

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once_per_parent"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gt=F("valid_from")),
                name="unit_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class UnitAlias(models.Model):
    """Another way the unit is written in mails, tables and old documents."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases", verbose_name="单位")
    text = models.CharField("别称", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "单位别称"
        constraints = [models.UniqueConstraint(fields=["unit", "text"], name="alias_once_per_unit")]

    def __str__(self) -> str:
        return self.text


class UnitClass(models.Model):
    """The class a pack puts a unit in (quota group, author department …), valid by date."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="classes", verbose_name="单位")
    pack = models.CharField("制度包", max_length=40)
    key = models.CharField("类别", max_length=40)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止（不含）", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位分类"
        ordering = ["unit", "valid_from"]
        indexes = [models.Index(fields=["pack", "key", "valid_from"], name="unitclass_pack_key")]

    def __str__(self) -> str:
        return f"{self.unit}：{self.key}"


class Person(models.Model):
    """Somebody who works here, with or without a login."""

    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="person", verbose_name="账号"
    )
    name = models.CharField("姓名", max_length=40)
    staff_no = models.CharField("工号", max_length=32, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people", verbose_name="所在单位")
    phone = models.CharField("电话", max_length=32, blank=True)
    email = models.EmailField("邮箱", blank=True)
    active = models.BooleanField("在职", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["unit__position", "staff_no"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A seat in a unit that carries a role; people come and go, the seat stays."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    role = models.CharField("角色", max_length=32, choices=CHOICES)
    title = models.CharField("岗位名称", max_length=60)
    subtree = models.BooleanField("含下级单位", default=False)
    valid_from = models.DateField("设立日期")
    valid_to = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        ordering = ["unit__position", "unit_id", "role", "id"]
        indexes = [models.Index(fields=["role", "unit"], name="post_role_unit")]

    def __str__(self) -> str:
        return f"{self.unit}·{self.title}"


class Appointment(models.Model):
    """Who holds a post, as A (主) or as B (the substitute who acts while A is away or the seat is empty)."""

    class Seat(models.TextChoices):
        A = "A", "A角（主）"
        B = "B", "B角（替）"

    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments", verbose_name="岗位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name="人员")
    seat = models.CharField("A/B角", max_length=1, choices=Seat.choices, default=Seat.A)
    valid_from = models.DateField("任职日期")
    valid_to = models.DateField("卸任日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["post", "seat", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="appointment_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.post}，{self.seat}角）"


class Absence(models.Model):
    """A person is away; the B seats of that person's posts act meanwhile."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences", verbose_name="人员")
    starts_at = models.DateTimeField("起")
    ends_at = models.DateTimeField("止")
    reason = models.CharField("事由", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "外出（A/B角替岗）"
        ordering = ["-starts_at"]

    def clean(self) -> None:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "结束时间早于开始时间，请更正。"})

    def __str__(self) -> str:
        return f"{self.person} {self.starts_at:%Y-%m-%d}—{self.ends_at:%Y-%m-%d}"


class DemoLogin(models.Model):
    """A login of the demo, shown to everybody on the sign-in page; never made but by loading the demo."""

    user = models.OneToOneField(User, models.CASCADE, related_name="demo", verbose_name="账号")
    office = models.CharField("单位", max_length=100)
    what = models.CharField("身份", max_length=60)
    password = models.CharField("演示口令", max_length=60)
    position = models.PositiveIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "演示账号"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.what


class ImportFile(models.Model):
    """A workbook as it was previewed; confirming applies these very bytes and no others."""

    digest = models.CharField("文件摘要", max_length=64)
    content = models.BinaryField("文件")
    name = models.CharField("文件名", max_length=200)
    plan_digest = models.CharField("预览摘要", max_length=64)
    uploaded_by = models.ForeignKey(
        Person, models.CASCADE, related_name="import_files", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间")
    applied_at = models.DateTimeField("导入时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "组织导入文件"
        ordering = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        return self.name
