"""How figures are written: with the places they were published with, and cited with what one needs to find them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hengjian.apps.releases.models import Figure
from hengjian.base.times import to_local
from hengjian.documents.text import chinese_date


def written_like(old: str, value: Decimal) -> str:
    """``value`` with as many places as ``old``, and its percent sign.

    >>> written_like("98.50%", Decimal("97.125")), written_like("1,234", Decimal("1240"))
    ('97.13%', '1240')
    """
    plain = old.rstrip("%")
    places = len(plain.partition(".")[2])
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:f}" + ("%" if old.endswith("%") else "")


def shown(figure: Figure) -> str:
    """Value and unit; a percent sign is not said twice."""
    unit = "" if figure.written.endswith("%") and figure.measure == "%" else figure.measure
    return f"{figure.written}{unit}"


def citation(figure: Figure) -> str:
    """引用格式: what, how much, 口径, who released it, when, under which number."""
    release = figure.release
    card = f"，口径：{figure.definition.rstrip('。')}" if figure.definition else ""
    version = f"（口径版本{figure.card_version}）" if figure.card_version else ""
    day = chinese_date(to_local(release.opens_at).date()) if release.opens_at else ""
    again = f"，第{figure.revision}次发布（重述）" if figure.revision > 1 else ""
    return (
        f"{figure.described}：{shown(figure)}{card}{version}。{release.unit.name}《{release.title}》，"
        f"{day}发布，参考号{release.code}{again}。"
    )
