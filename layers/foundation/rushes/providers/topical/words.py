"""English words as topics are told by them: their stems, and which of them say nothing of a subject."""

import re
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SUFFIXES = (
    ("izations", "ize"), ("ization", "ize"), ("ations", "ate"), ("ation", "ate"), ("ically", "ic"), ("fulness", "ful"),
    ("iveness", "ive"), ("ments", "ment"), ("ities", "ity"), ("sses", "ss"), ("ings", ""), ("ies", "y"), ("ing", ""),
    ("ied", "y"), ("ers", "er"), ("ous", "ous"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("ed", ""), ("es", "e"),
    ("ly", ""), ("s", ""),
)  # fmt: skip


def words(text: str) -> list[str]:
    """In order, in lower case, without the apostrophe's end: `network's` is `network`."""
    return [word.lower() for word in written_words(text)]


def written_words(text: str) -> list[str]:
    """Like `words`, with their capitals."""
    return [re.sub(r"['’].*", "", word) for word in _WORD.findall(text)]


@cache
def stem(word: str) -> str:
    """Longest suffix first, and never so short that nothing is left to know a word by."""
    for suffix, rest in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) + len(rest) >= 3:
            word = word.removesuffix(suffix) + rest
            break
    return word.removesuffix("e") if len(word) > 3 else word


def tells(word: str) -> bool:
    """Whether a word may say what a lecture is about."""
    return len(word) > 2 and not word.endswith("ly") and word not in _stop_words() and not word.isdigit()


def stems(text: str) -> list[str]:
    """Of the words that tell something."""
    return [stem(word) for word in words(text) if tells(word)]


@cache
def _stop_words() -> frozenset[str]:
    text = files("rushes.providers.topical").joinpath("stop_words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
