"""Load the demo and print its logins."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    if_empty: Annotated[bool, typer.Option("--if-empty", help="库里已有数据时不装入。")] = False,
) -> None:
    """建库，装入虚构的几个单位，显示演示账号。"""
    from hengjian.web.setup import prepare_database, start_django

    start_django()
    prepare_database()
    from hengjian.web.demo.run import how_to_sign_in, is_empty, load

    if is_empty() or not if_empty:
        print("正在装入演示数据（几个单位一年的信息工作，五分钟左右）……", flush=True)
        load()
    print("演示账号（口令都一样，正式使用前请删除演示数据）：")
    for office, logins in how_to_sign_in():
        print(f"{office}")
        for login, password, what in logins:
            print(f"  {login:<16} {password}   {what}")
