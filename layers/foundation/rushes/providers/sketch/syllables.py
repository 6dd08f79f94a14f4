"""How a text would be said, without knowing its language: syllables from its letters, pauses from its punctuation."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Consonant = Literal["", "stop", "hiss", "hum"]
Ending = Literal["", ",", ".", "?"]

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TOKEN = re.compile(r"\d|[^\W\d_]+(?:['’][^\W\d_]+)*|[.!?…]+|[,;:—–()]|\n+")
_SYLLABLE = re.compile(r"([^aeiouy]*)([aeiouy]+)((?:[^aeiouy]+$)|(?:[^aeiouy](?=[^aeiouy]))?)")
_SILENT_E = re.compile(r"(?<=[aeiouy])(?!(.)\1)([^aeiouyl]+)e(?=s?$)")
_STOPS, _HISSES = "bcdgkpqtx", "fhjsvzç"
_PAUSES = {",": 0.16, ";": 0.22, ":": 0.22, ".": 0.36, "!": 0.36, "?": 0.36, "…": 0.45, "\n": 0.4}


@dataclass(frozen=True)
class Syllable:
    """A consonant, a vowel, a consonant; the vowel as the letters that spell it."""

    onset: Consonant
    onset_letter: str
    vowel: str
    coda: Consonant
    coda_letter: str
    stressed: bool
    pause: float = 0.0
    """Seconds of silence after it, at an unhurried pace."""
    ending: Ending = ""
    """What the melody of speech does here: goes on, hangs, falls, rises."""


def syllables(text: str) -> list[Syllable]:
    """Of every word; figures are said digit by digit. Empty for a text without letters and digits."""
    said: list[Syllable] = []
    for token in _TOKEN.findall(text):
        if token[0].isalnum():
            said += _of_word(_DIGITS[int(token)] if token.isdecimal() else token)
        elif said:
            mark = token[0]
            ending = "?" if mark == "?" else "." if mark in ".!…\n" else ","
            said[-1] = replace(said[-1], pause=_PAUSES.get(mark, 0.2), ending=ending)
    if said:
        said[-1] = replace(said[-1], pause=0.0, ending="?" if said[-1].ending == "?" else ".")
    return said


def _of_word(word: str) -> Iterator[Syllable]:
    plain = _latin(word)
    found = _SYLLABLE.findall(_SILENT_E.sub(r"\2", plain)) or [(plain[:-1], "e", plain[-1:])]
    for number, (onset, vowel, coda) in enumerate(found):
        stressed = number == (0 if len(found) < 4 else len(found) - 3) and len(plain) > 3
        yield Syllable(_kind(onset[-1:]), onset[-1:], vowel[:2], _kind(coda[:1]), coda[:1], stressed)


def _latin(word: str) -> str:
    """Lower case without accents; letters of other scripts become a consonant and a vowel by their code."""
    letters = []
    for letter in unicodedata.normalize("NFKD", word.casefold()):
        if letter.isascii() and letter.isalpha():
            letters.append(letter)
        elif letter.isalpha():
            code = ord(letter)
            letters.append("bdgklmnprstv"[code % 12] + "aeiou"[code // 12 % 5])
    return "".join(letters)


def _kind(letter: str) -> Consonant:
    if not letter:
        return ""
    return "stop" if letter in _STOPS else "hiss" if letter in _HISSES else "hum"
