"""The sketch composer: a musical direction in words becomes a piece of music of exactly the length asked for."""

from pathlib import Path

from rushes.errors import BadRequest
from rushes.media.sound import encode
from rushes.media.timeline import SAMPLE_RATE, Seconds, exact
from rushes.providers.sketch.music.desk import recorded
from rushes.providers.sketch.music.direction import read
from rushes.providers.sketch.music.score import form, notes


def compose(direction: str, seconds: Seconds, seed: int, out: Path) -> None:
    """Writes stereo music to `out` (.mp3 or .wav), the same for the same arguments.

    `direction` may name a mood, a genre, instruments, a tempo ("124 BPM"), "no drums", "ends on the cut". The piece
    opens, builds, reaches its height and closes on a last chord that dies away just before the end. BadRequest for
    less than 2 seconds.
    """
    samples = round(exact(seconds) * SAMPLE_RATE)
    if samples < 2 * SAMPLE_RATE:
        raise BadRequest("music needs at least 2 seconds")
    wanted = read(direction)
    plan = form(wanted, samples)
    music = recorded(notes(wanted.style, plan, seed), plan, wanted.style)
    encode(music, out, {"title": "Sketch music", "comment": "A sketch, composed on the CPU by Rushes."})
