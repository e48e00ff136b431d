from __future__ import annotations

from django.apps import AppConfig


class MailroomConfig(AppConfig):
    name = "hengjian.apps.mailroom"
    verbose_name = "收发"

    def ready(self) -> None:
        from hengjian.apps.mailroom.desk.queries import takes_mail
        from hengjian.apps.mailroom.queries import to_place
        from hengjian.apps.org.roles import Right
        from hengjian.apps.ui.nav import Entry, add

        add(
            Entry("工作台", "我的消息", "mailroom:mine", (), 50, key="m"),
            Entry(
                "信息",
                "来信",
                "mailroom:incoming",
                (Right.MAIL_MANAGE,),
                35,
                key="e",
                count=to_place,
                hot=True,
                when=takes_mail,
            ),
            Entry("管理", "邮件发送", "mailroom:mails", (Right.MAIL_MANAGE,), 70),
        )
