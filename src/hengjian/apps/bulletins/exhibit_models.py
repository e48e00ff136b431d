"""What is laid before whoever decides about a fault: papers of the office and of the unit."""

from __future__ import annotations

from django.db import models


class Exhibit(models.Model):
    """A paper in a case: added while the case is open, never taken out again."""

    case = models.ForeignKey(
        "bulletins.FaultCase", models.PROTECT, related_name="exhibits", verbose_name="差错认定"
    )
    file = models.FileField("文件", upload_to="exhibits/%Y/%m")
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("摘要", max_length=64)
    by_unit = models.BooleanField("责任部门提交", default=False)
    added_by = models.ForeignKey(
        "org.Person", models.PROTECT, null=True, related_name="+", verbose_name="提交人"
    )
    added_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = verbose_name_plural = "证据材料"
        ordering = ["case", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "sha256"], name="exhibit_once_in_a_case")]

    def __str__(self) -> str:
        return self.name
