"""What other apps need to prepare the rows of a list for ``{% lines %}``."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString

from hengjian.apps.ui.context import chrome
from hengjian.apps.ui.parts.addresses import numbered
from hengjian.apps.ui.parts.basis import article
from hengjian.apps.ui.parts.markup import NOTHING, SUB, put, put_if
from hengjian.apps.ui.parts.shown import tag, when

__all__ = ["NOTHING", "SUB", "articles", "numbered", "put", "put_if", "tag", "when"]


def articles(request: HttpRequest) -> Callable[[str, str], SafeString]:
    """``{% article %}`` for rows of a page that is about no one installation: ``articles(request)(ref, clause)``."""
    frame = Context(chrome(request))
    return lambda ref, of: article(frame, ref, of)
