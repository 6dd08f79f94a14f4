"""A person's corrections of what was heard: sentences in other words. When it was said does not change."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter, ValidationError

from functions.fields import Description
from functions.highlights.speech.spoken import Heard, exact
from functions.highlights.speech.transcript import Segment, Transcript, Word, joined
from functions.highlights.speech.writing import parted, spaced
from rushes.errors import BadRequest

_TEXT: TypeAdapter[str] = TypeAdapter(Description)
Problem = dict[str, str]


def corrected(document: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The document `transcript` with other words: `{"segments": {"17": {"text": "…"}}}`, by the sentences' numbers.

    As many words as before keep their times; others share their sentence's time by their letters. Raises `BadRequest`
    with every problem as `fields=[{"field", "problem"}, …]`.
    """
    transcript = Transcript.model_validate(document)
    wrong = [
        {"field": name, "problem": "there is nothing to correct but `segments`"}
        for name in changes
        if name != "segments"
    ]
    segments = list(transcript.segments)
    asked = changes.get("segments", {})
    if not isinstance(asked, Mapping):
        wrong.append({"field": "segments", "problem": "it is an object of sentences by their numbers"})
        asked = {}
    for key, change in asked.items():
        field = f"segments.{key[:20]}"
        number = int(key) if key.isdecimal() and len(key) < 9 else -1
        if number not in range(len(segments)):
            wrong.append(
                {"field": field, "problem": f"there is no such sentence: they are 0 to {len(segments) - 1}"}
            )
        elif not isinstance(change, Mapping) or set(change) != {"text"}:
            wrong.append({"field": field, "problem": "give its `text`, and nothing else"})
        elif problem := _problem(change["text"]):
            wrong.append({"field": f"{field}.text", "problem": problem})
        else:
            segments[number] = _said(segments[number], change["text"])
    if wrong:
        raise BadRequest(f"{wrong[0]['field']}: {wrong[0]['problem']}", fields=wrong)
    return transcript.model_copy(update={"segments": tuple(segments)}).model_dump(mode="json")


def _problem(text: Any) -> str | None:
    try:
        _TEXT.validate_python(text, strict=True)
    except ValidationError as error:
        return error.errors()[0]["msg"]
    return None


def _said(segment: Segment, text: str) -> Segment:
    texts = parted(text)
    if len(texts) == len(segment.words):
        words = tuple(
            word.model_copy(update={"text": said}) for word, said in zip(segment.words, texts, strict=True)
        )
    else:
        words = _shared_out(segment, text)
    return segment.model_copy(update={"text": spaced(texts), "words": words})


def _shared_out(segment: Segment, text: str) -> tuple[Word, ...]:
    start, end = exact(segment.start), exact(segment.end)
    told = {"start": 0.0, "end": float(end - start), "text": text, "confidence": None}
    content = {"language": None, "heard": True, "segments": [told], "words": []}
    return tuple(joined([Heard(Fraction(start), Fraction(end - start), content)], end).words)
