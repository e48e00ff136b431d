"""What each defendant received, count by count and combined, from the items of the order.

An item is read from left to right as a row of events: somebody is named, a crime is named, a punishment
is pronounced, punishments are combined. Quoted sentences that the order revokes are left out; a quoted
sentence that it keeps stands, and fills what the new one leaves open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from hengjian.extract.find.events import EVENT, ROLE
from hengjian.extract.find.items import Item, find_items
from hengjian.extract.model import Count, Document, Found, Party, Penalty, Sentence
from hengjian.extract.numbers import AMOUNT, TERM, Term, read_amount, read_term
from hengjian.extract.reference import causes

_REVOKED = re.compile(r"^[^，。；]{0,8}?(?:撤销|撤消)")
_KEPT = re.compile(r"^[^，。；]{0,8}?(?:维持)")
_QUOTE = re.compile(r"[，：]即[：，]?|即[：“]|，即|：“|即：")
_AGAIN = re.compile(r"；|。")
_ITEM_HEAD = re.compile(r"^(?:[一二三四五六七八九十\d]{1,3}[、.，：]|（[^）]{1,3}）|\s)+")
_KINDS = {"有期徒刑", "拘役", "管制"}
_TERM_RE, _AMOUNT_RE = re.compile(TERM), re.compile(AMOUNT)


@dataclass(slots=True)
class _State:
    """Where the reader is: whose counts are being read, and into what punishments go."""

    base: int
    sentences: dict[str, Sentence]
    current: list[Sentence] = field(default_factory=list)
    charge: Found | None = None
    by: Found | None = None  # 以盗窃罪判处…: the crime named before the person
    combined: bool = False
    skipping: bool = False
    kept: bool = False
    doubts: list[str] = field(default_factory=list)


def find_sentences(doc: Document, parties: list[Party]) -> tuple[list[Sentence], list[str]]:
    """The sentences in the order of the judgment, with doubts."""
    start, end = doc.parts.order
    text = doc.text
    if not any(word in text[start:end] for word in ("刑", "罚金", "罪", "拘役", "管制")):
        return [], []
    sentences: dict[str, Sentence] = {}
    kept: dict[str, Sentence] = {}
    doubts: list[str] = []
    known = {party.name.value for party in parties}
    for item in find_items(text, start, end, [name for name in known if "（" in name]):
        head = _ITEM_HEAD.match(item.text)
        words = item.text[head.end() :] if head else item.text
        offset = head.end() if head else 0
        if _REVOKED.match(words) and not _revokes_probation(words):
            anew, offset = _after_quote(words, offset)
            if anew is not None:
                _read(_State(item.start + offset, sentences, doubts=doubts), anew, known)
            continue
        if _KEPT.match(words):
            _read_kept(item, offset, kept, known)
            continue
        _read(_State(item.start + offset, sentences, doubts=doubts), words, known)
    _merge(sentences, kept)
    found = [one for one in sentences.values() if one.counts or one.final]
    doubts += [
        f"sentences: {one.name.value}不在首部当事人之列"
        for one in found
        if known and one.name.value not in known
    ]
    return found, doubts


def _revokes_probation(words: str) -> bool:
    """撤销…缓刑…；被告人某犯…: the revocation and the new sentence in one item."""
    return "缓刑" in words[:80] and "犯" in words and "；" in words


def _after_quote(words: str, offset: int) -> tuple[str | None, int]:
    """What a revoking item pronounces anew: 撤销…；（改判）被告人某犯…. A quoted sentence follows 即."""
    if _QUOTE.search(words):
        return None, offset
    for again in re.finditer(
        r"[；，。]\s*(?:改判|对)?(?=(?:原审|一审)?(?:被告人|上诉人)[^，。；]{1,40}(?:犯|无罪|免))", words
    ):
        return words[again.end() :], offset + again.end()
    return None, offset


def _read_kept(item: Item, offset: int, kept: dict[str, Sentence], known: set[str]) -> None:
    words = item.text[offset:]
    quote = _QUOTE.search(words)
    if quote is None:
        return
    cut = re.search(r"[；，。]\s*撤销", words[quote.end() :])
    said = words[quote.end() : quote.end() + cut.start()] if cut else words[quote.end() :]
    _read(_State(item.start + offset + quote.end(), kept, kept=True), said.replace("“", " "), known)


def _merge(sentences: dict[str, Sentence], kept: dict[str, Sentence]) -> None:
    """A kept sentence stands alone, or gives the fine to the new sentence of the same person."""
    for name, old in kept.items():
        new = sentences.get(name)
        if new is None:
            old.counts = [one for one in old.counts if one.penalty.kind or one.penalty.fine]
            if old.counts or (old.final and old.final.kind):
                sentences[name] = old
            continue
        if not new.counts and new.final and len(old.counts) == 1:
            _convict(new, new.final, old.counts[0])
            continue
        for count in old.counts:
            same = [one for one in new.counts if one.charge.value == count.charge.value]
            if same and count.penalty.fine and not same[0].penalty.fine:
                same[0].penalty.fine = count.penalty.fine
                if new.final and new.final is not same[0].penalty and not new.final.fine:
                    new.final.fine = count.penalty.fine
            elif not same and count.penalty.kind:
                new.counts.insert(0, count)


def _convict(new: Sentence, final: Penalty, old: Count) -> None:
    """The conviction (and the fine) stand, only the principal punishment is pronounced anew."""
    final.fine = final.fine or old.penalty.fine
    new.counts = [Count(old.charge, final)]


def _read(state: _State, words: str, known: set[str]) -> None:
    for event in EVENT.finditer(" " + words):
        _step(state, event, known, event.start() - 1)
    _close(state)


def _step(state: _State, event: re.Match[str], known: set[str], at: int) -> None:
    if event["names"] or event["bare"]:
        _name(state, event, known)
    elif event["by"]:
        found = Found(event["by"], state.base + event.start("by") - 1, state.base + event.end("by") - 1)
        if event["later"] is None and state.current:
            state.charge, state.combined, state.skipping = found, False, False
            _open_count(state)
        else:
            state.by = found
    elif event["charge"]:
        state.charge = Found(
            _charge(event["charge"]),
            state.base + event.start("charge") - 1,
            state.base + event.end("charge") - 1,
        )
        state.combined = state.skipping = False
        _open_count(state)
    elif event["combine"]:
        state.skipping = event["combine"] == "总和刑期"
        if not state.skipping:
            _combine(state)
    elif event["former"]:
        state.skipping = True
    elif not state.skipping:
        _punish(state, event, at)


def _charge(written: str) -> str:
    """The crime without spaces, and without a 、 that only marks where a line once ended."""
    name = written.replace(" ", "")
    joined = name.replace("、", "")
    return joined if joined != name and name not in causes() and joined in causes() else name


def _name(state: _State, event: re.Match[str], known: set[str]) -> None:
    group = "names" if event["names"] else "bare"
    written = event[group].strip()
    if group == "bare" and not _is_defendant(written, known):
        return
    _close(state)
    state.current, state.charge, state.combined, state.skipping = [], None, False, False
    start = state.base + event.start(group) - 1
    for part in re.split(r"[、]|(?<=.)[及和](?=被告)", written):
        name = re.sub(rf"^{ROLE}", "", part).strip(" “”")
        name = re.sub(r"^[以上及对]{1,2}(?=.{2})", "", name) if name not in known else name
        if not name or (name not in known and len(name) > 20 and not _longer(name, known)):
            continue
        name = _longer(name, known) or name
        place = start + max(written.find(name), 0)
        found = Found(name, place, place + len(name))
        state.current.append(state.sentences.setdefault(name, Sentence(found, [], kept=state.kept)))
    if state.by:
        state.charge, state.by = state.by, None
        _open_count(state)


def _longer(name: str, known: set[str]) -> str | None:
    return next((one for one in known if len(one) > 1 and (name == one or name.endswith(one))), None)


def _is_defendant(written: str, known: set[str]) -> bool:
    return all(part in known or _longer(part, known) for part in written.split("、"))


def _open_count(state: _State) -> None:
    charge = state.charge
    assert charge is not None
    for sentence in state.current:
        sentence.counts.append(Count(charge, Penalty(start=charge.start, end=charge.end)))


def _combine(state: _State) -> None:
    state.combined = True
    for sentence in state.current:
        sentence.final = Penalty()


def _targets(state: _State) -> list[Penalty]:
    found = []
    for sentence in state.current:
        if state.combined and sentence.final is not None:
            found.append(sentence.final)
        elif sentence.counts:
            found.append(sentence.counts[-1].penalty)
        else:
            sentence.final = sentence.final or Penalty()
            found.append(sentence.final)
    return found


def _punish(state: _State, event: re.Match[str], at: int) -> None:
    start, end = state.base + at, state.base + event.end() - 1
    for penalty in _targets(state):
        if event["kind"]:
            new = _set_kind(state, penalty, event["kind"], start, end)
            term = _term(event["term"])
            if not new:
                continue
            if term is None:
                state.doubts.append(f"sentences: “{event[0]}”没有刑期")
            else:
                penalty.months = term.months
                if term.short:
                    state.doubts.append(f"sentences: “{event[0]}”缺“月”字，按月读")
        elif event["life"] or event["death"]:
            kind = "无期徒刑" if event["life"] else ("死刑缓期" if event["reprieve"] else "死刑")
            _set_kind(state, penalty, kind, start, end)
        elif event["probation"] is not None and event["probation"]:
            term = _term(event["probation"])
            if term and penalty.kind:
                penalty.probation, penalty.end = term.months, end
        elif event["fine"]:
            _fine(penalty, event, start, end)
        elif event["exempt"]:
            _set_kind(state, penalty, "免予刑事处罚", start, end)
        elif event["free"]:
            _set_kind(state, penalty, "无罪", start, end)


def _term(written: str) -> Term | None:
    found = _TERM_RE.match(written)
    return read_term(found) if found else None


def _set_kind(state: _State, penalty: Penalty, kind: str, start: int, end: int) -> bool:
    """Put the kind into a penalty that has none yet; a second principal punishment is only doubted."""
    if penalty.kind in _KINDS and kind in _KINDS and state.combined:
        # 有期徒刑与拘役、管制并存：以先读到的较重刑种为准
        state.doubts.append(f"sentences: 决定执行的刑罚不止一种，另有{kind}")
        return False
    if not penalty.kind or penalty.kind == "单处罚金":
        penalty.kind, penalty.start, penalty.end = kind, start, end
        return True
    return False


def _fine(penalty: Penalty, event: re.Match[str], start: int, end: int) -> None:
    found = _AMOUNT_RE.match(event["fine"])
    amount = read_amount(found) if found else None
    if amount is None:
        return
    if not penalty.kind:
        penalty.kind, penalty.start = "单处罚金", start
    if not penalty.fine:
        penalty.fine, penalty.end = amount, end


def _close(state: _State) -> None:
    """The final punishment of a defendant: the combined one, or that of the only count."""
    for sentence in state.current:
        punished = [one for one in sentence.counts if one.penalty.kind or one.penalty.fine]
        if sentence.final is not None and sentence.final.kind:
            continue
        if len(punished) == 1:
            sentence.final = punished[0].penalty
        elif len(punished) > 1 and not state.kept:
            state.doubts.append(
                f"sentences: {sentence.name.value}有{len(punished)}个罪名，没有印决定执行的刑罚"
            )
        elif sentence.counts and sentence.final is None:
            sentence.final = None


def total_fine(sentence: Sentence) -> Decimal:
    """Fines of all counts together."""
    return sum((one.penalty.fine for one in sentence.counts), Decimal(0))
