"""What a prompt says, as far as a sketch artist understands it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rushes.providers.sketch import vocabulary

LONGEST_TERM = 3
LABELLED = 6.0
"""What a word counts for under the label that asks for it ("Setting: city street")."""

LABELS: Mapping[str, tuple[str, ...]] = {
    "product": ("subject",),
    "setting": ("place", "time"),
    "place": ("place", "time"),
    "location": ("place", "time"),
    "time": ("time",),
    "mood": ("mood",),
    "tone": ("mood",),
    "style": ("mood",),
    "lighting": ("time",),
    "palette": (),
    "colors": (),
    "camera": ("movement",),
    "movement": ("movement",),
    "shot": ("shot",),
    "framing": ("shot",),
    "title": (),
}
DEAF: Mapping[str, tuple[str, ...]] = {
    "product": ("person", "place", "time", "mood", "shot", "movement"),
    "camera": ("subject", "person", "place", "time", "mood"),
    "movement": ("subject", "person", "place", "time", "mood"),
    "lighting": ("subject", "person", "place"),
    "palette": ("subject", "person", "place", "time", "mood", "shot", "movement"),
    "colors": ("subject", "person", "place", "time", "mood", "shot", "movement"),
    "title": ("subject", "person", "place", "time", "mood", "shot", "movement"),
    "mood": ("subject", "person", "place"),
}
"""What a labelled value says nothing about: a golden palette is not a golden hour."""

_LABEL = re.compile(rf"\b({'|'.join(LABELS)})\s*:\s*", re.IGNORECASE)
_QUOTED = re.compile(r"""["“”«„]([^"“”«»„]{1,160})["“”»]""")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_SENTENCE = re.compile(r"[.!?;\n](?:\s|$)")
_OFFER = re.compile(
    r"\b(?:ad|advert|advertisement|commercial|spot|video|promo|campaign|launch|teaser)\s+(?:for|of|about)\s+",
    re.I,
)
_SMALL = frozenset(vocabulary.SMALL.split())


@dataclass(frozen=True)
class Reading:
    """The fields a picture or a draft is made from. Every field has a sensible value for every text."""

    product: str
    """The words for what is sold or seen: "Nike sneaker"; empty if the text names none."""
    subject: str
    """A drawable kind: a key of `vocabulary.SUBJECTS`, "person", or "scenery" if only the place is to be seen."""
    person: str
    """What a person does: a key of `vocabulary.PEOPLE`; empty if nobody is there."""
    place: str
    """A key of `vocabulary.PLACES`."""
    time: str
    """dawn, day, dusk or night."""
    mood: str
    """A key of `vocabulary.MOODS`."""
    palette: tuple[str, ...]
    """Colours in the order of the text, always as "#rrggbb"; hex colours go before colour words."""
    shot: str
    """A key of `vocabulary.SHOTS`."""
    movement: str
    """A key of `vocabulary.MOVEMENTS`."""
    title: str
    """The lettering asked for by `Title: "..."`; empty if none."""


def read(text: str) -> Reading:
    """Read any text. Never fails; what the text leaves open gets a default that fits the rest."""
    passages = tuple(_passages(text))
    scores = _scores(passages)
    subject = _best(scores, "subject", "")
    product = _product(text, passages, subject)
    acting = {at: score for at, score in scores.items() if at != ("person", "stand")}
    person = _best(acting, "person", "") or _best(scores, "person", "")
    subject = subject or ("box" if product else "person" if person else "scenery")
    place = _best(scores, "place", _usual_place(subject))
    mood = _best(scores, "mood", "uplifting")
    return Reading(
        product=product,
        subject=subject,
        person=person,
        place=place,
        time=_best(scores, "time", _usual_time(place, mood)),
        mood=mood,
        palette=_palette(text, passages),
        shot=_best(scores, "shot", "close-up" if product and not person else "medium" if person else "wide"),
        movement=_best(scores, "movement", "push in"),
        title=_title(passages),
    )


def _passages(text: str) -> Iterator[tuple[str, str]]:
    """(label, value) pairs in order; the label is empty for free text. A value ends with its sentence."""
    at = 0
    for match in _LABEL.finditer(text):
        if match.start() < at:
            continue
        yield "", text[at : match.start()]
        label, rest = match.group(1).lower(), text[match.end() : match.end() + 400]
        quoted = _QUOTED.match(rest) if label == "title" else None
        following = _LABEL.search(rest)
        ends = [m.start() for m in (_SENTENCE.search(rest), following) if m]
        length = quoted.end() if quoted else min([len(rest), *ends])
        yield label, rest[:length]
        at = match.end() + length
    yield "", text[at:]


def _scores(passages: tuple[tuple[str, str], ...]) -> dict[tuple[str, str], float]:
    """(dimension, kind) → weight. What is said early counts a little more, what is labelled much more."""
    scores: dict[tuple[str, str], float] = {}
    position = 0
    for label, value in passages:
        heard, deaf = LABELS.get(label, ()), DEAF.get(label, ())
        for term in _terms(value):
            position += 1
            meanings = _index().get(term, ())
            if label == "product" and term in vocabulary.IF_SOLD:
                meanings = (*meanings, ("subject", vocabulary.IF_SOLD[term]))
            for dimension, kind in meanings:
                if dimension in deaf:
                    continue
                weight = (1 + term.count(" ") * 0.5) * (1 + 1 / (1 + position / 8))
                weight *= LABELLED if dimension in heard else 1
                scores[dimension, kind] = scores.get((dimension, kind), 0) + weight
    return scores


def _terms(text: str) -> Iterator[str]:
    """The vocabulary's terms and all other single words of a text, the longest term first."""
    index = _index()
    words = [word.lower().replace("’", "'").removesuffix("'s") for word in _WORD.findall(text)]
    at = 0
    while at < len(words):
        for length in range(min(LONGEST_TERM, len(words) - at), 0, -1):
            head, last = words[at : at + length - 1], words[at + length - 1]
            term = next((t for form in _singular(last) if (t := " ".join([*head, form])) in index), None)
            if term is not None or length == 1:
                yield term or last
                at += length
                break


def _singular(word: str) -> tuple[str, ...]:
    if len(word) > 4 and word.endswith("es"):
        return (word, word[:-1], word[:-2])
    if len(word) > 3 and word.endswith("s"):
        return (word, word[:-1])
    return (word,)


@cache
def _index() -> dict[str, tuple[tuple[str, str], ...]]:
    dimensions = {
        "subject": vocabulary.SUBJECTS,
        "person": vocabulary.PEOPLE,
        "place": vocabulary.PLACES,
        "time": vocabulary.TIMES,
        "mood": vocabulary.MOODS,
        "shot": vocabulary.SHOTS,
        "movement": vocabulary.MOVEMENTS,
    }
    index: dict[str, tuple[tuple[str, str], ...]] = {}
    for dimension, kinds in dimensions.items():
        for kind, terms in kinds.items():
            for term in terms.replace("-", " ").split(","):
                index[term.strip()] = (*index.get(term.strip(), ()), (dimension, kind))
    for term in vocabulary.IGNORED.split(","):
        index.setdefault(term.strip(), ())
    return index


def _best(scores: Mapping[tuple[str, str], float], dimension: str, default: str) -> str:
    found = {kind: score for (at, kind), score in scores.items() if at == dimension}
    return max(found, key=lambda kind: found[kind]) if found else default


def _product(text: str, passages: tuple[tuple[str, str], ...], subject: str) -> str:
    """The labelled product; or what the ad is "for"; or the subject's word with the words that qualify it."""
    for label, value in passages:
        if label == "product" and value.strip():
            return " ".join(value.split())[:80]
    free = " ".join(value for label, value in passages if not label)[:2000]
    if offer := _OFFER.search(free):
        name = _noun_phrase(_WORD.findall(re.split(r"[.,;:!?\n]", free[offer.end() :], maxsplit=1)[0]))
        if name:
            return name
    if not subject:
        return ""
    for sentence in re.split(r"[.,;:!?\n]", free):
        words = _WORD.findall(sentence)
        for at, word in enumerate(words):
            if any(("subject", subject) in _index().get(form, ()) for form in _singular(word.lower())):
                start = at
                while start > 0 and at - start < 3 and words[start - 1].lower() not in _SMALL:
                    start -= 1
                return " ".join(words[start : at + 1])
    return subject


def _noun_phrase(words: list[str]) -> str:
    """The first words up to the next small one: "a new Nike sneaker for runners" → "Nike sneaker"."""
    while words and words[0].lower() in _SMALL:
        words = words[1:]
    end = next((at for at, word in enumerate(words) if word.lower() in _SMALL), len(words))
    return " ".join(words[: min(end, 5)])


def _palette(text: str, passages: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    found = [_long(colour) for colour in _HEX.findall(text)]
    labelled = " ".join(value for label, value in passages if label in ("palette", "colors"))
    for source in (labelled, "" if found else text):
        found += [
            vocabulary.COLOURS[w]
            for word in _WORD.findall(source)
            if (w := word.lower()) in vocabulary.COLOURS
        ]
    return tuple(dict.fromkeys(found))[:8]


def _long(colour: str) -> str:
    digits = colour[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def _title(passages: tuple[tuple[str, str], ...]) -> str:
    for label, value in passages:
        if label == "title":
            quoted = _QUOTED.search(value)
            return " ".join((quoted.group(1) if quoted else value).split())[:120]
    return ""


def _usual_place(subject: str) -> str:
    homes = {
        "car": "road", "bicycle": "road", "sneaker": "city", "backpack": "hills", "laptop": "office",
        "phone": "city", "burger": "kitchen", "pizza": "kitchen", "cup": "kitchen", "plant": "interior",
        "lamp": "interior", "book": "interior", "chair": "interior", "ball": "stadium", "house": "hills",
        "scenery": "hills", "person": "city", "ice cream": "sea",
    }  # fmt: skip
    return homes.get(subject, "studio")


def _usual_time(place: str, mood: str) -> str:
    if mood in ("luxury", "dark"):
        return "night"
    if mood in ("minimalist", "playful") or place in ("office", "kitchen", "stadium"):
        return "day"
    return {"calm": "dawn", "emotional": "dusk", "energetic": "dusk"}.get(mood, "dawn")
