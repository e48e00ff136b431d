"""Evidence with its digests and the chain of hands it went through; frozen copies of records and every look at them."""

from __future__ import annotations

from django.db import models

from hengjian.apps.inspections.models.plans import Inspection, TeamMember
from hengjian.apps.org.models import Person, Unit


class Evidence(models.Model):
    """A file in the vault. The file is never replaced; ``sha256`` and ``sm3`` were taken while it came in."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="evidence", verbose_name="检查")
    number = models.PositiveIntegerField("证据号")
    client_key = models.CharField("幂等键", max_length=64, unique=True)
    title = models.CharField("证据名称", max_length=120)
    source = models.CharField("来源", max_length=200, help_text="从哪里、由谁提供或者制作。")
    power = models.CharField("取得方式", max_length=40)
    taken_at = models.DateTimeField("取得时间")
    file = models.FileField("文件", upload_to="inspections/%Y/%m")
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("大小")
    sha256 = models.CharField("SHA-256", max_length=64)
    sm3 = models.CharField("SM3", max_length=64)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="提供部门")
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="收存人")
    added_at = models.DateTimeField("收存时间")
    sealed_at = models.DateTimeField("封存时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "证据"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["inspection", "number"], name="evidence_number_once")]

    def __str__(self) -> str:
        return f"证据{self.number} {self.title}"


class Custody(models.Model):
    """One hand in the chain. Each row's digest covers the row before it; rows are only ever added."""

    class Kind(models.TextChoices):
        STORED = "stored", "收存"
        VIEWED = "viewed", "调阅"
        VERIFIED = "verified", "核验"
        MOVED = "moved", "移交"
        SEALED = "sealed", "封存"

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="custody", verbose_name="证据")
    n = models.PositiveIntegerField("顺序")
    kind = models.CharField("事项", max_length=10, choices=Kind.choices)
    at = models.DateTimeField("时间")
    person = models.CharField("经手人", max_length=60)
    note = models.CharField("说明", max_length=300, blank=True)
    sha256 = models.CharField("当时的文件摘要", max_length=64)
    before = models.CharField("上一环", max_length=64, blank=True)
    digest = models.CharField("本环", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "保管链"
        ordering = ["evidence", "n"]
        constraints = [models.UniqueConstraint(fields=["evidence", "n"], name="custody_in_order")]

    def __str__(self) -> str:
        return f"{self.n} {self.get_kind_display()}"


class FrozenCopy(models.Model):
    """A record as it was when the inspection froze it: its rows, the version of the data, a digest over both."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="copies", verbose_name="检查")
    kind = models.CharField("记录类别", max_length=40)
    key = models.CharField("记录标识", max_length=80)
    title = models.CharField("记录", max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="部门")
    data = models.JSONField("内容")
    data_version = models.CharField("数据版本", max_length=40, blank=True)
    digest = models.CharField("摘要", max_length=64)
    frozen_at = models.DateTimeField("冻结时间")
    frozen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="冻结人")

    class Meta:
        verbose_name = verbose_name_plural = "冻结的记录"
        ordering = ["kind", "key"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "kind", "key"], name="copy_once_per_inspection")
        ]

    def __str__(self) -> str:
        return self.title


class AccessGrant(models.Model):
    """A member may read the frozen records from and until; taken back early with the reason."""

    member = models.ForeignKey(TeamMember, models.CASCADE, related_name="grants", verbose_name="检查人员")
    starts_at = models.DateTimeField("起")
    ends_at = models.DateTimeField("止")
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="授权人")
    given_at = models.DateTimeField("授权时间")
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)
    revoked_why = models.CharField("收回理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "查阅授权"
        ordering = ["-given_at", "-id"]

    def __str__(self) -> str:
        return f"{self.member} {self.starts_at:%Y-%m-%d}—{self.ends_at:%Y-%m-%d}"


class RecordLook(models.Model):
    """Who looked at which frozen record, when, and why. Never edited."""

    copy = models.ForeignKey(FrozenCopy, models.PROTECT, related_name="looks", verbose_name="记录")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="查看人")
    at = models.DateTimeField("时间")
    changed = models.BooleanField("当时与冻结时不同", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "记录查阅日志"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.person} {self.copy}"
