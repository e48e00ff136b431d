"""Titles and texts of the invented bureau: as long as the pack asks for, all made up."""

from __future__ import annotations

from random import Random

from hengjian.web.demo.data import read
from hengjian.web.demo.texts import Text

LEAST = {"dynamic": 320, "experience": 560, "typical": 2050, "problem": 820}


def write(random: Random, unit: str, key: str, category: str, day: str, used: set[str]) -> Text:
    """A text of a unit; a title used before gets the day added."""
    book = read("bureau_topics")
    topics = book["township"] if unit.endswith("所") else book.get(key, book["any"])
    cases = random.randint(40, 400)
    words = {
        "unit": unit,
        "what": random.choice(topics),
        "day": day,
        "n": random.randint(8, 40),
        "cases": cases,
        "part": random.randint(6, cases // 3),
        "days": random.randint(2, 12),
    }
    title = random.choice(book["titles"][category]).format(**words)
    if title in used:
        title = f"{title}（{day}）"
    used.add(title)
    lines = [book["openings"][category], *_middle(random, book, category)]
    body, length = [], 0
    for line in lines:
        if length >= LEAST[category]:
            break
        body.append(line.format(**words))
        length += len(body[-1])
    return Text(title, "\n".join(body))


def _middle(random: Random, book: dict[str, list[str]], category: str) -> list[str]:
    sentences = random.sample(book["sentences"], len(book["sentences"]))
    if category == "problem":
        return [*sentences[:4], *book["problems"], *sentences[4:]]
    if category == "typical":
        return [*sentences, *book["problems"], *(f"下一步，{line}" for line in sentences)]
    return sentences
