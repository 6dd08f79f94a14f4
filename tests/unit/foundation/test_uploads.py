"""Files from outside: what may be sent, and what is made of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from functions.pipelines import commissioned
from rushes.errors import BadRequest, Conflict, NotFound, Unplayable
from rushes.productions.artifact import Artifact, key_of
from rushes.productions.production import Production
from rushes.records.productions import Deleted
from rushes.records.uploads import Upload
from rushes.services import Services
from rushes.studio.begin import drafted
from rushes.studio.uploads import begin_upload, receive
from tests.conftest import BUCKET, Clock
from tests.unit.media.material import film, foreign_film, sine, sound_file

IMAGE = ("holiday.png", "image/png")


@dataclass
class Desk:
    """One owner with a production, who sends files."""

    services: Services
    folder: Path
    production: Production

    def sent(self, content: bytes, filename: str = IMAGE[0], content_type: str = IMAGE[1]) -> Upload:
        """As if the form had taken it: past S3's own checks."""
        size = max(1, len(content))
        upload, _ = begin_upload(self.services, "me", filename, content_type, size, "replace")
        self.services.bucket.put_bytes(upload.key, content)
        return upload

    def received(self, upload: Upload, name: str = "beat_02") -> Artifact:
        return receive(self.services, self.production, name, upload_id=upload.id)

    def versions(self, name: str) -> list[Artifact]:
        return self.services.productions.artifacts(self.production, name)

    def file_of(self, artifact: Artifact) -> bytes:
        return self.services.bucket.read(key_of("me", self.production.id, artifact.file))


def begun(services: Services) -> Production:
    production = drafted(services, "me", commissioned({"kind": "ad", "prompt": "a prompt"}))
    services.productions.begin(production, [], [])
    return services.productions.load("me", production.id)


@pytest.fixture
def desk(services: Services, tmp_path: Path) -> Desk:
    return Desk(services, tmp_path, begun(services))


def picture(folder: Path, suffix: str = ".png", **options: Any) -> bytes:
    path = folder / f"picture{suffix}"
    Image.effect_noise((64, 36), 90).convert("RGB").save(path, **options)
    return path.read_bytes()


# ---------------------------------------------------------------- sending


def test_an_upload_lies_where_the_bucket_forgets_it(desk: Desk):
    upload, form = begin_upload(desk.services, "me", *IMAGE, 1000, "replace")
    assert upload.key == f"uploads/me/{upload.id}" == form["fields"]["key"]
    assert form["fields"]["Content-Type"] == "image/png"


@pytest.mark.parametrize("content_type", ["text/plain", "application/pdf", "model/gltf", "imagery/png"])
def test_only_images_videos_and_sounds_may_be_sent(desk: Desk, content_type: str):
    with pytest.raises(BadRequest, match="an image, a video or a sound is needed"):
        begin_upload(desk.services, "me", "x", content_type, 10, "replace")


@pytest.mark.parametrize(
    ("content_type", "most"), [("image/png", 25), ("video/mp4", 200), ("audio/mpeg", 200)]
)
def test_a_file_may_have_so_many_megabytes(desk: Desk, content_type: str, most: int):
    begin_upload(desk.services, "me", "x", content_type, most * 2**20, "replace")
    with pytest.raises(BadRequest, match=f"{most} MB are the most"):
        begin_upload(desk.services, "me", "x", content_type, most * 2**20 + 1, "replace")


def test_a_filename_is_only_a_name(desk: Desk):
    names = {
        "holiday.png": "holiday.png",
        "../../etc/passwd": "passwd",
        "C:\\Pictures\\me.jpg": "me.jpg",
        "..": "file",
        "/": "file",
        "a\x00b\n\u202ec.png": "abc.png",
        "\ud800": "file",
        "so   many    spaces.mp4": "so many spaces.mp4",
        "Grüße 🎬.mp4": "Grüße 🎬.mp4",
        "🎬" * 200 + ".mp4": "🎬" * 50 + ".mp4",
    }
    for given, kept in names.items():
        upload, _ = begin_upload(desk.services, "me", given, "image/png", 10, "replace")
        assert upload.filename == kept
        (desk.folder / kept).touch()


def test_an_upload_is_forgotten_after_a_week(desk: Desk, clock: Clock):
    upload = desk.sent(picture(desk.folder))
    clock.skip(days=6, hours=23)
    desk.services.uploads.load("me", upload.id)
    clock.skip(hours=1)
    with pytest.raises(NotFound, match="one is kept for 7 days"):
        desk.services.uploads.load("me", upload.id)


# ---------------------------------------------------------------- receiving


def test_an_upload_becomes_an_artifact_that_says_what_it_is(desk: Desk):
    content = picture(desk.folder)
    artifact = desk.received(desk.sent(content))
    assert (artifact.name, artifact.version, artifact.ready) == ("given_beat_02", 1, True)
    assert (artifact.media, artifact.ext, artifact.bytes) == ("image", "png", len(content))
    assert artifact.sha256 == hashlib.sha256(content).hexdigest()
    assert artifact.facts == {"container": "png", "width": 64, "height": 36}
    assert (artifact.made_by, artifact.cost_micro_usd) == ("uploaded: holiday.png", 0)
    assert desk.file_of(artifact) == content


def test_its_recipe_says_only_which_bytes_they_are(desk: Desk):
    artifact = desk.received(desk.sent(picture(desk.folder)))
    recipe = desk.services.productions.recipe(desk.production, artifact.fingerprint)
    assert (recipe.media, recipe.model, recipe.parameters) == ("image", "given", {"sha256": artifact.sha256})
    found = desk.services.productions.made_from(desk.production, "given_beat_02", recipe.fingerprint)
    assert found == artifact


@pytest.mark.parametrize(
    ("make", "media", "ext"),
    [
        (lambda folder: picture(folder, ".jpg"), "image", "jpg"),
        (lambda folder: picture(folder, ".webp"), "image", "webp"),
        (lambda folder: film(folder / "film.mp4", 30).read_bytes(), "video", "mp4"),
        (
            lambda folder: foreign_film(folder / "f.webm", 24, codec="libvpx-vp9").read_bytes(),
            "video",
            "webm",
        ),
        (lambda folder: sound_file(folder / "tone.mp3", sine(1)).read_bytes(), "audio", "mp3"),
        (lambda folder: sound_file(folder / "tone.wav", sine(1)).read_bytes(), "audio", "wav"),
    ],
)
def test_a_file_is_what_its_bytes_are_whatever_it_is_called(
    desk: Desk, make: Callable[[Path], bytes], media: str, ext: str
):
    artifact = desk.received(desk.sent(make(desk.folder), "really a picture.gif", "image/gif"))
    assert (artifact.media, artifact.ext) == (media, ext)
    key = key_of("me", desk.production.id, artifact.file)
    head = desk.services.client("s3").head_object(Bucket=BUCKET, Key=key)
    assert head["ContentType"].partition("/")[0] == media


def test_receiving_twice_makes_one_version(desk: Desk):
    content = picture(desk.folder)
    upload = desk.sent(content)
    first = desk.received(upload)
    assert desk.received(upload) == first
    assert desk.received(desk.sent(content, "again.png")) == first
    assert desk.versions("given_beat_02") == [first]


def test_another_file_is_another_version(desk: Desk):
    first = desk.received(desk.sent(picture(desk.folder)))
    second = desk.received(desk.sent(picture(desk.folder, ".jpg")))
    assert (first.version, second.version) == (1, 2)
    assert desk.file_of(first) != desk.file_of(second)


def test_receiving_that_broke_off_is_taken_up_again(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    upload = desk.sent(picture(desk.folder))
    with monkeypatch.context() as broken:
        broken.setattr(desk.services.bucket, "copy", lambda source, target: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.received(upload)
    artifact = desk.received(upload)
    assert (artifact.version, artifact.ready) == (1, True)
    assert desk.versions("given_beat_02") == [artifact]


def test_what_has_not_arrived_is_waited_for(desk: Desk):
    upload, _ = begin_upload(desk.services, "me", *IMAGE, 1000, "replace")
    with pytest.raises(Conflict, match=r"“holiday\.png” has not arrived yet"):
        desk.received(upload)


def test_nobody_receives_what_another_sent(desk: Desk):
    upload, _ = begin_upload(desk.services, "somebody else", *IMAGE, 1000, "replace")
    with pytest.raises(NotFound):
        desk.received(upload)


def test_more_than_was_announced_is_refused(desk: Desk):
    upload, _ = begin_upload(desk.services, "me", *IMAGE, 10, "replace")
    desk.services.bucket.put_bytes(upload.key, picture(desk.folder))
    with pytest.raises(BadRequest, match="10 were announced"):
        desk.received(upload)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda whole: b"", r"“holiday\.png” is empty"),
        (lambda whole: b"Dear diary, " * 100, "no image, video or sound"),
        (lambda whole: b"<html><script>alert(1)</script></html>", "no image, video or sound"),
        (lambda whole: whole[: len(whole) // 2], "damaged or cut short"),
    ],
)
def test_what_is_no_picture_is_refused_and_leaves_nothing(
    desk: Desk, spoil: Callable[[bytes], bytes], sentence: str
):
    upload = desk.sent(spoil(picture(desk.folder)))
    with pytest.raises(Unplayable, match=sentence):
        desk.received(upload)
    assert desk.versions("given_beat_02") == []


def test_an_animation_tells_that_it_is_one(desk: Desk):
    frames = [Image.new("RGB", (64, 36), colour) for colour in ("red", "lime")]
    path = desk.folder / "moving.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert desk.received(desk.sent(path.read_bytes())).facts["frames"] == 2


# ---------------------------------------------------------------- artifacts


def test_an_artifact_of_the_same_production_is_taken_as_it_is(desk: Desk):
    artifact = desk.received(desk.sent(picture(desk.folder)))
    taken = receive(desk.services, desk.production, "poster", artifact=artifact)
    assert taken is artifact
    assert desk.versions("given_poster") == []


def test_an_artifact_of_another_production_is_copied_and_says_where_it_is_from(desk: Desk):
    content = picture(desk.folder)
    theirs = desk.received(desk.sent(content))
    other = begun(desk.services)
    taken = [
        receive(desk.services, other, "poster", artifact=theirs, artifact_production=desk.production)
        for _ in range(2)
    ]
    assert taken[0] == taken[1]
    assert (taken[0].name, taken[0].version, taken[0].made_by) == ("given_poster", 1, theirs.made_by)
    assert taken[0].origin is not None
    assert (taken[0].origin.production_id, taken[0].origin.name) == (desk.production.id, "given_beat_02")
    desk.services.bucket.delete_all(key_of("me", desk.production.id, ""))
    assert desk.services.bucket.read(key_of("me", other.id, taken[0].file)) == content


def test_a_production_that_is_deleted_meanwhile_leaves_no_file(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    upload = desk.sent(picture(desk.folder))
    copy = desk.services.bucket.copy

    def copy_and_delete(source: str, target: str) -> None:
        copy(source, target)
        desk.services.productions.forget(desk.production)

    monkeypatch.setattr(desk.services.bucket, "copy", copy_and_delete)
    with pytest.raises(Deleted):
        desk.received(upload)
    kept = desk.services.client("s3").list_objects_v2(Bucket=BUCKET)["Contents"]
    assert [entry["Key"] for entry in kept] == [upload.key]
