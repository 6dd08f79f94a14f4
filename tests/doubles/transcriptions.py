"""Transcriptions as OpenAI and Groq give them: what they take, and what they answer."""

import math
from email.message import Message
from email.parser import BytesParser
from typing import Any

from tests.doubles.speech import heard, seconds_of

MOST_BYTES = 25_000_000
MODELS = ("whisper-1", "whisper-large-v3-turbo")
_WANTED = {"response_format": ["verbose_json"], "timestamp_granularities[]": ["word", "segment"]}


def form_of(content_type: str, body: bytes) -> dict[str, list[bytes]]:
    """The fields of a `multipart/form-data` body."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    fields: dict[str, list[bytes]] = {}
    for part in BytesParser().parsebytes(head + body).walk():
        if not part.is_multipart():
            name = _parameter(part, "name")
            fields.setdefault(name, []).append(part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
    return fields


def _parameter(part: Message, name: str) -> str:
    return str(part.get_param(name, "", header="content-disposition"))


def objection(form: dict[str, list[bytes]]) -> tuple[int, str] | None:
    """Status and words for a request that the vendor would not take."""
    said = {name: [value.decode() for value in values] for name, values in form.items() if name != "file"}
    [sound] = form.get("file") or [b""]
    if said.get("model", [""])[0] not in MODELS:
        return 404, "The model does not exist"
    if len(sound) > MOST_BYTES:
        return 413, "Maximum content size limit exceeded"
    if not _is_sound(sound[:12]):
        return 400, "Invalid file format"
    if {name: said.get(name) for name in _WANTED} != _WANTED:
        return 400, "timestamps need verbose_json"
    language = said.get("language", ["en"])
    return (400, "Invalid language") if len(language[0]) != 2 else None


def _is_sound(head: bytes) -> bool:
    """FLAC, WAV or MP3, as OpenAI's list of formats has them."""
    wave = (head[:4], head[8:]) == (b"RIFF", b"WAVE")
    return wave or head[:4] == b"fLaC" or head[:3] == b"ID3" or head[:2] in (b"\xff\xfb", b"\xff\xf3")


def transcription(form: dict[str, list[bytes]], fault: str) -> dict[str, Any]:
    """The words come bare, as OpenAI's do; signs are in the segments only."""
    sound = form["file"][0]
    sentences = [] if fault == "silent" else list(heard(sound))
    segments = [
        _segment(number, sentence.text, sentence.start, sentence.end)
        for number, sentence in enumerate(sentences)
    ]
    words = [
        {"word": text.strip(".,"), "start": start, "end": end}
        for sentence in sentences
        for text, start, end in sentence.words
    ]
    answer = {
        "task": "transcribe",
        "language": "english",
        "duration": seconds_of(sound),
        "text": " ".join(sentence.text for sentence in sentences),
        "segments": segments,
        "words": words,
        "usage": {"type": "duration", "seconds": math.ceil(seconds_of(sound))},
    }
    return _spoiled(answer, fault)


def _segment(number: int, text: str, start: float, end: float) -> dict[str, Any]:
    return {
        "id": number,
        "seek": 0,
        "start": start,
        "end": end,
        "text": f" {text}",
        "tokens": [50364],
        "temperature": 0.0,
        "avg_logprob": -0.25,
        "compression_ratio": 1.4,
        "no_speech_prob": 0.02,
    }


def _spoiled(answer: dict[str, Any], fault: str) -> dict[str, Any]:
    last, duration = answer["words"][-1] if answer["words"] else {}, answer["duration"]
    match fault:
        case "beyond the sound":
            last |= {"start": duration + 60, "end": duration + 61}
        case "in the padding":
            answer["words"].append({"word": "you", "start": duration + 3, "end": duration + 4})
            last["end"] = duration + 2
        case "backwards":
            last |= {"start": 0.0, "end": 0.2}
        case "not a number":
            last["start"] = float("nan")
        case "no time":
            last["end"] = None
        case "no list":
            answer["words"] = {"0": last}
        case "text only":
            answer = {"text": answer["text"], "usage": answer["usage"]}
        case "without words":
            del answer["words"]
        case "without usage":
            del answer["usage"]
        case "made up":
            invented = _segment(99, "Thanks for watching!", duration - 0.4, duration)
            answer["segments"].append(invented | {"no_speech_prob": 0.9, "avg_logprob": -1.4})
            answer["words"].append({"word": "Thanks", "start": duration - 0.4, "end": duration - 0.1})
    return answer
