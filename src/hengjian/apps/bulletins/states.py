"""The life of an item as a table: in which state which verb is possible, and where it may lead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError

S = Item.State


class Verb(StrEnum):
    EDIT = "edit"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    RESTORE = "restore"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    WAY_OUT = "way_out"
    AMEND = "amend"
    RETYPE = "retype"
    RECEIVE = "receive"
    RETURN = "return"
    UNDO = "undo"
    SHELVE = "shelve"
    UNSHELVE = "unshelve"


@dataclass(frozen=True, slots=True)
class VerbInfo:
    """``rights``: one of them in the item's department is needed; review verbs ask the open step besides."""

    label: str
    rights: tuple[Right, ...]


_REVIEWERS = (Right.REVIEW_UNIT, Right.REVIEW_LEADER, Right.REVIEW_PRESIDENT)
_OFFICE = (Right.ITEM_EDIT,)

VERBS: dict[Verb, VerbInfo] = {
    Verb.EDIT: VerbInfo("修改", (Right.ITEM_WRITE,)),
    Verb.SUBMIT: VerbInfo("报送", (Right.ITEM_FILE,)),
    Verb.WITHDRAW: VerbInfo("收回修改", (Right.ITEM_FILE,)),
    Verb.CANCEL: VerbInfo("撤回不报", (Right.ITEM_FILE,)),
    Verb.RESTORE: VerbInfo("恢复为草稿", (Right.ITEM_FILE,)),
    Verb.APPROVE: VerbInfo("审核同意", _REVIEWERS),
    Verb.SEND_BACK: VerbInfo("审核退回", _REVIEWERS),
    Verb.WAY_OUT: VerbInfo("按例外程序办理", (Right.ITEM_FILE, Right.ITEM_EDIT)),
    Verb.AMEND: VerbInfo("改稿", (*_REVIEWERS, *_OFFICE)),
    Verb.RETYPE: VerbInfo("改类型", (Right.ITEM_WRITE, *_REVIEWERS, *_OFFICE)),
    Verb.RECEIVE: VerbInfo("签收", _OFFICE),
    Verb.RETURN: VerbInfo("退回修改", _OFFICE),
    Verb.UNDO: VerbInfo("撤销上一步决定", (*_REVIEWERS, *_OFFICE)),
    Verb.SHELVE: VerbInfo("不予采用", _OFFICE),
    Verb.UNSHELVE: VerbInfo("重新考虑", _OFFICE),
}

# (state, verb) → states it may lead to
TABLE: dict[tuple[Item.State, Verb], frozenset[Item.State]] = {
    (S.DRAFT, Verb.EDIT): frozenset([S.DRAFT]),
    (S.DRAFT, Verb.RETYPE): frozenset([S.DRAFT]),
    (S.DRAFT, Verb.SUBMIT): frozenset([S.IN_REVIEW, S.FILED]),
    (S.DRAFT, Verb.CANCEL): frozenset([S.CANCELLED]),
    (S.RETURNED, Verb.EDIT): frozenset([S.RETURNED]),
    (S.RETURNED, Verb.RETYPE): frozenset([S.RETURNED]),
    (S.RETURNED, Verb.SUBMIT): frozenset([S.IN_REVIEW, S.FILED]),
    (S.RETURNED, Verb.CANCEL): frozenset([S.CANCELLED]),
    (S.RETURNED, Verb.UNDO): frozenset([S.IN_REVIEW, S.FILED, S.RECEIVED]),
    (S.IN_REVIEW, Verb.APPROVE): frozenset([S.IN_REVIEW, S.FILED]),
    (S.IN_REVIEW, Verb.SEND_BACK): frozenset([S.RETURNED]),
    (S.IN_REVIEW, Verb.WAY_OUT): frozenset([S.IN_REVIEW, S.FILED]),
    (S.IN_REVIEW, Verb.AMEND): frozenset([S.IN_REVIEW]),
    (S.IN_REVIEW, Verb.RETYPE): frozenset([S.IN_REVIEW]),
    (S.IN_REVIEW, Verb.WITHDRAW): frozenset([S.DRAFT]),
    (S.IN_REVIEW, Verb.CANCEL): frozenset([S.CANCELLED]),
    (S.IN_REVIEW, Verb.UNDO): frozenset([S.IN_REVIEW]),
    (S.FILED, Verb.RECEIVE): frozenset([S.RECEIVED]),
    (S.FILED, Verb.RETURN): frozenset([S.RETURNED]),
    (S.FILED, Verb.AMEND): frozenset([S.FILED]),
    (S.FILED, Verb.RETYPE): frozenset([S.FILED]),
    (S.FILED, Verb.CANCEL): frozenset([S.CANCELLED]),
    (S.FILED, Verb.APPROVE): frozenset([S.FILED]),  # reported first, or presented for reading
    (S.FILED, Verb.SEND_BACK): frozenset([S.RETURNED]),
    (S.FILED, Verb.UNDO): frozenset([S.IN_REVIEW, S.FILED]),
    (S.RECEIVED, Verb.RETURN): frozenset([S.RETURNED]),
    (S.RECEIVED, Verb.AMEND): frozenset([S.RECEIVED]),
    (S.RECEIVED, Verb.RETYPE): frozenset([S.RECEIVED]),
    (S.RECEIVED, Verb.SHELVE): frozenset([S.SHELVED]),
    (S.RECEIVED, Verb.APPROVE): frozenset([S.RECEIVED]),
    (S.RECEIVED, Verb.SEND_BACK): frozenset([S.RETURNED]),
    (S.RECEIVED, Verb.UNDO): frozenset([S.FILED, S.RECEIVED]),
    (S.SHELVED, Verb.UNSHELVE): frozenset([S.RECEIVED]),
    (S.SHELVED, Verb.APPROVE): frozenset([S.SHELVED]),
    (S.SHELVED, Verb.UNDO): frozenset([S.SHELVED]),
    (S.CANCELLED, Verb.RESTORE): frozenset([S.DRAFT]),
}

# the submit fact stands in exactly these
WITH_THE_OFFICE = frozenset([S.FILED, S.RECEIVED, S.SHELVED])


def possible(state: str) -> tuple[Verb, ...]:
    """The verbs of a state, in the order of the table."""
    return tuple(verb for (at, verb) in TABLE if at == state)


def check(item: Item, verb: Verb) -> None:
    """HengjianError when ``verb`` does not fit the item's state; says what does."""
    if (S(item.state), verb) in TABLE:
        return
    others = "、".join(VERBS[v].label for v in possible(item.state) if v is not Verb.UNDO) or "查看"
    raise HengjianError(
        f"这条信息现在是“{item.get_state_display()}”，不能{VERBS[verb].label}；可以：{others}。"
    )


def move(item: Item, verb: Verb, to: Item.State) -> None:
    """Set the next state; a step the table does not know is a programming error."""
    check(item, verb)
    if to not in TABLE[S(item.state), verb]:
        raise RuntimeError(f"{item.state} --{verb}--> {to} is not in the table")
    item.state = to
