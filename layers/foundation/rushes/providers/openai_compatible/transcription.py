"""Transcriptions: one sound, one answer with the time of every word (`verbose_json`)."""

import math
from bisect import bisect_right
from typing import Any

from rushes.errors import AnswerLost, Spoiled
from rushes.providers.heard import Span, Unbelievable, kept, number, span, within
from rushes.providers.languages import code_of
from rushes.providers.models import Model
from rushes.providers.openai_compatible.wire import Wire
from rushes.providers.port import Finished, Job
from rushes.providers.timing import on_their_sound

SILENT, UNSURE = 0.6, -1.0
"""Whisper's own thresholds: a segment with more `no_speech_prob` and less `avg_logprob` is made up over silence."""


def transcribed(wire: Wire, job: Job) -> Finished:
    """`words.json` in the job's folder, of the ingredient `speech`. Errors are those of `PaidProvider.submit`."""
    from rushes.media.probe import probe

    speech = job.needed("speech")
    seconds = float(probe(speech).duration or 0)
    hint = code_of(job.recipe.parameters.get("language"))
    request: dict[str, Any] = {
        "file": speech,
        "model": job.model.name,
        "response_format": "verbose_json",
        "timestamp_granularities": ["word", "segment"],
    }
    body = wire.transcribe(request | ({"language": hint} if hint else {}), job.model.patience)
    if not isinstance(body.get("text"), str):
        raise AnswerLost(f"{job.model.title} answered with something that is no transcription")
    cost = _cost(body, job.model, seconds)
    try:
        segments, words = _understood(body)
        segments, words = within(segments, seconds), within(words, seconds)
    except Unbelievable as error:
        raise Spoiled(f"{job.model.title} heard what cannot be: {error}", cost) from None
    words = on_their_sound(words, speech)
    language = hint or code_of(body.get("language"))
    path = kept(job.folder / "words.json", job.model.id, language, segments, words)
    return Finished(path, job.model.title, {"words": len(words)}, cost)


def _understood(body: dict[str, Any]) -> tuple[list[Span], list[Span]]:
    """Segments and words, without what was made up over silence. Raises `Unbelievable`."""
    told = _rows(body, "segments")
    segments = [span(row.get("text"), row.get("start"), row.get("end"), _confidence(row)) for row in told]
    words = [span(row.get("word"), row.get("start"), row.get("end")) for row in _rows(body, "words")]
    if body["text"].strip() and not (segments or words):
        raise Unbelievable("a text without times")
    made_up = [_made_up(row) for row in told]
    starts = [segment.start for segment in segments]
    spoken = []
    for word in words:
        owner = bisect_right(starts, word.middle) - 1
        if owner < 0:
            spoken.append(word)
        elif not made_up[owner]:
            spoken.append(span(word.text, word.start, word.end, segments[owner].confidence))
    return [segment for segment, silent in zip(segments, made_up, strict=True) if not silent], spoken


def _rows(body: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = body.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unbelievable(f"the {name} are no list")
    return rows


def _made_up(row: dict[str, Any]) -> bool:
    silent, sure = number(row.get("no_speech_prob")), number(row.get("avg_logprob"))
    return silent is not None and sure is not None and silent > SILENT and sure < UNSURE


def _confidence(row: dict[str, Any]) -> float | None:
    sure = number(row.get("avg_logprob"))
    return None if sure is None else math.exp(min(sure, 0))


def _cost(body: dict[str, Any], model: Model, seconds: float) -> int:
    """Micro-dollars: the catalog's price of the seconds the endpoint counted, otherwise of those there are."""
    usage = body.get("usage")
    counted = number(usage.get("seconds")) if isinstance(usage, dict) else None
    seconds = seconds if counted is None or counted < 0 else counted
    return model.estimate(model.recipe(parameters={"seconds": seconds})).expected
