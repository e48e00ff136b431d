"""Where case data comes from: a dataset of the store, the files sent in, how each court names its columns."""

from __future__ import annotations

from django.db import models

from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation


class Dataset(models.Model):
    """A table of the store that a regulation governs; ``version`` is the latest the books know of."""

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="datasets", verbose_name="制度"
    )
    name = models.SlugField("库名", max_length=40, unique=True)
    title = models.CharField("名称", max_length=60)
    version = models.PositiveIntegerField("数据版本", default=0)
    checked_version = models.PositiveIntegerField("已检查到的版本", default=0)
    created_at = models.DateTimeField("建立时间")

    class Meta:
        verbose_name = verbose_name_plural = "案件数据集"

    def __str__(self) -> str:
        return self.title


class Mapping(models.Model):
    """How a court's file names its columns, remembered from the last upload."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="mappings", verbose_name="数据集")
    court = models.ForeignKey(Unit, models.CASCADE, related_name="+", verbose_name="法院")
    columns = models.JSONField("列对应", default=dict, help_text="文件的列名 → 信息项。")
    changed_at = models.DateTimeField("更改时间")

    class Meta:
        verbose_name = verbose_name_plural = "列对应"
        constraints = [models.UniqueConstraint(fields=["dataset", "court"], name="mapping_once_per_court")]

    def __str__(self) -> str:
        return f"{self.court}：{len(self.columns)} 列"


class Upload(models.Model):
    """A file of cases: what came, what of it was taken, what was sent back."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", "待确认"
        APPLIED = "applied", "已入库"
        REFUSED = "refused", "未能读取"
        DROPPED = "dropped", "已放弃"

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="uploads", verbose_name="数据集")
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    size = models.PositiveBigIntegerField("大小")
    stored = models.CharField("存放位置", max_length=200)
    state = models.CharField("状态", max_length=12, choices=State.choices)
    columns = models.JSONField("列对应", default=dict)
    headers = models.JSONField("文件的列", default=list)
    sample = models.JSONField("前几行", default=list)
    encoding = models.CharField("编码", max_length=20, blank=True)
    rows = models.PositiveIntegerField("行数", default=0)
    accepted = models.PositiveIntegerField("入库", default=0)
    rejected = models.PositiveIntegerField("退回", default=0)
    reasons = models.JSONField("退回的原因", default=list)
    rejects = models.CharField("退回的行", max_length=200, blank=True)
    refusal = models.CharField("不能读取的原因", max_length=500, blank=True)
    version = models.PositiveIntegerField("成为数据版本", null=True, blank=True)
    uploaded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间")
    applied_at = models.DateTimeField("入库时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "数据文件"
        ordering = ["-uploaded_at", "-id"]
        indexes = [models.Index(fields=["dataset", "court", "digest"], name="upload_same_file")]

    def __str__(self) -> str:
        return self.name


class Sending(models.Model):
    """A large file that comes in parts. How much of it is here is what lies in its file, not what a row says."""

    class State(models.TextChoices):
        OPEN = "open", "正在上传"
        DONE = "done", "已传完"
        DROPPED = "dropped", "已放弃"
        EXPIRED = "expired", "过期清除"

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="sendings", verbose_name="数据集")
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("大小")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="上传人")
    begun_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    upload = models.ForeignKey(
        Upload, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="成为数据文件"
    )

    class Meta:
        verbose_name = verbose_name_plural = "分段上传"
        ordering = ["-begun_at", "-id"]
        indexes = [models.Index(fields=["person", "state"], name="sending_open")]

    def __str__(self) -> str:
        return self.name


class CaseLook(models.Model):
    """Who looked at which case, when, and whether personal data was shown. Never edited."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="looks", verbose_name="数据集")
    case_id = models.CharField("案件标识", max_length=64)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="查看人")
    at = models.DateTimeField("时间")
    unmasked = models.BooleanField("显示个人信息")
    why = models.CharField("事由", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "案件查看记录"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["dataset", "case_id"], name="look_case")]

    def __str__(self) -> str:
        return f"{self.person} {self.case_id}"
