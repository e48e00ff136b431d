"""When the case was filed with the court and when it was heard, from the introduction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from hengjian.extract.model import Document, Found
from hengjian.extract.numbers import DATE, NUMERAL, read_date, read_int

_TOKEN = re.compile(
    rf"{DATE}|(?P<same>同日|当日|即日)|(?:(?P<same_year>同年)(?P<m>[{NUMERAL}]{{1,3}})月(?P<d>[{NUMERAL}]{{1,4}})日)"
    rf"|(?:(?P<same_month>同月|次月)(?P<d2>[{NUMERAL}]{{1,4}})日)|(?<=[于、，和及])(?:(?P<m3>\d{{1,2}})月(?P<d3>\d{{1,2}})日)"
)
_CLOSE = re.compile(r"审理终结|审查终结|经审理查明|诉称|指控[：，]|辩称")
_HEARD = re.compile(
    r"(?<!决定不)(?<!不)(?:公开|依法|不公开|当庭|两次|三次)*(?:公开)?开庭|公开审理|公开进行了审理"
)
_FILED = re.compile(r"立案|受理")
_NOT_OURS = re.compile(r"公安|检察院(?:决定|批准)|复议|行政[^，。]{0,10}受理|侦查")
_SENTENCE = re.compile(r"[^。\n]{0,200}")
_LOWER_COURT = re.compile(r"作出[^。]{0,40}?(?:判决|裁定|决定)")  # what comes before it happened below
_SUED = re.compile(r"起诉|公诉|上诉|诉讼|申请")
_INTRO = 3000


@dataclass(slots=True)
class CourtDates:
    filed: Found | None
    heard: list[Found]


def find_dates(doc: Document) -> CourtDates:
    """Dates of the introduction, each judged by the words up to the next date."""
    start, end = doc.parts.body
    end = min(end, start + _INTRO)
    close = _CLOSE.search(doc.text, start, end)
    end = close.start() if close else end
    tokens = list(_TOKEN.finditer(doc.text, start, end))
    dates = CourtDates(None, [])
    day: date | None = None
    waiting: list[Found] = []
    for index, token in enumerate(tokens):
        day = _resolve(token, day)
        stop = tokens[index + 1].start() if index + 1 < len(tokens) else end
        words = doc.text[token.end() : stop]
        if day is None:
            continue
        here = Found(day.isoformat(), *token.span())
        if words in ("、", "和", "及", "，", "和于", "、于", "及于"):
            waiting.append(here)
            continue
        rest = _SENTENCE.match(doc.text, token.end(), end)
        if not (rest and _LOWER_COURT.search(rest[0])):
            _judge(dates, here, waiting, words, doc.text[max(start, token.start() - 12) : token.start()])
        waiting = []
    return dates


def _judge(dates: CourtDates, here: Found, waiting: list[Found], words: str, before: str) -> None:
    sentence = re.split(r"[。；\n]", words, maxsplit=1)[0]
    filed = _FILED.search(sentence[:24])
    lead = sentence[: filed.start()] if filed else ""
    if filed and dates.filed is None and not _NOT_OURS.search(before + lead) and not _SUED.search(lead):
        dates.filed = here
    reach = words if not re.search(r"[。\n][^。\n]*[。\n]", words) else sentence
    heard = _HEARD.search(sentence) or (_HEARD.search(reach) if filed is None else None)
    if heard and not re.search(r"不开庭|提起公诉|作出|上诉|立案|受理|起诉|转为|转换", words[: heard.start()]):
        known = {one.value for one in dates.heard}
        dates.heard += [one for one in (*waiting, here) if one.value not in known]


def _resolve(token: re.Match[str], last: date | None) -> date | None:
    if token["year"]:
        found = read_date(token)
        return found.date if found else None
    if last is None or token["same"]:
        return last
    month = token["m"] or token["m3"]
    day = read_int(token["d"] or token["d2"] or token["d3"] or "")
    try:
        return last.replace(month=(read_int(month) or 0) if month else last.month, day=day or 0)
    except ValueError:
        return None
