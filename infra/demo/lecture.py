"""`python -m infra.demo.lecture out/lecture.mp4`: a small real lecture, and beside it a JSON with the truth about it.

1280×720, 25 frames a second, H.264 and AAC. The same every time on one machine.
"""

import heapq
import json
import sys
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from infra.demo.script import FPS, FRAME_SAMPLES, Layout, Talk, held, truth
from infra.demo.slides import HEIGHT, WIDTH, drawn
from infra.demo.speaker import Webcam
from infra.demo.voice import NoVoice, voice
from rushes.media.encoding import describe, open_mp4
from rushes.media.planes import Planes, frame_from, frame_from_rgb, planes_of
from rushes.media.sound import Samples, encoded
from rushes.media.timeline import SAMPLE_RATE

RECTANGLES: dict[Layout, dict[str, list[int]]] = {
    "picture_in_picture": {"screen": [0, 0, WIDTH, HEIGHT], "camera": [968, 480, 288, 216]},
    "side_by_side": {"screen": [20, 126, 832, 468], "camera": [872, 126, 388, 468]},
}
"""Where slides and speaker are: x, y, width, height in pixels."""
_BACKDROP = (24, 26, 30)


def main() -> None:
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "out/lecture.mp4")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        talk = held(voice())
    except NoVoice as error:
        sys.exit(f"The lecture has nobody to speak it: {error}")
    film(talk, path)
    told = json.dumps(truth(talk, RECTANGLES), ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(told, encoding="utf-8")
    print(f"{path}: {talk.title}, {talk.frames // FPS} s")


def film(talk: Talk, path: Path) -> None:
    with open_mp4(path, {"title": talk.title}) as container:
        video = container.add_stream("libx264", rate=FPS, options={"preset": "superfast", "crf": "23"})
        assert isinstance(video, VideoStream)
        describe(video, WIDTH, HEIGHT)
        audio = container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo", options={"aac_coder": "fast"})
        assert isinstance(audio, AudioStream)
        container.start_encoding()
        packets = (_encoded(_pictures(talk), video), encoded([talk.sound], audio))
        for packet in heapq.merge(*packets, key=_decoded_at):
            container.mux(packet)


def _encoded(pictures: Iterable[VideoFrame], stream: VideoStream) -> Iterator[Packet]:
    for number, frame in enumerate(pictures):
        frame.pts, frame.time_base = number, Fraction(1, FPS)
        yield from stream.encode(frame)
    yield from stream.encode(None)


def _decoded_at(packet: Packet) -> Fraction:
    assert packet.dts is not None
    return packet.dts * packet.time_base


def _pictures(talk: Talk) -> Iterator[VideoFrame]:
    cameras = {layout: Webcam(*where["camera"][2:]) for layout, where in RECTANGLES.items()}
    loudness = _loudness(talk.sound)
    for number, shown in enumerate(talk.shown, 1):
        layout = shown.topic.layout
        screen = _on_screen(drawn(shown.slide, number, talk.title), layout)
        for at in range(shown.start, shown.end):
            seen = cameras[layout].picture(at, loudness[at])
            yield frame_from(_inset(screen, seen, RECTANGLES[layout]["camera"]))


def _on_screen(slide: Image.Image, layout: Layout) -> Planes:
    x, y, width, height = RECTANGLES[layout]["screen"]
    picture = Image.new("RGB", (WIDTH, HEIGHT), _BACKDROP)
    picture.paste(slide.resize((width, height), Image.Resampling.LANCZOS), (x, y))
    return planes_of(frame_from_rgb(np.asarray(picture)))


def _inset(screen: Planes, seen: Planes, where: list[int]) -> Planes:
    planes: list[np.ndarray] = []
    for below, above, scale in zip(screen, seen, (1, 2, 2), strict=True):
        x, y, width, height = (side // scale for side in where)
        whole = below.copy()
        whole[y : y + height, x : x + width] = above
        planes.append(whole)
    luma, u, v = planes
    return luma, u, v


def _loudness(sound: Samples) -> list[float]:
    """Of each frame, 0 to 1."""
    frames = sound[0].reshape(-1, FRAME_SAMPLES)
    level = np.sqrt(np.square(frames).mean(axis=1))
    return np.clip(level / 0.15, 0, 1).tolist()


if __name__ == "__main__":
    main()
