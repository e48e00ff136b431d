"""What other apps need to prepare the rows of a list for ``{% lines %}``."""

from __future__ import annotations

from hengjian.apps.ui.parts.addresses import numbered
from hengjian.apps.ui.parts.markup import NOTHING, SUB, put, put_if
from hengjian.apps.ui.parts.shown import tag, when

__all__ = ["NOTHING", "SUB", "numbered", "put", "put_if", "tag", "when"]
