"""Random samples: a draw anybody can repeat, two blind reviewers, what they found."""

from __future__ import annotations

from django.db import models

from hengjian.apps.cases.models.sources import Dataset
from hengjian.apps.org.models import Person, Unit


class Draw(models.Model):
    """The cases drawn for a period; the seed comes from something published before the draw."""

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="draws", verbose_name="数据集")
    period = models.CharField("期间", max_length=10)
    version = models.PositiveIntegerField("数据版本")
    seed = models.CharField("种子", max_length=100)
    seed_source = models.CharField("种子的来源", max_length=200)
    population = models.CharField("总体", max_length=20)
    share = models.DecimalField("比例（%）", max_digits=6, decimal_places=3)
    strata = models.JSONField("各法院的总数和抽取数", default=list)
    drawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="抽取人")
    drawn_at = models.DateTimeField("抽取时间")

    class Meta:
        verbose_name = verbose_name_plural = "随机抽查"
        ordering = ["-period"]
        constraints = [models.UniqueConstraint(fields=["dataset", "period"], name="draw_once_a_period")]

    def __str__(self) -> str:
        return f"{self.period}抽查"


class DrawnCase(models.Model):
    draw = models.ForeignKey(Draw, models.CASCADE, related_name="cases", verbose_name="抽查")
    case_id = models.CharField("案件标识", max_length=64)
    case_no = models.CharField("案号", max_length=100, blank=True)
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    position = models.PositiveIntegerField("抽取次序")

    class Meta:
        verbose_name = verbose_name_plural = "抽中的案件"
        ordering = ["draw", "position"]
        constraints = [models.UniqueConstraint(fields=["draw", "case_id"], name="drawn_once")]

    def __str__(self) -> str:
        return self.case_no or self.case_id


class Review(models.Model):
    """One reviewer's word on one drawn case, given without seeing the other's."""

    drawn = models.ForeignKey(DrawnCase, models.CASCADE, related_name="reviews", verbose_name="案件")
    reviewer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="检查人")
    wrong_items = models.JSONField("有误的信息项", default=list)
    remark = models.CharField("说明", max_length=300, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "抽查意见"
        ordering = ["drawn", "at"]
        constraints = [models.UniqueConstraint(fields=["drawn", "reviewer"], name="review_once_per_person")]

    @property
    def wrong(self) -> bool:
        return bool(self.wrong_items)

    def __str__(self) -> str:
        return f"{self.drawn} {self.reviewer}"
