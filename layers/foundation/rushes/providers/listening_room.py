"""The listening room: our own CPU work on a recording. A provider like others, so that its results have recipes.

A job without any source is an estimate's, which wants something to go on with: it is answered with what a lecture of
that length may be like.
"""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from rushes.errors import Unplayable
from rushes.providers.models import Role
from rushes.providers.port import Finished, Job

_WORDS_A_MINUTE = 150
_WORDS_A_SENTENCE = 15


class ListeningRoom:
    """A `Provider` whose jobs are finished at once."""

    name = "listening_room"

    def submit(self, job: Job) -> Finished:
        make = (_MAKERS if job.sources else _IMAGINED)[job.model.role]
        path, facts = make(job)
        return Finished(path=path, made_by="Rushes' own listening room", facts=facts)


def _silence(job: Job) -> tuple[Path, dict[str, Any]]:
    from rushes.media.listening.silence import silences

    given = job.recipe.parameters
    minimum = Fraction(str(given["minimum"]))
    found = silences(job.needed("lecture"), threshold_dbfs=given["threshold_dbfs"], minimum=minimum)
    return _written(job, found), {}


def _layout(job: Job) -> tuple[Path, dict[str, Any]]:
    """A picture that tells nothing is no reason to lose what was said: it is a screen then, for all that is known."""
    from rushes.media.layout import layout

    try:
        found = layout(job.needed("lecture"))
    except Unplayable:
        found = _screen(job.recipe.parameters)
    return _written(job, found), {}


def _screen(given: dict[str, Any]) -> dict[str, Any]:
    width, height = given["width"], given["height"]
    whole = {
        "start": 0.0,
        "end": round(float(Fraction(given["duration"])), 3),
        "layout": "screen_only",
        "screen": [0, 0, width, height],
        "camera": None,
        "confidence": 0.0,
    }
    return {"width": width, "height": height, "segments": [whole], "slides": []}


def _speech_piece(job: Job) -> tuple[Path, dict[str, Any]]:
    from rushes.media.listening.speech import piece

    given, out = job.recipe.parameters, job.folder / "speech.flac"
    start = piece(job.needed("lecture"), out, given["piece"], given["pieces"], Fraction(given["duration"]))
    return out, {"start": str(start)}


def _unheard(job: Job) -> tuple[Path, dict[str, Any]]:
    """Nobody listens: the pipeline goes by pauses, slides and energy, and says so."""
    return _written(job, {"language": None, "heard": False, "model": "", "segments": [], "words": []}), {}


def _written(job: Job, document: dict[str, Any]) -> Path:
    path = job.folder / "document.json"
    path.write_text(json.dumps(document, ensure_ascii=False))
    return path


# ---------------------------------------------------------------------- for estimates


def _imagined_silence(job: Job) -> tuple[Path, dict[str, Any]]:
    energy: dict[str, Any] = {"step": 1.0, "dbfs": []}
    return _written(job, {"duration": 0.0, "silences": [], "energy": energy}), {}


def _imagined_layout(job: Job) -> tuple[Path, dict[str, Any]]:
    return _written(job, _screen(job.recipe.parameters)), {}


def _imagined_words(job: Job) -> tuple[Path, dict[str, Any]]:
    """As many words as are spoken in that time."""
    seconds: int = job.recipe.parameters["seconds"]
    count = seconds * _WORDS_A_MINUTE // 60
    each = seconds / max(1, count)
    words = [
        {
            "text": "words." if number % _WORDS_A_SENTENCE == _WORDS_A_SENTENCE - 1 else "words",
            "start": round(number * each, 3),
            "end": round((number + 1) * each, 3),
            "confidence": None,
        }
        for number in range(count)
    ]
    said = {"language": None, "heard": True, "model": "", "segments": [], "words": words}
    return _written(job, said), {}


_Make = Callable[[Job], tuple[Path, dict[str, Any]]]
_MAKERS: dict[Role, _Make] = {
    "silence": _silence,
    "layout": _layout,
    "piece": _speech_piece,
    "transcript": _unheard,
}
_IMAGINED: dict[Role, _Make] = {
    "silence": _imagined_silence,
    "layout": _imagined_layout,
    "transcript": _imagined_words,
}
