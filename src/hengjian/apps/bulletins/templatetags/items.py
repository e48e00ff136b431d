"""Filters of the item pages (``{% load items %}``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template

from hengjian.apps.audit.acting import ACTIONS
from hengjian.checks import Finding

register = template.Library()


@register.filter
def lookup(words: Mapping[str, str], key: str) -> str:
    """``{{ labels|lookup:key }}``; an unknown key stands for itself."""
    return words.get(key, key)


@register.filter
def act_label(key: str) -> str:
    """What an audit key is called."""
    return ACTIONS.get(key, key)


@register.filter
def gathered(findings: Iterable[Finding]) -> list[tuple[Finding, int]]:
    """The same remark on the same words once, with how often; in the order of the first."""
    found: dict[tuple[str, ...], list[Finding]] = {}
    for one in findings:
        found.setdefault((one.rule, one.severity, one.message, one.quote), []).append(one)
    return [(same[0], len(same)) for same in found.values()]
