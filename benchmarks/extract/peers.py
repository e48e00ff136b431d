"""Documents a second on one core beside a plain regex baseline and, where installed, jionlp.

    python benchmarks/extract/peers.py [--documents DIR] [--seconds N]

The peers do less: the baseline takes six fields with unanchored patterns, jionlp money and times only.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gold import plain
from run import SHARED, documents

from hengjian.extract import extract

_BASELINE = {
    "case_no": re.compile(r"[（(]\d{4}[）)].{2,20}?号"),
    "court": re.compile(r"\S{2,30}?法院"),
    "decided_on": re.compile(r"二[〇○零OＯ]..年\S{1,3}月\S{1,4}日"),
    "clerk": re.compile(r"书\s*记\s*员[：:\s]*(\S{2,4})"),
    "presiding": re.compile(r"审\s*判\s*[长员][：:\s]*(\S{2,4})"),
    "parties": re.compile(r"(?:原告|被告人?|上诉人|被上诉人|第三人)[：:]?(\S{2,20}?)[，,。]"),
}


def baseline(text: str) -> dict[str, Any]:
    """What a first draft would do."""
    return {name: pattern.findall(text) for name, pattern in _BASELINE.items()}


def rate(work: Callable[[str], Any], texts: list[str], seconds: float) -> float:
    """Documents a second of processor time."""
    done, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        for text in texts:
            work(text)
            done += 1
            if time.process_time() - began >= seconds:
                break
    return done / (time.process_time() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=SHARED)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    rows = [row for _, row in documents(options.documents)]
    texts = [row["text"] for row in rows]
    size = sum(map(len, texts)) / len(texts)
    for text in texts[:20]:
        extract(text)
    own = rate(extract, texts, options.seconds)
    print(f"hengjian  {own:8.0f} documents/s of {size:.0f} characters, all fields with spans")
    simple = rate(baseline, texts, options.seconds)
    print(f"baseline  {simple:8.0f} documents/s, six fields; hengjian takes {simple / own:.2f} times as long")
    numbers = [(row["gold"]["案号"], row["text"]) for row in rows if "案号" in row.get("gold", {})]
    if numbers:
        right = sum(plain(gold) == plain((baseline(text)["case_no"] or [""])[0]) for gold, text in numbers)
        print(f"          case number by the baseline {right / len(numbers):.1%}")
    try:
        import jionlp
    except ImportError:
        print("jionlp    not installed")
        return
    other = rate(
        lambda text: (jionlp.ner.extract_money(text), jionlp.ner.extract_time(text)),
        texts[:40],
        options.seconds,
    )
    print(f"jionlp    {other:8.2f} documents/s, money and times; hengjian is {own / other:.0f} times as fast")


if __name__ == "__main__":
    main()
