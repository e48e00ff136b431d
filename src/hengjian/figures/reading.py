"""From a text to numbers with what they are of. A number whose words leave any doubt is said to be unclear, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hengjian.figures.numbers import CHANGE, Number, Role, numbers
from hengjian.figures.periods import When, periods
from hengjian.figures.plain import plain
from hengjian.figures.register import Dims, Place
from hengjian.figures.words import Kind, Lexicon, Word, leftover

_SENTENCE = re.compile(r"[^。;!?\n]+")
_CLAUSE = re.compile(r"[,，]")


UNTIL = "“截至”所指的期间有不止一种读法，请写明起止月份"


@dataclass(frozen=True)
class Mention:
    """A number of the text. ``place`` None: unclear, ``why`` says what is missing. ``words``: what it was read from.
    ``loose``: why it may be read in another way; such a number is never called wrong.
    """

    number: Number
    text: str
    place: Place | None
    why: str = ""
    words: tuple[Word, ...] = ()
    loose: str = ""
    of: Mention | None = None  # the figure a change is of
    perhaps: Place | None = None  # what an unclear number is of if the words not understood change nothing


@dataclass
class _Said:
    """What was said so far in a sentence, and before it."""

    court: Word | None = None
    when: When | None = None
    concept: Word | None = None
    dims: list[Word] = field(default_factory=list)


@dataclass
class Reader:
    """``court``: whose text it is, for a text that names no court; ``year``: what 今年 means. Either may be unknown."""

    lexicon: Lexicon
    court: str = ""
    year: int | None = None

    def read(self, text: str) -> list[Mention]:
        """All numbers with a unit, in order."""
        from hengjian.figures.grids import blocks, read_grid

        searched = plain(text)
        words = self.lexicon.words(searched)
        whens = periods(searched, self.year)
        state = _Said()
        found: list[Mention] = []
        for start, end, rows in blocks(searched):
            inside = [w for w in words if start <= w.start < end]
            times = [w for w in whens if start <= w.start < end]
            if rows:
                found += read_grid(self, searched, rows, inside, times, state.court, state.when)
                continue
            for sentence in _SENTENCE.finditer(searched, start, end):
                found += self._sentence(searched, *sentence.span(), inside, times, state)
        return found

    def _sentence(
        self, text: str, start: int, end: int, words: list[Word], whens: list[When], state: _Said
    ) -> Iterator[Mention]:
        state.concept, state.dims = None, []
        at, last, base = start, None, ""
        for number in numbers(text, start, end):
            here = [w for w in words if at <= w.start and w.end <= number.start]
            times = [w for w in whens if at <= w.start and w.end <= number.start]
            if number.role is Role.FIGURE:
                mention = self._figure(text, at, number, here, times, state, words)
                last, base = mention, ""
            else:
                self._update(state, here, times)
                number = _inherited(text, at, number, base)
                base = number.base
                mention = self._change(text, at, number, here, times, last)
            yield mention
            at = number.end
        rest = [w for w in words if at <= w.start < end]
        self._update(state, rest, [w for w in whens if at <= w.start < end])

    def _update(self, state: _Said, words: list[Word], whens: list[When]) -> None:
        for word in words:
            if word.kind is Kind.COURT:
                state.court = word
        for when in whens:
            if not when.same:
                state.when = when

    def _figure(
        self, text: str, at: int, number: Number, here: list[Word], times: list[When], state: _Said,
        words: list[Word],
    ) -> Mention:  # fmt: skip
        new_concept = [w for w in here if w.kind is Kind.CONCEPT]
        new_dims = [w for w in here if w.kind is Kind.DIM]
        new_court = [w for w in here if w.kind is Kind.COURT]
        if new_concept:
            state.concept, state.dims = new_concept[-1], []
        if new_dims:
            state.dims = new_dims
        elif new_court and not new_concept:
            pass  # 其中清岚法院321件: the same concept of another court
        self._update(state, here, times)
        when = state.when
        if times and times[-1].same:
            when = _same(times[-1], state.when if len(times) == 1 else _before(times, state.when))
        begin = self._begin(text, at, number, here, times)
        told = [Word(w.start, w.end, Kind.PERIOD, "", text[w.start : w.end]) for w in times]
        strange = leftover(text, [*here, *told], begin, _number_start(text, number))
        after = _after(text, number, words)
        used = tuple(filter(None, (state.court, _period_word(text, when), state.concept, *state.dims)))
        listed = (
            not here
            and not times
            and at > 0
            and not text[at : _number_start(text, number)].strip("、,和及与 ")
        )
        why = (
            "并列的数没有逐一写明是什么" if listed else _doubt(strange, after, new_concept, new_court, state)
        )
        bound = self.bind(number, text, state.concept, state.court, when, state.dims, used)
        if not why:
            return bound
        perhaps = None if listed else bound.place
        return Mention(number, text[number.start : number.end], None, why, used, perhaps=perhaps)

    def _begin(self, text: str, at: int, number: Number, here: list[Word], times: list[When]) -> int:
        """Where the words of this number begin: its clause, or further back where the concept stands."""
        cut = max((m.end() for m in _CLAUSE.finditer(text, at, number.start)), default=at)
        concepts = [w.start for w in here if w.kind is Kind.CONCEPT]
        if concepts and concepts[-1] < cut:
            cut = max((m.end() for m in _CLAUSE.finditer(text, at, concepts[-1])), default=at)
        return cut

    def bind(
        self, number: Number, text: str, concept: Word | None, court: Word | None, when: When | None,
        dims: list[Word], used: tuple[Word, ...],
    ) -> Mention:  # fmt: skip
        """Put together what was found; each thing that is missing is named."""
        said = text[number.start : number.end]
        code = court.key if court else self.court
        why = ""
        if concept is None:
            why = "前后没有找到登记的统计概念"
        elif "|" in concept.key:
            why = f"“{concept.text}”可以指不止一个概念"
        elif court is not None and "|" in court.key:
            why = f"“{court.text}”可以指不止一个法院"
        elif not code:
            why = "没有写明是哪个法院的数"
        elif when is None or when.span is None:
            why = (when.why if when else "") or "没有写明是哪一期的数"
        if why or concept is None or when is None or when.span is None:
            return Mention(number, said, None, why, used)
        place = Place(concept.key, code, when.span, self.dims_of(dims))
        return Mention(number, said, place, "", used, UNTIL if when.loose else "")

    def dims_of(self, words: list[Word]) -> Dims:
        return tuple(sorted((self.lexicon.dims[w.text], w.text) for w in words))

    def _change(
        self, text: str, at: int, number: Number, here: list[Word], times: list[When], last: Mention | None
    ) -> Mention:
        said = text[number.start : number.end]
        if number.role is Role.SHARE:
            return Mention(number, said, None, "占比不是登记的数，请按分项和总数核对")
        if last is None or last.place is None:
            return Mention(number, said, None, "增减的是哪个数不清楚")
        cut = CHANGE.search(text[at : _number_start(text, number)])
        begin = at + cut.start() if cut else number.start
        told = [Word(w.start, w.end, Kind.PERIOD, "", text[w.start : w.end]) for w in times]
        strange = leftover(text, [*here, *told], at, begin)
        other = next((w for w in here if w.kind is Kind.CONCEPT and w.key != last.place.concept), None)
        if strange or other:
            return Mention(number, said, None, f"前面的“{strange or other.text}”改变了所说的数", last.words)  # type: ignore[union-attr]
        if not number.base and not any(w.same for w in times):
            return Mention(number, said, None, "没有写明与哪一期相比", last.words)
        return Mention(number, said, last.place, "", last.words, of=last)


def _inherited(text: str, at: int, number: Number, base: str) -> Number:
    """较去年同期增加594件, 增幅5.19%: the second says the same in another way, so it is compared with the same."""
    follows = number.role is Role.CHANGE and not number.base and base
    return replace(number, base=base) if follows and len(text[at : number.start]) < 8 else number


def _number_start(text: str, number: Number) -> int:
    """Before 约, 近, 超过, which belong to the number."""
    for rough in ("大约", "将近", "超过", "不足", "至少", "约", "近", "超", "逾"):
        if text.endswith(rough, 0, number.start):
            return number.start - len(rough)
    return number.start


def _before(times: list[When], default: When | None) -> When | None:
    return next((w for w in reversed(times) if not w.same), default)


def _same(word: When, meant: When | None) -> When | None:
    """同期: the year before the period meant so far."""
    if meant is None or meant.span is None:
        return replace(word, span=None, why="“同期”所指的期间不清楚")
    return replace(word, span=meant.span.year_before(), loose=meant.loose)


def _period_word(text: str, when: When | None) -> Word | None:
    return (
        Word(when.start, when.end, Kind.PERIOD, str(when.span or ""), text[when.start : when.end])
        if when
        else None
    )


def _after(text: str, number: Number, words: list[Word]) -> str:
    """What narrows the number from behind: 12034件案件中的, 12件次以上的…; a known concept right after is one too."""
    rest = re.split(r"[,，。;、!?\n(]", text[number.end : number.end + 12])[0]
    return (
        rest
        if re.match(r"(?:案件)?(?:中|里)?的?[^\W\d_]*(?:案件|率|数)", rest) and rest.strip("案件")
        else ""
    )


def _doubt(strange: str, after: str, new_concept: list[Word], new_court: list[Word], state: _Said) -> str:
    if len({w.key for w in new_concept}) > 1:
        return "前面有几个概念：" + "、".join(dict.fromkeys(w.text for w in new_concept))
    if len({w.key for w in new_court}) > 1:
        return "前面有几个法院：" + "、".join(dict.fromkeys(w.text for w in new_court))
    if state.concept is not None and strange:
        return f"“{strange}”没有登记，不能确定说的是什么"
    if after:
        return f"后面的“{after}”改变了所说的数"
    return ""
