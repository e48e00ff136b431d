"""Where a correction comes from: the documents it rests on, each place quoted and one click away."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from hengjian.apps.cases.models import Correction
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.papers.access import unmasked, veiled, visible_papers
from hengjian.apps.papers.beside import grounds

register = template.Library()


@register.inclusion_tag("papers/_grounds.html", takes_context=True)
def correction_papers(context: Context, correction: Correction) -> dict[str, Any]:
    """Nothing for who may not open documents; without the right to names the places stay closed."""
    actor = actor_of(context["request"])
    if not actor.has(Right.CASE_CORRECT):
        return {"papers": []}
    papers = visible_papers(actor).filter(pk__in=correction.papers.values("pk"))
    return {
        "papers": [
            (veiled(actor, paper), grounds(paper, correction) if unmasked(actor, paper) else [])
            for paper in papers
        ]
    }
