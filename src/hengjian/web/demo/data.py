"""The demo's data files, found beside the package or in the repository."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import hengjian
from hengjian.base.errors import HengjianError
from hengjian.base.yamlio import read_yaml


def folder() -> Path:
    package = Path(hengjian.__file__).parent
    for place in (package / "_demo", package.parent.parent / "demo"):
        if (place / "county_court.yaml").exists():
            return place
    raise HengjianError("找不到演示数据（demo/county_court.yaml），请从完整的源代码运行。")


@cache
def read(name: str) -> Any:
    """The content of ``demo/<name>.yaml``."""
    return read_yaml(folder() / f"{name}.yaml").data
