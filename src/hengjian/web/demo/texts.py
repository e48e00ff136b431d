"""Titles and texts of the invented items: varied enough to read, all made up."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from hengjian.web.demo.data import read

TITLES = {
    "dynamic": (
        "{unit}开展{what}工作",
        "{unit}{what}取得阶段性进展",
        "{unit}部署推进{what}",
        "{unit}召开{what}推进会",
    ),
    "experience": ("{unit}“三个强化”做实{what}", "{unit}以{what}提升办案质效", "{unit}探索{what}的做法"),
    "problem": ("{what}中存在的问题及建议", "当前{what}面临的困难与对策", "关于完善{what}的建议"),
    "major": ("{unit}受理一起涉众案件情况", "{unit}公开开庭审理一起社会关注案件", "{unit}宣判一起新类型案件"),
}
BODIES = {
    "dynamic": (
        "{day}，{unit}围绕{what}部署近期工作，{fact}，参加干警{n}人。",
        "截至目前，已办理相关案件{cases}件，其中调解、撤诉{part}件，平均办理时间比上月缩短{days}天。",
        "下一步，{unit}将继续跟进，逐案登记进展，遇到新情况及时报告。",
    ),
    "experience": (
        "今年以来，{unit}立足审判实际推进{what}，主要做法如下。",
        "一、强化机制。{fact}，明确专人负责，逐周通报进度，全年形成工作提示{n}份。",
        "二、强化协同。与属地单位建立联络机制，共同处理纠纷{cases}件，其中诉前化解{part}件。",
        "三、强化跟踪。对已办结事项逐件回访，当事人满意率较上年同期提高{days}个百分点。",
    ),
    "problem": (
        "{unit}在推进{what}过程中，对近期{cases}件案件作了梳理，发现以下问题。",
        "一是衔接不够顺畅。{part}件需要补充材料，往返时间较长，影响办理进度。",
        "二是标准不够统一。同类情形处理不一致的有{n}件，当事人容易产生疑问。",
        "建议：一是制定统一的办理清单；二是{fact}；三是按月会商、共享数据，对超期事项及时提示。",
    ),
    "major": (
        "{day}，{unit}办理一起在全县有较大影响的案件，涉及当事人{n}人。",
        "目前案件正在依法审理，庭审秩序良好，未发现异常情况。{unit}已安排专人负责与有关部门联络。",
        "后续进展将及时报告。",
    ),
}


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    body: str


def write(random: Random, key: str, unit: str, category: str, day: str, used: set[str]) -> Text:
    """A text of a department; titles do not repeat (a number is added when the topics run out)."""
    topic = random.choice(read("topics")[key])
    cases = random.randint(18, 160)
    words = {
        "unit": unit,
        "what": topic["what"],
        "fact": topic["fact"],
        "day": day,
        "n": random.randint(6, 32),
        "cases": cases,
        "part": random.randint(5, cases // 2),
        "days": random.randint(2, 15),
    }
    title = random.choice(TITLES[category]).format(**words)
    if title in used:
        title = f"{title}（{day}）"
    used.add(title)
    return Text(title, "\n".join(line.format(**words) for line in BODIES[category]))
