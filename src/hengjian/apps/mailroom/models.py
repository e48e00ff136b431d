"""Mail out and in. Every message is a row first; what becomes of it is the worker's, failing is an event with an owner."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation


class OutgoingMail(models.Model):
    """To a person, or to a bare ``address`` (the receipt for a mail that came in)."""

    class State(models.TextChoices):
        WAITING = "waiting", "待发"
        SENT = "sent", "已发"
        FAILED = "failed", "失败"
        HELD = "held", "仅站内"

    key = models.CharField("去重键", max_length=200, unique=True)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="mails", verbose_name="收件人"
    )
    address = models.CharField("收件地址", max_length=254, blank=True, help_text="没有收件人时发到这里。")
    channel = models.CharField("告警渠道", max_length=20, blank=True, help_text="空：邮件。")
    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="发件单位"
    )
    subject = models.CharField("主题", max_length=200)
    body = models.TextField("内容")
    urgent = models.BooleanField("紧急", default=False)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    answers = models.CharField("所答复邮件的标识", max_length=250, blank=True)
    created_at = models.DateTimeField("生成时间")
    not_before = models.DateTimeField("不早于", null=True, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    error = models.CharField("失败原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发件"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["state", "not_before"], name="mail_queue"),
            models.Index(fields=["-created_at", "-id"], name="mail_newest"),
            models.Index(fields=["state", "person", "unit"], name="mail_numbers"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def recipient(self) -> str:
        if self.channel:
            return "告警渠道"
        return self.person.name if self.person else self.address

    @property
    def to(self) -> str:
        return self.person.email if self.person else self.address

    @property
    def owner_id(self) -> int | None:
        """The unit whose mail-keeper answers for it."""
        return self.person.unit_id if self.person else self.unit_id


class IncomingMail(models.Model):
    """A message as it came. The raw bytes are kept in a file; what was read out of them is only an aid.

    Nobody is known by a sender's address: ``from_address`` is what the message claims.
    """

    class State(models.TextChoices):
        NEW = "new", "待读"
        WAITING = "waiting", "待处理"
        HELD = "held", "已隔离"
        DUPLICATE = "duplicate", "重复"
        FILED = "filed", "已登记"
        REFUSED = "refused", "不予登记"
        ASIDE = "aside", "不需处理"

    class Source(models.TextChoices):
        IMAP = "imap", "信箱"
        FOLDER = "folder", "收件文件夹"
        UPLOAD = "upload", "上传"
        COMMAND = "command", "命令行"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="incoming_mails", verbose_name="制度"
    )
    source = models.CharField("来源", max_length=8, choices=Source.choices)
    mailbox = models.CharField("信箱", max_length=200, blank=True)
    uidvalidity = models.BigIntegerField("UIDVALIDITY", null=True, blank=True)
    uid = models.BigIntegerField("UID", null=True, blank=True)
    raw = models.FileField("原件", upload_to="mail", blank=True)
    raw_sha256 = models.CharField("原件摘要", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.NEW)
    reason = models.CharField("原因", max_length=300, blank=True)
    arrived_at = models.DateTimeField("收到时间")
    taken_at = models.DateTimeField("取信时间")
    tries = models.PositiveSmallIntegerField("读取次数", default=0)
    message_id = models.CharField("Message-ID", max_length=250, blank=True)
    content_hash = models.CharField("内容摘要", max_length=64, blank=True)
    from_name = models.CharField("自称的发件人", max_length=200, blank=True)
    from_address = models.CharField("发件地址", max_length=254, blank=True)
    reply_to = models.CharField("回执地址", max_length=254, blank=True, help_text="空：不发回执。")
    claimed_at = models.CharField("自称的发送时间", max_length=30, blank=True)
    subject = models.CharField("主题", max_length=500, blank=True)
    unit_text = models.CharField("主题里的部门", max_length=100, blank=True)
    title = models.CharField("标题", max_length=200, blank=True)
    body = models.TextField("正文", blank=True)
    notes = models.JSONField("提示", default=list, blank=True)
    files = models.JSONField("附件", default=list, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门"
    )
    item = models.OneToOneField(
        Item, models.PROTECT, null=True, blank=True, related_name="mail_in", verbose_name="信息"
    )
    original = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="原先收到的"
    )
    bounced = models.ForeignKey(
        OutgoingMail,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="bounces",
        verbose_name="被退的邮件",
    )
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "来信"
        ordering = ["arrived_at", "id"]
        indexes = [
            models.Index(fields=["installation", "state", "arrived_at"], name="mail_in_queue"),
            models.Index(fields=["installation", "content_hash"], name="mail_in_content"),
            models.Index(fields=["message_id"], name="mail_in_message"),
            models.Index(fields=["installation", "from_address"], name="mail_in_sender"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["installation", "raw_sha256"], name="mail_in_once"),
            models.UniqueConstraint(
                fields=["mailbox", "uidvalidity", "uid"],
                condition=Q(uid__isnull=False),
                name="mail_in_uid_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.subject or "（没有主题）"


class Mailbox(models.Model):
    """How far a mailbox has been read. Messages are asked for by number, whatever their flags say."""

    name = models.CharField("信箱", max_length=200, unique=True)
    uidvalidity = models.BigIntegerField("UIDVALIDITY", default=0)
    last_uid = models.BigIntegerField("已取到", default=0)
    stuck_uid = models.BigIntegerField("取不出的邮件", default=0)
    stuck_tries = models.PositiveSmallIntegerField("取信次数", default=0)
    checked_at = models.DateTimeField("最近查看", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "信箱"

    def __str__(self) -> str:
        return self.name
