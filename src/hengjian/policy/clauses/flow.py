"""流转: who must approve, in what order, with what way out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from hengjian.policy.clauses.base import ClauseBase, ParamName, Ref, RoleKey, Strict, When

Amount = int | ParamName
LevelKey = Annotated[str, Ref("term", "level")]


class Step(Strict):
    """One approval. ``or_above``: anyone of a higher rank on the same line may sign instead.

    ``same_time_as`` names an earlier step this one need not wait for. ``persons``: so many different persons
    must sign. ``up_to``: the step is taken again at each higher level, up to this one (逐级); which office stands
    above which is data of the organisation. ``to_common``: no further up than the nearest office above both sides,
    where two offices are concerned.
    """

    key: str
    title: str
    role: RoleKey
    or_above: bool = False
    same_time_as: str = ""
    persons: Amount = 1
    up_to: LevelKey | None = None
    to_common: bool = False
    article: str = ""


class WayOut(Strict):
    """A way around some steps: who may take it, whose consent it needs, who learns of it, who gets a copy.

    Without ``skips`` it goes round the whole flow. A reason is always asked for.
    """

    key: str
    title: str
    used_by: tuple[RoleKey, ...] = Field(min_length=1)
    consent: RoleKey | None = None
    skips: tuple[str, ...] = ()
    notify: tuple[RoleKey, ...] = ()
    copy_to: tuple[RoleKey, ...] = ()
    note: str = ""


class Flow(ClauseBase):
    """Steps in order. ``principle``: the text says "as a rule", so exceptions are possible.

    ``report_first``: the report leaves at once and the steps follow; ``alert`` roles learn of it at once.
    ``present_to`` receive the result without deciding.
    """

    kind: Literal["flow"]
    applies_to: When = {}
    steps: tuple[Step, ...] = Field(min_length=1)
    present_to: tuple[RoleKey, ...] = ()
    principle: bool = False
    exceptions: tuple[WayOut, ...] = ()
    report_first: bool = False
    by_phone: bool = False
    alert: tuple[RoleKey, ...] = ()

    @model_validator(mode="after")
    def _steps_exist(self) -> Flow:
        keys: list[str] = []
        for step in self.steps:
            if step.key in keys:
                raise ValueError(f"步骤“{step.key}”重复，请改名。")
            if step.same_time_as and step.same_time_as not in keys:
                raise ValueError(f"步骤“{step.key}”的 same_time_as 只能写前面的步骤。")
            keys.append(step.key)
        for way in self.exceptions:
            missing = [key for key in way.skips if key not in keys]
            if missing:
                raise ValueError(f"例外“{way.key}”跳过的步骤“{missing[0]}”不存在，请改正。")
        if self.exceptions and not self.principle:
            raise ValueError("有例外的流转应写 principle: true（正文用了“原则上”“一般”之类的词）。")
        return self


MODELS = (Flow,)
