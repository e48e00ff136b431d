"""A course is one run of a flow clause over one object; its steps are signed by people in their posts."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation


class Course(models.Model):
    """What is decided hangs on ``subject``; which steps there are, the flow clause said on the day it began."""

    class State(models.TextChoices):
        OPEN = "open", "审批中"
        DONE = "done", "已同意"
        RETURNED = "returned", "退回"
        WITHDRAWN = "withdrawn", "撤回"

    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name="对象类别")
    subject_id = models.PositiveBigIntegerField("对象")
    subject = GenericForeignKey("subject_type", "subject_id")
    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    clause = models.CharField("依据条款", max_length=80)
    title = models.CharField("事项", max_length=200)
    url = models.CharField("页面", max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="提出单位")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    begun_at = models.DateTimeField("提出时间")
    begun_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="提出人")
    way_out = models.CharField("例外程序", max_length=40, blank=True)
    reason = models.CharField("例外理由", max_length=300, blank=True)
    ended_at = models.DateTimeField("办结时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "审批流转"
        ordering = ["-begun_at", "-id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="course_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=models.Q(state="open"),
                name="one_open_course_per_subject",
            )
        ]

    def __str__(self) -> str:
        return self.title


class CourseStep(models.Model):
    """One step. ``house``: only seats of this court or bureau may sign (逐级); ``persons``: so many must."""

    class State(models.TextChoices):
        WAITING = "waiting", "未到"
        OPEN = "open", "待办"
        APPROVED = "approved", "同意"
        RETURNED = "returned", "退回"
        WAIVED = "waived", "免办"
        VOID = "void", "作废"

    course = models.ForeignKey(Course, models.CASCADE, related_name="steps", verbose_name="流转")
    position = models.PositiveSmallIntegerField("顺序")
    key = models.CharField("环节", max_length=60)
    label = models.CharField("环节名称", max_length=80)
    role = models.CharField("角色", max_length=32)
    or_above = models.JSONField("可代签的角色", default=list)
    beside = models.CharField("并行于", max_length=60, blank=True)
    persons = models.PositiveSmallIntegerField("须几人签", default=1)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="办理单位")
    house = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="办理机关")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    opened_at = models.DateTimeField("到达时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审批环节"
        ordering = ["course", "position"]
        indexes = [models.Index(fields=["state", "role"], name="course_step_inbox")]
        constraints = [models.UniqueConstraint(fields=["course", "position"], name="course_step_once")]

    def __str__(self) -> str:
        return f"{self.label}（{self.get_state_display()}）"


class Signature(models.Model):
    """A decision somebody took in a post. Never edited."""

    step = models.ForeignKey(CourseStep, models.CASCADE, related_name="signatures", verbose_name="环节")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    signed_as = models.CharField("签批身份", max_length=100)
    at = models.DateTimeField("办理时间")
    agrees = models.BooleanField("同意")
    opinion = models.CharField("意见", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "签批"
        ordering = ["step", "at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["step", "person"], name="one_signature_per_person_and_step")
        ]

    def __str__(self) -> str:
        return f"{self.signed_as} {self.opinion}"
