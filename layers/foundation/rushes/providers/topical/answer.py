"""A model's answer about topics, made from vectors of sentences instead of by a language model."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rushes.providers.topical.boundaries import segments
from rushes.providers.topical.limits import topics_at_most
from rushes.providers.topical.phrases import Embed, Phrase, distinct, phrases
from rushes.providers.topical.sentences import Sentence
from rushes.providers.topical.words import stems

Floats = NDArray[np.floating]

_TITLE = 60
_DESCRIPTION = 280
_KEYWORDS, _CONCEPTS = 6, 4
_SHARES = {"centrality": 0.6, "density": 0.25, "position": 0.15}
_LEAST_IMPORTANT, _MOST_IMPORTANT = 0.25, 0.95


def answered(sentences: Sequence[Sentence], embed: Embed) -> dict[str, Any]:
    """`{"topics": […]}`, the whole transcript divided into segments of 30 to 300 s wherever its sentences permit it."""
    vectors = embed([sentence.text for sentence in sentences])
    found = segments(sentences, vectors, topics_at_most(sentences[-1].end - sentences[0].start))
    centres = np.array([_centre(sentences, vectors, span) for span in found])
    texts = [" ".join(sentences[index].text for index in span) for span in found]
    named = phrases(texts, centres, embed)
    importances = _importances(sentences, found, centres)
    return {
        "topics": [
            _topic(sentences, span, vectors @ centre, phrased, importance)
            for span, centre, phrased, importance in zip(found, centres, named, importances, strict=True)
        ]
    }


def _topic(
    sentences: Sequence[Sentence], span: range, centrality: Floats, phrased: list[Phrase], importance: float
) -> dict[str, Any]:
    concepts = distinct([phrase for phrase in phrased if len(phrase.key) == 2], _CONCEPTS)
    return {
        "title": _title(phrased) or _shortened(sentences[span[0]].text, _TITLE),
        "description": _description(sentences, span, centrality),
        "first_sentence": sentences[span[0]].number,
        "last_sentence": sentences[span[-1]].number,
        "importance": importance,
        "keywords": distinct([phrase for phrase in phrased if len(phrase.key) == 1], _KEYWORDS),
        "concepts": concepts or distinct(phrased, 2),
    }


def _title(phrased: list[Phrase]) -> str:
    """The two phrases that tell most: "Calvin cycle and chlorophyll"."""
    best = distinct(phrased, 2)
    title = " and ".join(best) if len(" and ".join(best)) <= _TITLE else best[0][:_TITLE]
    return title[:1].upper() + title[1:]


def _description(sentences: Sequence[Sentence], span: range, centrality: Floats) -> str:
    """The sentence nearest to the segment's centre, and the next nearest where there is room, as they were said."""
    nearest = sorted(span, key=lambda index: (-round(float(centrality[index]), 6), index))[:2]
    both = " ".join(sentences[index].text.strip() for index in sorted(nearest))
    return both if len(both) <= _DESCRIPTION else _shortened(sentences[nearest[0]].text, _DESCRIPTION)


def _shortened(text: str, longest: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1].rsplit(' ', 1)[0]}…"


def _centre(sentences: Sequence[Sentence], vectors: Floats, span: range) -> Floats:
    weights = np.array([math.sqrt(1 + len(sentences[index].text.split())) for index in span])
    mean = (vectors[span.start : span.stop] * weights[:, None]).sum(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)


def _importances(sentences: Sequence[Sentence], found: Sequence[range], centres: Floats) -> list[float]:
    """How near a segment is to the others first, then how much it says in its time; what lies at the very beginning or
    end is more often greetings and housekeeping."""
    between = centres @ centres.T
    others = max(len(found) - 1, 1)
    parts = {
        "centrality": (between.sum(axis=1) - np.diag(between)) / others,
        "density": np.array([_density(sentences, span) for span in found]),
        "position": np.array([0.0 if place in (0, len(found) - 1) else 1.0 for place in range(len(found))]),
    }
    total = sum(_SHARES[name] * _spread(values) for name, values in parts.items())
    scaled = _LEAST_IMPORTANT + (_MOST_IMPORTANT - _LEAST_IMPORTANT) * np.asarray(total)
    return [round(float(value), 3) for value in scaled]


def _density(sentences: Sequence[Sentence], span: range) -> float:
    """Different telling words a second."""
    told = {found for index in span for found in stems(sentences[index].text)}
    return len(told) / max(sentences[span[-1]].end - sentences[span[0]].start, 1.0)


def _spread(values: Floats) -> Floats:
    """From 0 for the least to 1 for the greatest; all the same are 0.5."""
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high - low > 1e-9 else np.full(len(values), 0.5)
