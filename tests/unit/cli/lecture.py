"""A lecture's production, as the fake studio tells of it: listened to, chosen from, compiled."""

import io
import json
from typing import Any

from PIL import Image

from tests.unit.cli.reviewed import node
from tests.unit.cli.studio import CHECKPOINT, ONE, PRODUCTION, Answer, Studio, data, file, item, plays, shown

UPLOAD = "up_06edj3p5w3r8t0z6m8rkq2k9aa"
SHORT = PRODUCTION[-6:]
FOLDER = f"out/four-wonders-{SHORT}"


def clip(number: int, start: float, end: float, title: str, **more: Any) -> dict[str, Any]:
    """As the document `highlights` has it."""
    return {
        "id": f"clip_{number:02d}", "title": title, "topic": f"topic_{number:02d}", "importance": 0.9 - number / 10,
        "start": start, "end": end, "duration": end - start, "original": {"start": start, "end": end},
        "reasons": ["it matters most", "it begins after a pause"], **more,
    }  # fmt: skip


HIGHLIGHTS = {
    "rate": "25",
    "clips": [
        clip(1, 4.0, 40.0, "Why the sea has tides"),
        clip(2, 3700.0, 3760.52, "How bread rises: yeast"),
    ],
    "passed_over": [{"topic": "topic_03", "reason": "too short"}],
}
TOPICS = {
    "by": "MiniLM",
    "topics": [
        {"id": "topic_01", "title": "The sea", "description": "", "start": 0.0, "end": 60.0, "first_sentence": 0,
         "last_sentence": 5, "importance": 0.8, "keywords": ["moon", "water"], "concepts": []},
    ],
    "refused": [{"title": "Mars", "reason": "it cites sentence 99"}],
}  # fmt: skip
TRANSCRIPT = {
    "language": "en",
    "heard": True,
    "duration": 3800.0,
    "segments": [
        {"number": 0, "start": 1.0, "end": 2.0, "text": "Twice a day.", "confidence": 0.9,
         "words": [{"text": word, "start": 1.0, "end": 1.2, "confidence": 0.9} for word in ("Twice", "a", "day.")]},
    ],
}  # fmt: skip
SILENCE = {"silences": [{"start": 0.0, "end": 1.0}, {"start": 2.0, "end": 64.0}], "duration": 3800.0}
LAYOUT = {
    "width": 1280, "height": 720, "slides": [12.0, 90.5],
    "segments": [{"start": 0.0, "end": 3800.0, "layout": "picture_in_picture", "screen": [0, 0, 1280, 720],
                  "camera": [968, 480, 288, 216], "confidence": 0.93}],
}  # fmt: skip
DOCUMENTS = {
    "transcript": TRANSCRIPT, "silence": SILENCE, "layout": LAYOUT, "topics": TOPICS, "highlights": HIGHLIGHTS,
}  # fmt: skip


def document(value: Any) -> Answer:
    return Answer(200, json.dumps(value).encode())


def production(studio: Studio, status: str, phase: str, **more: Any) -> dict[str, Any]:
    """With links to every document."""
    artifacts = []
    for name, content in DOCUMENTS.items():
        studio.on(f"GET /{name}.json", document(content))
        artifacts.append(item(name, "listen", media="text", url=f"{studio.api}/{name}.json"))
    return shown(status, phase, kind="highlights", title="Four wonders", artifacts=artifacts, **more)


def takes_uploads(studio: Studio, *states: dict[str, Any]) -> None:
    """A form for a lecture; asked for the upload, it tells the states one after the other."""
    form = {"url": f"{studio.api}/bucket", "fields": {"key": "uploads/x"}, "max_bytes": 1000}
    studio.on("POST /uploads", data({"id": UPLOAD, **form, "production_id": PRODUCTION}, 201))
    studio.on("POST /bucket", Answer(204))
    told = {"id": UPLOAD, "production_id": PRODUCTION, "error": None}
    studio.on(f"GET /uploads/{UPLOAD}", *(data({**told, **state}) for state in states))


def completes(studio: Studio) -> None:
    """A production of two clips, with thumbnails, subtitles, a reel and a transcript."""
    clips = []
    for order, found in enumerate(HIGHLIGHTS["clips"], 1):
        links = {
            "url": f"{found['id']}.mp4", "thumbnail_url": f"{found['id']}.jpg", "subtitles_url": f"{found['id']}.vtt"
        }  # fmt: skip
        clips.append(
            {**found, "order": order, **{key: f"{studio.api}/{name}" for key, name in links.items()}}
        )
        studio.on(f"GET /{found['id']}.mp4", file(found["id"].encode()))
        studio.on(f"GET /{found['id']}.vtt", file(b"WEBVTT"))
        studio.on(f"GET /{found['id']}.jpg", file(_picture(order)))
    studio.on("GET /reel.mp4", file(b"reel"))
    for ending in ("srt", "vtt", "json", "txt"):
        studio.on(f"GET {ONE}/transcript.{ending}", file(ending.encode()))
    transcript = f"/v1/productions/{PRODUCTION}/transcript.vtt"
    result = {
        "kind": "highlights",
        "clips": clips,
        "reel_url": f"{studio.api}/reel.mp4",
        "transcript_url": transcript,
    }
    plays(studio, "completed")
    studio.on(f"GET {ONE}", data(production(studio, "completed", "compile", result=result)))


def waits_for_the_choice(studio: Studio) -> None:
    """Compiled on main; the choice stands at the select checkpoint, and is where it is edited."""
    done = {"silence": 1, "layout": 1, "transcript": 1}
    chosen = {**done, "topics": 1, "highlights": 1}
    compiled = node("cp_200000000000000000000000", "compile", {**chosen, "clip_01": 1})
    select = node(CHECKPOINT, "select", chosen, {**compiled, "created_at": "2026-01-01T00:00:09.000Z"})
    branch = {"name": "main", "status": "paused", "phase": "compile", "checkpoint_id": None, "base": None}
    studio.on(f"GET {ONE}", data(production(studio, "paused", "select", branches=[branch])))
    studio.on(f"GET {ONE}/checkpoints/tree", data([select]))
    artifacts = [{"id": "a", "name": "highlights", "version": 1, "media": "text", "cost_usd": 0.0,
                  "url": f"{studio.api}/highlights.json"}]  # fmt: skip
    studio.on(
        f"GET {ONE}/checkpoints/{CHECKPOINT}", data({**select, "artifacts": artifacts, "revisions": []})
    )


def _picture(number: int) -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (320, 180), (60 * number, 90, 120)).save(picture, "JPEG")
    return picture.getvalue()
