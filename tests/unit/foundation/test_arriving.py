"""A lecture arrives: its production begins by itself, once; what cannot be used ends in words."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from functions.highlights.request import LECTURE, Options, check_lecture
from functions.pipelines import commissioned
from rushes.errors import NotFound, Refused, Transient
from rushes.productions.artifact import Made, key_of
from rushes.productions.production import Production
from rushes.records.uploads import Upload
from rushes.services import Services
from rushes.studio import ending
from rushes.studio.arriving import arrived
from rushes.studio.uploads import begin_upload
from tests.fakes.engine import FakeExecutions
from tests.unit.media.material import film, foreign_film, sine, sound_file


@dataclass
class Gate:
    """Where one owner's lectures arrive."""

    services: Services
    folder: Path
    check: Callable[[Made], None] = check_lecture

    def sent(self, content: bytes, **options: Any) -> Upload:
        request = {**Options(title="Tides", **options).model_dump(mode="json"), "kind": "highlights"}
        size = max(1, len(content))
        upload, _ = begin_upload(self.services, "me", "tides.mp4", "video/mp4", size, "lecture", request)
        self.services.bucket.put_bytes(upload.key, content)
        return upload

    def told(self, upload: Upload) -> Upload:
        """S3 tells of it; how it stands then."""
        arrived(self.services, upload.key, LECTURE, commissioned, self.check)
        return self.services.uploads.load("me", upload.id)

    def production(self, upload: Upload) -> Production:
        assert upload.production_id
        return self.services.productions.load("me", upload.production_id)

    @property
    def started(self) -> list[str]:
        executions: FakeExecutions = self.services.executions
        return list(executions.started)


@pytest.fixture
def gate(services: Services, tmp_path: Path) -> Gate:
    return Gate(services, tmp_path)


@pytest.fixture
def lecture(tmp_path: Path) -> bytes:
    path = tmp_path / "lecture.mp4"
    foreign_film(path, 6 * 24, tone=True)
    return path.read_bytes()


def test_its_arrival_begins_the_production_with_the_options_it_was_sent_with(gate: Gate, lecture: bytes):
    upload = gate.told(gate.sent(lecture, clips=3, aspect_ratio="9:16"))
    assert upload.state == "begun"
    production = gate.production(upload)
    assert (production.kind, production.title) == ("highlights", "Tides")
    assert (production.request["clips"], production.request["aspect_ratio"]) == (3, "9:16")
    assert gate.started == [production.execution_name("main")]


def test_the_production_has_the_lecture_as_its_own(gate: Gate, lecture: bytes):
    production = gate.production(gate.told(gate.sent(lecture)))
    artifact = gate.services.productions.artifact(production, LECTURE, production.given[LECTURE].version)
    assert artifact.facts["audio_codec"] == "aac"
    assert gate.services.bucket.read(key_of("me", production.id, artifact.file)) == lecture


def test_arriving_twice_begins_one_production(gate: Gate, lecture: bytes):
    upload = gate.sent(lecture)
    for _ in range(3):
        gate.told(upload)
    assert len(gate.started) == 1
    assert len(list(gate.services.productions.newest("me", None))) == 1


def test_whoever_died_between_beginning_and_saying_so_begins_the_same_one(gate: Gate, lecture: bytes):
    upload = gate.sent(lecture)
    gate.told(upload)
    gate.services.uploads.save(upload)
    assert gate.told(upload).state == "begun"
    assert len(set(gate.started)) == 1


def test_a_production_that_was_deleted_does_not_come_back(gate: Gate, lecture: bytes):
    upload = gate.told(gate.sent(lecture))
    ending.delete(gate.services, "me", gate.production(upload).id)
    gate.services.uploads.save(replace_state(upload))
    assert gate.told(upload).state == "begun"
    with pytest.raises(NotFound):
        gate.production(upload)


def replace_state(upload: Upload) -> Upload:
    return upload.model_copy(update={"state": "awaited"})


@pytest.mark.parametrize("which", ["a text", "zeros", "cut short", "silent", "a sound", "too short"])
def test_what_is_no_lecture_is_refused_in_words_and_begins_nothing(
    gate: Gate, lecture: bytes, tmp_path: Path, which: str
):
    upload = gate.told(gate.sent(content(which, lecture, tmp_path)))
    assert (upload.state, bool(upload.error and upload.error.message)) == ("refused", True)
    assert gate.started == []
    with pytest.raises(NotFound):
        gate.production(upload)


def content(which: str, lecture: bytes, folder: Path) -> bytes:
    match which:
        case "a text":
            return b"this is a text that is called mp4\n" * 100
        case "zeros":
            return bytes(5000)
        case "cut short":
            return lecture[: len(lecture) * 2 // 3]
        case "silent":
            film(folder / "silent.mp4", 6 * 24)
            return (folder / "silent.mp4").read_bytes()
        case "a sound":
            return sound_file(folder / "sound.mp3", sine(6)).read_bytes()
        case _:
            foreign_film(folder / "short.mp4", 24, tone=True)
            return (folder / "short.mp4").read_bytes()


@pytest.mark.parametrize(("hours", "fits"), [("10859", True), ("10861", False)])
def test_three_hours_and_a_little_are_the_most(hours: str, fits: bool):
    facts = {"duration": hours, "audio_codec": "aac", "width": 1, "height": 1}
    made = Made(media="video", ext="mp4", bytes=1, sha256="", facts=facts, provider="", model="", made_by="")
    with nullcontext() if fits else pytest.raises(Refused, match="3 h are the most"):
        check_lecture(made)


def test_what_may_pass_is_tried_again(gate: Gate, lecture: bytes):
    upload = gate.sent(lecture)

    def busy(made: Made) -> None:
        raise Transient("not now")

    with pytest.raises(Transient):
        replace(gate, check=busy).told(upload)
    assert gate.told(upload).state == "begun"


def test_a_file_that_whoever_looks_at_it_dies_of_is_refused(gate: Gate, lecture: bytes):
    class Died(BaseException):
        pass

    def dies(made: Made) -> None:
        raise Died

    upload = gate.sent(lecture)
    for _ in range(2):
        with pytest.raises(Died):
            replace(gate, check=dies).told(upload)
    ended = gate.told(upload)
    assert ended.state == "refused"
    assert ended.error
    assert "twice" in ended.error.message


def test_an_upload_for_something_else_begins_nothing(gate: Gate):
    upload, _ = begin_upload(gate.services, "me", "a.png", "image/png", 5, "replace")
    gate.services.bucket.put_bytes(upload.key, b"image")
    assert gate.told(upload).state == "awaited"
    assert gate.started == []


def test_an_object_nobody_announced_is_nothing(gate: Gate):
    arrived(gate.services, "uploads/me/up_0000", LECTURE, commissioned, check_lecture)
    assert gate.started == []
