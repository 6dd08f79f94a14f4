"""The sketch film maker's promises."""

import io
import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from rushes.errors import BadRequest, Unplayable
from rushes.providers.sketch.camera import AXES, Camera, opening, path
from rushes.providers.sketch.film import film
from rushes.providers.sketch.painter import paint
from rushes.providers.sketch.provenance import Provenance
from rushes.providers.sketch.vocabulary import MOVEMENTS

WIDTH, HEIGHT = 512, 288
SNEAKER = "Close-up. Product: Nike sneaker. Setting: city street at dusk. Mood: energetic. Camera: push in."
RUNNER = "Medium. A runner in the hills at dawn. Product: sneaker. Camera: track."


def decoded(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24").astype(np.float32) for frame in container.decode(video=0)]


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), np.float32)


def close(a: np.ndarray, b: np.ndarray) -> bool:
    """Equal but for what encoding costs."""
    error = a - b
    return bool(np.abs(error).mean() < 2.0 and 10 * np.log10(255**2 / np.mean(error**2)) > 34)


def last_frame(path: Path) -> bytes:
    """As the studio extracts it: the pixels, and the film's comment as the picture's."""
    with av.open(str(path)) as container:
        note = PngInfo()
        note.add_itxt("comment", container.metadata["comment"])
        *_, frame = container.decode(video=0)
    png = io.BytesIO()
    Image.fromarray(frame.to_ndarray(format="rgb24")).save(png, "PNG", pnginfo=note)
    return png.getvalue()


def photo(width: int, height: int) -> bytes:
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    picture = np.stack([np.sin(x * 9) * 90 + 120, y * 200 + 20, np.cos((x + y) * 7) * 80 + 130], -1)
    png = io.BytesIO()
    Image.fromarray(picture.astype(np.uint8)).save(png, "PNG")
    return png.getvalue()


@pytest.fixture(scope="module")
def painted() -> bytes:
    return paint(SNEAKER, WIDTH, HEIGHT, 4)


@pytest.fixture(scope="module")
def filmed(painted: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("film") / "film.mp4"
    film(SNEAKER, painted, 2, WIDTH, HEIGHT, 4, out)
    return out


def test_a_film_has_exactly_its_frames_at_24_a_second(filmed):
    with av.open(str(filmed)) as container:
        stream = container.streams.video[0]
        times = [frame.pts * frame.time_base for frame in container.decode(video=0)]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width, stream.height, stream.average_rate, len(container.streams)) == (
            WIDTH,
            HEIGHT,
            24,
            1,
        )
    assert times == [Fraction(number, 24) for number in range(48)]


def test_packets_come_in_order_and_the_first_is_a_keyframe(filmed):
    with av.open(str(filmed)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    assert packets[0].is_keyframe
    assert all(packet.pts == packet.dts for packet in packets)


def test_the_index_comes_before_the_pictures(filmed):
    data = filmed.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_a_film_starts_with_the_painted_picture_and_then_moves(painted, filmed):
    frames = decoded(filmed)
    assert close(frames[0], pixels(painted))
    assert np.abs(frames[-1] - frames[0]).mean() > 2


@pytest.mark.parametrize("size", [(WIDTH, HEIGHT), (512, 512), (144, 320)])
def test_a_film_of_somebody_elses_picture_starts_with_that_picture(tmp_path, size):
    given = photo(*size)
    film("Camera: pan left", given, 1, WIDTH, HEIGHT, 4, tmp_path / "film.mp4")
    frames = decoded(tmp_path / "film.mp4")
    scale = max(WIDTH / size[0], HEIGHT / size[1])
    whole = Image.open(io.BytesIO(given)).resize(
        (round(size[0] * scale), round(size[1] * scale)), Image.Resampling.LANCZOS
    )
    left, top = (whole.width - WIDTH) // 2, (whole.height - HEIGHT) // 2
    wanted = np.asarray(whole.crop((left, top, left + WIDTH, top + HEIGHT)), np.float32)
    assert close(frames[0], wanted)
    assert np.abs(frames[-1] - frames[0]).mean() > 0.5


def test_a_sketch_that_was_painted_over_is_filmed_as_it_is(tmp_path, painted):
    with Image.open(io.BytesIO(painted)) as image:
        note = PngInfo()
        note.add_itxt("comment", image.info["comment"])
        png = io.BytesIO()
        Image.eval(image, lambda value: 255 - value).save(png, "PNG", pnginfo=note)
    film(SNEAKER, png.getvalue(), 1, WIDTH, HEIGHT, 4, tmp_path / "film.mp4")
    assert close(decoded(tmp_path / "film.mp4")[0], pixels(png.getvalue()))


@pytest.mark.parametrize("start", ["sketch", "photo"])
def test_a_film_goes_on_where_the_one_before_it_ended(tmp_path, start):
    given = paint(RUNNER, WIDTH, HEIGHT, 8) if start == "sketch" else photo(WIDTH, HEIGHT)
    first, second = tmp_path / "first.mp4", tmp_path / "second.mp4"
    film(RUNNER, given, 1, WIDTH, HEIGHT, 8, first)
    film(RUNNER, last_frame(first), 1, WIDTH, HEIGHT, 99, second)
    assert close(decoded(second)[0], decoded(first)[-1])


def test_time_runs_on_through_a_chain_of_films(tmp_path):
    first, second = tmp_path / "first.mp4", tmp_path / "second.mp4"
    film(SNEAKER, paint(SNEAKER, WIDTH, HEIGHT, 8), 1, WIDTH, HEIGHT, 8, first)
    film(SNEAKER, last_frame(first), 1, WIDTH, HEIGHT, 8, second)
    with av.open(str(second)) as container:
        note = json.loads(container.metadata["comment"])
    assert note["time"] == pytest.approx(46 / 24, abs=1e-5)
    assert note["scene"]["seed"] == 8


def test_films_of_one_size_join_without_encoding_again(tmp_path, filmed):
    other, joined = tmp_path / "other.mp4", tmp_path / "joined.mp4"
    film("Camera: tilt up", photo(WIDTH, HEIGHT), 1, WIDTH, HEIGHT, 1, other)
    with av.open(str(filmed)) as a, av.open(str(other)) as b:
        assert a.streams.video[0].codec_context.extradata == b.streams.video[0].codec_context.extradata
        assert a.streams.video[0].time_base == b.streams.video[0].time_base
    with av.open(str(joined), "w") as out:
        stream, ticks = None, 0
        for part in (filmed, other):
            with av.open(str(part)) as container:
                source = container.streams.video[0]
                stream = stream or out.add_stream_from_template(source)
                for packet in container.demux(source):
                    if packet.size:
                        packet.pts = packet.dts = packet.pts + ticks
                        packet.stream = stream
                        out.mux(packet)
                ticks += source.duration
    frames = decoded(joined)
    assert len(frames) == 72
    assert np.array_equal(frames[48], decoded(other)[0])


@pytest.mark.parametrize("movement", sorted(MOVEMENTS))
def test_a_camera_moves_without_a_jerk_and_stays_on_the_drawing(movement):
    states = path(opening(movement), movement, 24 * 20)
    for axis in AXES:
        speeds = np.diff([getattr(state, axis) for state in states])
        assert np.abs(np.diff(speeds)).max() < 1e-4
        assert max(abs(getattr(state, axis)) for state in states) < 0.25


def test_a_camera_that_is_asked_to_turn_back_slows_down_first():
    moving = path(opening("pan right"), "pan right", 24)[-1]
    speeds = np.diff([state.pan for state in path(moving, "pan left", 48)])
    assert speeds[0] > 0
    assert np.abs(np.diff(speeds)).max() < 1e-4


def test_what_a_sketch_says_of_itself_is_read_back_and_nothing_else_is():
    note = Provenance("ログ", 3, 320, 180, Camera(z=0.125, vz=-0.02), 1.5, ("#ffffff",))
    assert Provenance.of(note.text()) == note
    for other in (
        "",
        "null",
        "[]",
        "{}",
        "a photo",
        note.text().replace("0.125", '"x"'),
        '{"made_by":"rushes sketch"}',
    ):
        assert Provenance.of(other) is None


def test_what_cannot_be_filmed_is_refused(tmp_path, painted):
    with pytest.raises(Unplayable):
        film(SNEAKER, b"no image", 1, WIDTH, HEIGHT, 1, tmp_path / "film.mp4")
    with pytest.raises(BadRequest):
        film(SNEAKER, painted, 0, WIDTH, HEIGHT, 1, tmp_path / "film.mp4")
    with pytest.raises(BadRequest):
        film(SNEAKER, painted, 1, 511, HEIGHT, 1, tmp_path / "film.mp4")
