"""What is said in a lecture, as files for players, editors and readers."""

import json
import re
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response

from functions.api.envelope import answers
from functions.api.identity import Owner
from functions.api.parameters import CHECKPOINT, ProductionId
from rushes.errors import Conflict, NotFound
from rushes.productions.production import Production
from rushes.services import services

router = APIRouter(prefix="/v1/productions/{production_id}", tags=["transcripts"])

Form = Literal["srt", "vtt", "json", "txt"]
TYPES: dict[Form, str] = {
    "srt": "application/x-subrip; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}

_TEXT = {"type": "string"}
_TIMES: dict[str, Any] = {
    "text": _TEXT,
    "start": {"type": "number", "description": "Seconds from the lecture's start."},
    "end": {"type": "number"},
    "confidence": {"type": ["number", "null"], "description": "0 to 1, where the transcriber says."},
}
_FLAT: dict[str, Any] = {
    "type": "object",
    "required": ["language", "duration", "text", "segments", "words"],
    "properties": {
        "language": {"type": ["string", "null"]},
        "duration": {"type": "number", "description": "Seconds."},
        "text": _TEXT,
        "segments": {
            "type": "array",
            "description": "Sentences; their numbers are what an edit of the selection cites.",
            "items": {"type": "object", "properties": {"number": {"type": "integer"}, **_TIMES}},
        },
        "words": {"type": "array", "items": {"type": "object", "properties": _TIMES}},
    },
}
_SAID: dict[str, Any] = {"text": "Welcome back.", "start": 0.5, "end": 1.25, "confidence": 0.97}
_EXAMPLE = {
    "language": "en",
    "duration": 3600.0,
    "text": "Welcome back.",
    "segments": [{"number": 0, **_SAID}],
    "words": [
        {**_SAID, "text": "Welcome", "end": 0.9},
        {**_SAID, "text": "back.", "start": 0.9},
    ],
}
_CONTENT: dict[str, Any] = {
    "application/x-subrip": {
        "schema": _TEXT,
        "example": "1\n00:00:00,500 --> 00:00:01,500\nWelcome back.\n",
    },
    "text/vtt": {
        "schema": _TEXT,
        "example": "WEBVTT\n\n00:00:00.500 --> 00:00:01.500\nWelcome back.\n",
    },
    "application/json": {"schema": _FLAT, "example": _EXAMPLE},
    "text/plain": {"schema": _TEXT, "example": "Welcome back.\n"},
}


@router.get(
    "/transcript.{form}",
    response_class=Response,
    responses={
        **answers(404, 409, 422),
        200: {"description": "The bare file, JSON too: in no envelope.", "content": _CONTENT},
    },
)
def show_transcript(
    owner: Owner,
    production_id: ProductionId,
    form: Annotated[Form, Path(description="The format: SubRip, WebVTT, JSON or plain text.")],
    checkpoint_id: Annotated[
        str | None,
        Query(pattern=CHECKPOINT, description="The newest of the current branch, if you do not say."),
    ] = None,
) -> Response:
    """What is said in the lecture: as subtitles, as text, or with the time of every word. 409 if nobody listened."""
    production = services().productions.load(owner, production_id)
    content = _content(production, checkpoint_id or production.current.stands_at)
    return Response(
        _written(content, form),
        headers={"Content-Type": TYPES[form], "Content-Disposition": _attached(production.title, form)},
    )


def _content(production: Production, checkpoint_id: str | None) -> Any:
    """The document `transcript`. Raises NotFound, or Conflict when nobody listened."""
    from rushes.studio.briefing import content_of, selected

    chosen = selected(services(), production, checkpoint_id) if checkpoint_id else {}
    if "transcript" not in chosen:
        raise NotFound(
            "there is no transcript here: one is written when a lecture's phase `listen` is done",
            kind=production.kind,
            checkpoint_id=checkpoint_id,
        )
    content: Any = content_of(services(), production, chosen["transcript"])
    if not content["heard"]:
        raise Conflict(
            "nobody listened to this lecture, since no model could: set OPENAI_API_KEY, GROQ_API_KEY or "
            "REPLICATE_API_TOKEN, or install the extra `lectures`, and begin it anew",
            checkpoint_id=checkpoint_id,
        )
    return content


def _written(content: Any, form: Form) -> str:
    from functions.highlights.speech.subtitles import flat, plain, srt, vtt
    from functions.highlights.speech.transcript import Transcript

    transcript = Transcript.model_validate(content)
    match form:
        case "srt":
            return srt(transcript)
        case "vtt":
            return vtt(transcript)
        case "txt":
            return plain(transcript)
        case "json":
            return json.dumps(flat(transcript), ensure_ascii=False)


def _attached(title: str, form: Form) -> str:
    """RFC 6266: the title as it is, and in plain letters for those who read only these."""
    name = " ".join(re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]+', " ", title).split()).strip(".")[:80] or "transcript"
    simple = re.sub(r"[^A-Za-z0-9 ._()-]+", "_", name)
    return f"attachment; filename=\"{simple}.{form}\"; filename*=UTF-8''{quote(f'{name}.{form}', safe='')}"
