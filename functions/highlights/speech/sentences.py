"""Where sentences end: at their signs, before a capital that only a beginning explains, else at pauses."""

import re
from collections.abc import Sequence
from itertools import pairwise

from functions.highlights.speech.spoken import Spoken

PAUSE = 800
"""Milliseconds of silence that end a sentence where there are no signs."""
LONGEST = 30_000
"""Milliseconds, where it has more than one word."""
MOST_WORDS = 60

_BREATH = 300
"""Milliseconds: an abbreviation that is followed by less does not end a sentence."""
_END = re.compile(r"""[.!?…。｡．！？؟۔।॥။።][)\]}»”’"'」』）】》]*$""")
_FULL_STOP = re.compile(r"""(?<!\.)\.[)\]}»”’"']*$""")
_CLAUSE = re.compile(r"[,;:、，；：،؛–—-]$")

_GO_ON = re.compile(
    r"Dr|Mrs?|Ms|Mx|Prof|St|Mt|Gen|Col|Lt|Capt|Sgt|Rev|Hon|Sen|Rep|Gov|Pres|Hr|Fr|Sra|Mme"
    r"|[Ee]\.g|[Ii]\.e|eg|ie|vs|cf|viz|approx|ca|z\.B|d\.h|bzw"
)
_BEFORE_NUMBERS = re.compile(r"nos?|figs?|eqs?|sec|ch|vol|pp?|art|nr|ex|thm", re.IGNORECASE)
_MAY_END = re.compile(r"(?:\w\.)*\w|etc|al|inc|ltd|jr|sr|co|corp|dept|usw", re.IGNORECASE)
_OPENING = re.compile(
    r"a|and|as|at|because|but|for|from|he|here|how|if|in|it|let|my|no|not|now|of|on|or|our|she|so|that|the|their"
    r"|then|there|these|they|this|those|to|we|well|what|when|where|which|while|who|why|with|yes|you|your"
)
"""English words that are no names: with a capital they begin a sentence, also where a transcriber, whose hearing has
windows, forgot to end the one before."""


def sentences(words: Sequence[Spoken]) -> list[Sequence[Spoken]]:
    """The words in sentences of at most 30 s and 60 words; a single longer word is one too."""
    capitals = _begin_with_capitals(words)
    beginnings = _beginnings(words) if capitals else frozenset[str]()
    ends = [
        place
        for place, pair in enumerate(pairwise(words), 1)
        if _is_end(*pair, capitals) or _is_forgotten_end(*pair, beginnings)
    ]
    *ended, last = [words[start:end] for start, end in pairwise([0, *ends, len(words)])]
    found = [
        sentence for stretch in ended for sentence in ([stretch] if _fits(stretch) else _bounded(stretch))
    ]
    return [*found, *(_bounded(last) if last else [])]


def _is_end(word: Spoken, following: Spoken, capitals: bool) -> bool:
    if not _END.search(word.text):
        return False
    pause = following.start - word.end
    first = _first_letter(following.text)
    if capitals and first.islower() and pause < PAUSE:
        return False
    return not _FULL_STOP.search(word.text) or not _is_short_for(word.text, first, pause)


def _is_forgotten_end(word: Spoken, following: Spoken, beginnings: frozenset[str]) -> bool:
    """After a clause's sign what is quoted begins with a capital, too, but after no pause."""
    if _END.search(word.text) or _bare(following.text) not in beginnings:
        return False
    return not _CLAUSE.search(word.text) or following.start - word.end >= PAUSE


def _beginnings(words: Sequence[Spoken]) -> frozenset[str]:
    """With their capitals. Only those that are elsewhere written small: in a title's spelling capitals tell nothing."""
    bare = {_bare(word.text) for word in words}
    return frozenset(word.capitalize() for word in bare if _OPENING.fullmatch(word))


def _is_short_for(text: str, following: str, pause: int) -> bool:
    """Whether the full stop belongs to an abbreviation, an initial or a number that goes on."""
    stem = _bare(text)
    if _GO_ON.fullmatch(stem):
        return True
    if following.isdigit() and (_BEFORE_NUMBERS.fullmatch(stem) or (stem[-1:].isdigit() and pause < _BREATH)):
        return True
    is_number_or_me = stem.isdigit() or stem == "I"
    return pause < _BREATH and not is_number_or_me and bool(_MAY_END.fullmatch(stem))


def _begin_with_capitals(words: Sequence[Spoken]) -> bool:
    """Whether small letters tell that a sentence goes on: not where everything is small, or the script has no case."""
    begin = [*words[:1], *(following for word, following in pairwise(words) if _END.search(word.text))]
    firsts = [_first_letter(word.text) for word in begin]
    cased = [first.isupper() for first in firsts if first.isupper() or first.islower()]
    return 2 * sum(cased) >= len(cased)


def _bare(text: str) -> str:
    """Without the signs around it."""
    return text.strip("""()[]{}«»“”‘’"'.,;:!?…""")


def _first_letter(text: str) -> str:
    return next((char for char in text if char.isalnum()), "")


# ---------------------------------------------------------------------- without signs, or too long


def _bounded(words: Sequence[Spoken]) -> list[Sequence[Spoken]]:
    if _fits(words) and _END.search(words[-1].text):
        return [words]
    pauses = [place for place in range(1, len(words)) if _gap(words, place) >= PAUSE]
    return [part for start, end in pairwise([0, *pauses, len(words)]) for part in _divided(words[start:end])]


def _divided(words: Sequence[Spoken]) -> list[Sequence[Spoken]]:
    """At the longest pauses and after clauses, near the middle rather than at the edges."""
    if _fits(words):
        return [words]

    def worth(place: int) -> int:
        clause = 500 if _CLAUSE.search(words[place - 1].text) else 100
        return (_gap(words, place) + clause) * min(place, len(words) - place)

    place = max(range(1, len(words)), key=worth)
    return [*_divided(words[:place]), *_divided(words[place:])]


def _fits(words: Sequence[Spoken]) -> bool:
    return len(words) == 1 or (len(words) <= MOST_WORDS and words[-1].end - words[0].start <= LONGEST)


def _gap(words: Sequence[Spoken], place: int) -> int:
    return words[place].start - words[place - 1].end
