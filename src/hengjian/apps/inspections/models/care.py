"""Responsibility: duties done with evidence, who holds which right and whether he still should, the yearly notice."""

from __future__ import annotations

from django.db import models

from hengjian.apps.org.models import Appointment, Person, Unit
from hengjian.apps.regs.models import Installation


class DutyRecord(models.Model):
    """Something done about one line of a checklist, or a training. A wrong entry is withdrawn."""

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    house = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    line = models.CharField("事项", max_length=60)
    happened_on = models.DateField("日期")
    text = models.CharField("做了什么", max_length=300)
    attendees = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name="参加人员")
    file = models.FileField("佐证", upload_to="responsibility/%Y/%m", blank=True)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    recorded_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True)
    withdrawn_why = models.CharField("撤销理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "职责清单佐证"
        ordering = ["happened_on", "id"]
        indexes = [models.Index(fields=["house", "line", "happened_on"], name="dutyrecord_line")]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.text}"


class AccessReview(models.Model):
    """Once a period: everybody's rights in a court, each confirmed or to be taken away."""

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    house = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    period = models.CharField("期间", max_length=12)
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="发起人")
    opened_at = models.DateTimeField("发起时间")
    closed_at = models.DateTimeField("完成时间", null=True, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "权限复核"
        ordering = ["-opened_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["house", "period"], name="review_once_a_period")]

    def __str__(self) -> str:
        return f"{self.house}{self.period}权限复核"


class ReviewLine(models.Model):
    """One seat as it was when the review began, and what was decided about it."""

    class Decision(models.TextChoices):
        OPEN = "", "待复核"
        KEEP = "keep", "保留"
        REVOKE = "revoke", "应当收回"

    review = models.ForeignKey(AccessReview, models.CASCADE, related_name="lines", verbose_name="复核")
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name="任职")
    holder = models.CharField("人员", max_length=60)
    post = models.CharField("岗位", max_length=120)
    rights = models.JSONField("权限", default=list)
    decision = models.CharField(
        "结论", max_length=8, choices=Decision.choices, default=Decision.OPEN, blank=True
    )
    note = models.CharField("依据", max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="复核人")
    at = models.DateTimeField("复核时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "权限复核明细"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["review", "appointment"], name="review_line_once")]

    def __str__(self) -> str:
        return f"{self.holder}（{self.post}）"


class ExamNotice(models.Model):
    """The yearly examination of the courts directly below: rows are frozen when it is prepared."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟稿"
        WAITING = "waiting", "审签中"
        ISSUED = "issued", "已通报"

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    house = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    year = models.PositiveIntegerField("年度")
    number = models.PositiveIntegerField("编号", null=True, blank=True)
    text = models.TextField("总体情况", max_length=4000)
    rows = models.JSONField("各法院情况", default=list)
    units = models.CharField("成绩突出的单位", max_length=300, blank=True)
    persons = models.CharField("成绩突出的个人", max_length=300, blank=True)
    practices = models.JSONField("值得推广的做法", default=list)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="拟稿人")
    made_at = models.DateTimeField("拟稿时间")
    issued_at = models.DateTimeField("通报时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "检查考核通报"
        ordering = ["-year", "-id"]
        constraints = [models.UniqueConstraint(fields=["house", "year"], name="exam_once_a_year")]

    def __str__(self) -> str:
        return f"{self.house}{self.year}年检查考核通报"
