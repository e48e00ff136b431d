"""What the three administrators cannot do for each other is done at the server, and stands in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from hengjian.apps.org.access import Actor
    from hengjian.apps.org.models import Person

StaffNo = Annotated[str, typer.Argument(metavar="STAFF_NO", help="人员的工号。")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="在服务器上任命管理员、处理账号。", no_args_is_help=True)
    group.command()(appoint)
    group.command("reset-password")(reset_password)
    group.command("create-account")(create_account)
    app.add_typer(group, name="org")


def _start(staff_no: str) -> tuple[Actor, Person]:
    from hengjian.web.setup import start_django

    start_django()
    from django.utils import timezone

    from hengjian.apps.org.access import system_actor
    from hengjian.apps.org.models import Person
    from hengjian.base.errors import HengjianError

    person = Person.objects.filter(staff_no=staff_no).select_related("unit", "user").first()
    if person is None:
        raise HengjianError(f"没有工号为“{staff_no}”的人员，请核对。")
    return system_actor("命令行", timezone.now()), person


def appoint(
    staff_no: StaffNo,
    post: Annotated[int, typer.Argument(metavar="POST", help="岗位编号，见岗位页面的地址。")],
    seat: Annotated[str, typer.Option(help="A 角或 B 角。")] = "A",
) -> None:
    """从今天起任命一人到岗，管理员的岗位也可以。"""
    actor, person = _start(staff_no)
    from hengjian.apps.org.acts.posts import appoint as act
    from hengjian.apps.org.models import Post
    from hengjian.base.errors import HengjianError
    from hengjian.base.times import to_local

    found = Post.objects.filter(pk=post).select_related("unit").first()
    if found is None:
        raise HengjianError(f"没有编号为 {post} 的岗位，编号见岗位页面的地址。")
    act(actor, found, person, seat=seat, valid_from=to_local(actor.at).date())
    print(f"已任命{person.name}为{found}（{seat}角）。")


def reset_password(staff_no: StaffNo) -> None:
    """重发一次性口令；已登录的退出，锁定解除。"""
    actor, person = _start(staff_no)
    from hengjian.apps.org.acts.accounts import reset_password as act

    handed = act(actor, person)
    print(f"用户名 {handed.user.get_username()}，一次性口令 {handed.password}（登录后必须更改）。")


def create_account(
    staff_no: StaffNo,
    username: Annotated[str, typer.Argument(metavar="USERNAME", help="登录用的用户名。")],
) -> None:
    """开一个账号，显示它的一次性口令。"""
    actor, person = _start(staff_no)
    from hengjian.apps.org.acts.accounts import create_account as act

    handed = act(actor, person, username=username)
    print(f"用户名 {handed.user.get_username()}，一次性口令 {handed.password}（登录后必须更改）。")
