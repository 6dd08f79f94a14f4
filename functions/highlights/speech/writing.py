"""What writing systems ask for: how wide a text is, where its letters may be parted, where spaces stand."""

import re
from collections.abc import Iterable
from unicodedata import category, east_asian_width

_HAN = "぀-ヿ㐀-䶿一-鿿豈-﫿\U00020000-\U0003fffd"
"""Han and kana: any two of them may be parted."""
_FULL = "、-〃〈-】〔-〟！-／：-＠［-｀｛-･"
"""Signs that bring their own space."""
_OPENING = "「『（［｛〈《【〔"
_UNSPACED = f"{_HAN}{_FULL}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""With Thai, Lao, Burmese and Khmer: words follow each other without a space."""

_UNIT = re.compile(
    rf"[{_OPENING}]*[{_HAN}][{_FULL}ー・…]*(?<![{_OPENING}])|[^{_HAN}{_OPENING}]+|[{_OPENING}]+"
)
_NO_SPACE = re.compile(rf"[{_UNSPACED}]\n[{_UNSPACED}]|[{_FULL}]\n|\n[{_FULL}]")
_JOINER = "\u200d"


def parted(text: str) -> list[str]:
    """The text's words: between spaces, and every letter of Han and kana with the signs that cling to it."""
    return [unit for word in text.split() for unit in _UNIT.findall(word)]


def spaced(words: Iterable[str]) -> str:
    """The words as a text: with spaces, but not where the script has none. Words hold no line breaks."""
    text = "\n".join(words)
    if not text.isascii():
        text = _NO_SPACE.sub(lambda match: match[0].replace("\n", ""), text)
        # A letter between two others is the right side of one match, so it cannot be the left side of the next.
        text = _NO_SPACE.sub(lambda match: match[0].replace("\n", ""), text)
    return text.replace("\n", " ")


def has_space(left: str, right: str) -> bool:
    """Whether a space stands between these two words."""
    return not _NO_SPACE.search(f"{left[-1:]}\n{right[:1]}")


def width(text: str) -> int:
    """In columns: wide letters count two, marks on a letter nothing."""
    if text.isascii():
        return len(text)
    return sum(_columns(grapheme) for grapheme in graphemes(text))


def graphemes(text: str) -> list[str]:
    """What a reader takes for one letter each: with its marks, joined emoji and flags whole."""
    found: list[str] = []
    for char in text:
        if found and (_clings(char) or found[-1].endswith(_JOINER) or _is_flag(found[-1], char)):
            found[-1] += char
        else:
            found.append(char)
    return found


def _columns(grapheme: str) -> int:
    if _clings(grapheme[0]):
        return 0
    return 2 if east_asian_width(grapheme[0]) in "WF" else 1


def _clings(char: str) -> bool:
    return category(char) in ("Mn", "Me", "Mc", "Cf") or "\U0001f3fb" <= char <= "\U0001f3ff"


def _is_flag(before: str, char: str) -> bool:
    return len(before) == 1 and all("\U0001f1e6" <= each <= "\U0001f1ff" for each in (before, char))
