"""What a sketch says about itself: enough to draw it again and to go on from it.

It travels as JSON under the key `comment`: in a PNG's text, in an mp4's container metadata.
"""

import json
from dataclasses import dataclass

from rushes.providers.sketch.camera import Camera

MADE_BY = "rushes sketch"
KEY = "comment"


@dataclass(frozen=True)
class Provenance:
    """A scene (prompt, seed, size) seen at a moment. Without a prompt it is somebody else's picture that was filmed."""

    prompt: str
    seed: int
    width: int
    height: int
    camera: Camera
    time: float
    """Seconds since the scene began; it runs on through a chain of films."""
    palette: tuple[str, ...] = ()

    def text(self) -> str:
        return json.dumps(
            {
                "made_by": MADE_BY,
                "scene": {
                    "prompt": self.prompt,
                    "seed": self.seed,
                    "width": self.width,
                    "height": self.height,
                },
                "camera": self.camera.facts(),
                "time": round(self.time, 6),
                "palette": list(self.palette),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def of(cls, text: str) -> "Provenance | None":
        """Read `text()` back; None for anything else: metadata comes from files that anybody may have made."""
        try:
            facts = json.loads(text)
            if facts["made_by"] != MADE_BY:
                return None
            scene = facts["scene"]
            return cls(
                prompt=str(scene["prompt"]),
                seed=int(scene["seed"]),
                width=int(scene["width"]),
                height=int(scene["height"]),
                camera=Camera.of(facts["camera"]),
                time=max(0.0, min(3600.0, float(facts["time"]))),
                palette=tuple(str(colour) for colour in facts["palette"]),
            )
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            return None
