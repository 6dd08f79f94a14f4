"""Lectures for the workflow tests: small ones, and what a person does with them."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np

from tests.workflows.host import HostProcess
from tests.workflows.studio import PATIENCE, Studio, waited_for

SIZE = (320, 180)
FPS = 10
_RATE = 16_000


def lecture(path: Path, seconds: int = 100, seed: int = 0) -> Path:
    """Slides that change, and someone who talks in bursts of 4 s, with pauses of 1 s between them."""
    chance = np.random.default_rng(seed)
    slides = [chance.integers(40, 255, (9, 16, 3), np.uint8) for _ in range(seconds // 25 + 1)]
    with av.open(path, "w") as container:
        video = container.add_stream("libx264", rate=FPS, options={"preset": "ultrafast", "g": "20"})
        video.width, video.height, video.pix_fmt = *SIZE, "yuv420p"
        audio = container.add_stream("aac", rate=_RATE, layout="mono")
        for number in range(seconds * FPS):
            slide = np.kron(slides[number // FPS // 25], np.ones((20, 20, 1), np.uint8))
            container.mux(video.encode(av.VideoFrame.from_ndarray(slide, "rgb24")))
        container.mux(video.encode(None))
        time = np.arange(seconds * _RATE) / _RATE
        talk = np.where(time % 5 < 4, np.sin(2 * np.pi * 300 * time) * 0.3, 0).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(talk[None], "fltp", "mono")
        frame.sample_rate, frame.pts, frame.time_base = _RATE, 0, Fraction(1, _RATE)
        container.mux(audio.encode(frame))
        container.mux(audio.encode(None))
    return path


class LectureHall(Studio):
    """A studio to which lectures are sent."""

    def __init__(self, host: HostProcess) -> None:
        super().__init__(host, kind="highlights")

    def announce(self, file: Path, **options: Any) -> dict[str, Any]:
        body = {
            "filename": file.name,
            "content_type": "video/mp4",
            "bytes": file.stat().st_size,
            "purpose": "lecture",
            "options": options,
        }
        answer = self.host.call("POST", "/uploads", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()["data"]

    def send(self, upload: dict[str, Any], file: Path) -> None:
        with file.open("rb") as content:
            files = {"file": (file.name, content, "video/mp4")}
            answer = httpx.post(
                upload["url"], data=upload["fields"], files=files, timeout=300, trust_env=False
            )
        assert answer.status_code == 204, answer.text

    def upload(self, upload_id: str) -> dict[str, Any]:
        return self.host.call("GET", f"/uploads/{upload_id}").json()["data"]

    def arrived(self, upload: dict[str, Any]) -> dict[str, Any]:
        """Waits until somebody has looked at it."""
        return waited_for(
            lambda: found if (found := self.upload(upload["id"]))["state"] != "awaited" else None,
            PATIENCE,
            f"{upload['id']} was not looked at",
        )

    def begun(self, file: Path, **options: Any) -> str:
        upload = self.announce(file, **options)
        self.send(upload, file)
        found = self.arrived(upload)
        assert found["state"] == "begun", found
        return found["production_id"]

    def document(self, production_id: str, name: str) -> Any:
        answer = self.host.call("GET", f"/productions/{production_id}/artifacts/{name}").json()["data"]
        return httpx.get(answer["url"], trust_env=False).json()

    def versions(self, production_id: str) -> dict[str, int]:
        return {item["name"]: item["version"] for item in self.show(production_id)["artifacts"]}
