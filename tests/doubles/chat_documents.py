"""What the chat double answers with: documents that satisfy the schema they were asked for with."""

import re
from typing import Any

from functions.ad.archetypes import archetypes
from functions.ad.beats import library
from rushes.providers.sketch.writer import write_ad

_DURATION = re.compile(r"lasts exactly (\d+) seconds")
_REQUEST = re.compile(r"\n---\n(.*)\n---", re.DOTALL)
_SENTENCE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_SENTENCES_A_TOPIC = 12


def document_for(schema: dict[str, Any], prompt: str) -> Any:
    """An ad's draft by the sketch's writer, a lecture's topics by counting sentences; for any other schema the plainest
    value that satisfies it."""
    if schema.get("title") == "CitedTopics":
        return {"topics": _topics(_SENTENCE.findall(prompt))}
    if schema.get("title") != "Draft":
        return _plainest(schema, schema)
    request, duration = _REQUEST.search(prompt), _DURATION.search(prompt)
    return write_ad(
        {
            "prompt": request.group(1) if request else prompt,
            "duration": int(duration.group(1)) if duration else 10,
            "narration": "Nobody speaks" not in prompt,
            "captions": "There are no captions" not in prompt,
        },
        [beat.model_dump(mode="json") for beat in library().values()],
        [archetype.model_dump(mode="json") for archetype in archetypes().values()],
        seed=7,
    )


def _topics(sentences: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Every dozen sentences is a topic, called as its first one begins."""
    return [
        {
            "title": " ".join(told[0][1].split()[:6]),
            "description": told[0][1],
            "first_sentence": int(told[0][0]),
            "last_sentence": int(told[-1][0]),
            "importance": round(0.9 - 0.1 * (index % 7), 1),
            "keywords": told[0][1].split()[:3],
            "concepts": [],
        }
        for index, first in enumerate(range(0, len(sentences), _SENTENCES_A_TOPIC))
        if (told := sentences[first : first + _SENTENCES_A_TOPIC])
    ]


def _plainest(schema: dict[str, Any], root: dict[str, Any]) -> Any:
    match schema:
        case {"$ref": str(ref)}:
            return _plainest(root["$defs"][ref.rsplit("/", 1)[-1]], root)
        case {"const": value}:
            return value
        case {"enum": [value, *_]}:
            return value
        case {"anyOf": [first, *_]}:
            return _plainest(first, root)
        case {"type": "object"}:
            return {name: _plainest(inner, root) for name, inner in schema.get("properties", {}).items()}
        case {"type": "array"}:
            return [_plainest(schema["items"], root) for _ in range(schema.get("minItems", 1))]
        case {"type": "integer" | "number"}:
            return schema.get("minimum", 1)
        case {"type": "boolean"}:
            return True
        case {"type": "null"}:
            return None
    return "words"
