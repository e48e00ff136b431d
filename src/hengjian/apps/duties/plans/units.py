"""The units a plan may name."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.duties.look import Governed
from hengjian.apps.org.models import Unit
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.times import to_local


def governed_by(installation: Installation, at: datetime) -> Governed:
    return Governed(installation, pack_for(installation, at), to_local(at).date())


def writers(installation: Installation, at: datetime) -> list[Unit]:
    return governed_by(installation, at).departments
