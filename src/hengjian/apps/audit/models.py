"""The append-only, hash-chained log. Rows are written by ``acting`` alone; triggers refuse change and deletion."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act. ``digest`` = hash over (n, at, actor, action, object, payload, previous digest) by ``algorithm``."""

    n = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    actor_id = models.BigIntegerField("人员", null=True)
    actor_name = models.CharField("操作人", max_length=60)
    post = models.CharField("岗位", max_length=100, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    action = models.CharField("操作", max_length=60)
    outcome = models.CharField("结果", max_length=10, default="ok")
    object_type = models.CharField("对象类型", max_length=40, blank=True)
    object_id = models.CharField("对象编号", max_length=40, blank=True)
    object_label = models.CharField("对象", max_length=200, blank=True)
    unit_id = models.BigIntegerField("单位", null=True)
    payload = models.TextField("内容", default="{}")
    algorithm = models.CharField("算法", max_length=10)
    previous = models.CharField("前一摘要", max_length=128, unique=True)
    digest = models.CharField("摘要", max_length=128)

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        ordering = ["-n"]
        indexes = [
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["action", "n"], name="audit_action"),
            models.Index(fields=["actor_id", "n"], name="audit_actor"),
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
        ]

    def __str__(self) -> str:
        return f"{self.n} {self.action}"


class Head(models.Model):
    """The tip of the chain: one row, locked last in every transaction that writes an entry."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    n = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=128, default="")

    class Meta:
        verbose_name = verbose_name_plural = "审计链头"


class SeenKey(models.Model):
    """A form sent twice is done once: the key a creating form carries, and what came of it."""

    key = models.CharField("幂等键", max_length=64, primary_key=True)
    action = models.CharField("操作", max_length=60)
    actor_id = models.BigIntegerField("人员", null=True)
    result = models.CharField("结果", max_length=200, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "已处理的提交"
