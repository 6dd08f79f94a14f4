"""What Replicate keeps of a job, and what the job makes."""

import base64
import hashlib
import io
import json
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from PIL import Image

from rushes.productions.recipe import canonical_json
from rushes.providers.catalog import entries
from rushes.providers.models import Model
from tests.doubles import files
from tests.doubles.speech import heard

TERMINAL = ("succeeded", "failed", "canceled", "aborted")


def model_called(name: str) -> Model | None:
    """By `owner/name`, `owner/name:version`, or the version alone."""
    models = [model for model in entries().models if model.provider == "replicate"]
    return next((m for m in models if name in (m.name, *m.name.split(":"))), None)


def now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


@dataclass
class Prediction:
    id: str
    model: Model
    input: dict[str, Any]
    webhook: str | None
    status: str = "starting"
    error: str | None = None
    output: str | list[str] | dict[str, Any] | None = None
    created_at: str = field(default_factory=now)
    completed_at: str | None = None

    def json(self, base: str) -> dict[str, Any]:
        name, _, version = self.model.name.partition(":")
        made = {
            "id": self.id,
            "model": name,
            "version": version or "hidden",
            "input": self.input,
            "logs": "",
            "output": self.output,
            "error": self.error,
            "status": self.status,
            "created_at": self.created_at,
            "urls": {
                "get": f"{base}/v1/predictions/{self.id}",
                "cancel": f"{base}/v1/predictions/{self.id}/cancel",
            },
        }
        if self.webhook:
            made |= {"webhook": self.webhook, "webhook_events_filter": ["completed"]}
        if self.completed_at:
            made |= {"completed_at": self.completed_at, "metrics": {"predict_time": 3.2}}
        return made

    def digest(self) -> str:
        return digest(self.input)

    def file(self) -> bytes:
        """What was asked for, in small."""
        match self.model.media:
            case "image":
                return files.image(self._ratio(), int(self.digest()[:4], 16) / 0xFFFF, self.suffix())
            case "video":
                return files.film(self._ratio(), int(self.input.get("duration", 5)))
            case _:
                return files.tone(Fraction(str(self.input.get("duration", 30))))

    def said(self) -> dict[str, Any]:
        """A transcript of the sound at the address given, as Incredibly Fast Whisper has it. Raises `OSError` when
        there is none."""
        with urllib.request.urlopen(self.input["audio"], timeout=10) as response:
            sentences = list(heard(response.read()))
        chunks = [
            {"text": f" {text}", "timestamp": [start, end]}
            for sentence in sentences
            for text, start, end in sentence.words
        ]
        return {"text": "".join(chunk["text"] for chunk in chunks), "chunks": chunks}

    def suffix(self) -> str:
        made = {"image": self.input.get("output_format", "webp"), "video": "mp4"}
        return made.get(self.model.media, "mp3")

    def _ratio(self) -> str:
        """Asked for, else that of the first picture given."""
        if ratio := self.input.get("aspect_ratio"):
            return ratio
        pictures = (value for value in self.input.values() if str(value).startswith("data:image/"))
        if url := next(pictures, None):
            with Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))) as picture:
                return files.nearest_ratio(*picture.size)
        return "16:9"


def digest(given: Mapping[str, Any]) -> str:
    """Of an input: equal for jobs that were asked for the same."""
    return hashlib.sha256(canonical_json(json.loads(json.dumps(given))).encode()).hexdigest()
