"""The judgment of an invented case, printed from its record."""

from __future__ import annotations

from datetime import date
from typing import Any

from hengjian.base.errors import HengjianError
from hengjian.documents.text import chinese_date, chinese_number

_YEAR = "〇一二三四五六七八九"

Row = dict[str, Any]


def judgment(row: Row) -> str:
    """The text as a clerk would type it. HengjianError for a case without a decision."""
    if not row.get("decided_on"):
        raise HengjianError(f"{row.get('case_no')}还没有裁判日期。")
    cause, plaintiff, defendant = row["cause"], row["plaintiff"], row["defendant"]
    heard = (
        f"，于{chinese_date(row['hearing_on'])}公开开庭进行了审理"
        if row.get("hearing_on")
        else "，依法进行了审理"
    )
    lines = [
        row["court_name"],
        "民事判决书",
        row["case_no"],
        _party("原告", "plaintiff", row),
        _party("被告", "defendant", row),
        f"原告{plaintiff}与被告{defendant}{cause}一案，本院于{chinese_date(row['accepted_on'])}立案后{heard}。本案现已审理终结。",
        f"本院认为，{plaintiff}的请求有合同和付款凭证为证，应予支持。依照《中华人民共和国民法典》关于违约责任的规定，判决如下：",
        f"{defendant}于本判决生效之日起十日内支付{plaintiff}{row['awarded_amount']}元。",
        *([f"案件受理费{row['fee_due']}元，由{defendant}负担。"] if row.get("fee_due") else []),
        "如不服本判决，可以在判决书送达之日起十五日内向本院递交上诉状。",
        f"审判长　{row['presiding_judge']}" if row.get("presiding_judge") else f"审判员　{row['judge']}",
        chinese_day(row["decided_on"]),
        f"书记员　{row['clerk']}",
    ]
    return "\n".join(lines) + "\n"


def _party(role: str, key: str, row: Row) -> str:
    born, place = row.get(f"{key}_born_on"), row.get(f"{key}_address") or "清岚县"
    if born:
        return f"{role}：{row[key]}，{row.get(f'{key}_sex') or '男'}，{chinese_date(born)}出生，汉族，住{place}。"
    return f"{role}：{row[key]}，住所地{place}。"


def chinese_day(day: date) -> str:
    """二〇二六年二月三日.

    >>> chinese_day(date(2026, 12, 30))
    '二〇二六年十二月三十日'
    """
    year = "".join(_YEAR[int(digit)] for digit in str(day.year))
    return f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"
