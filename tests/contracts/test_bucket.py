"""What every bucket must do."""

from pathlib import Path

import pytest

from rushes.aws.bucket import Bucket
from rushes.errors import NotFound


def test_what_is_put_can_be_read_and_fetched(bucket: Bucket, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"moving pictures")
    bucket.put("me/film.mp4", tmp_path / "film.mp4")
    bucket.fetch("me/film.mp4", tmp_path / "again.mp4")
    assert bucket.read("me/film.mp4") == (tmp_path / "again.mp4").read_bytes() == b"moving pictures"


def test_what_is_not_there_is_not_found(bucket: Bucket, tmp_path: Path) -> None:
    for ask in (
        lambda: bucket.read("nothing"),
        lambda: bucket.fetch("nothing", tmp_path / "x"),
        lambda: bucket.copy("nothing", "x"),
    ):
        with pytest.raises(NotFound):
            ask()


def test_a_copy_lives_on_without_its_original(bucket: Bucket) -> None:
    bucket.put_bytes("one", b"same")
    bucket.copy("one", "two")
    bucket.delete_all("one")
    assert bucket.read("two") == b"same"


def test_deleting_a_prefix_deletes_everything_below_it_and_nothing_else(bucket: Bucket) -> None:
    for key in ("me/a/1", "me/a/2", "me/b/1"):
        bucket.put_bytes(key, b"x")
    bucket.delete_all("me/a/")
    bucket.delete_all("me/nothing/")
    assert bucket.read("me/b/1") == b"x"
    with pytest.raises(NotFound):
        bucket.read("me/a/1")


def test_a_link_names_the_file_and_expires(bucket: Bucket) -> None:
    link = bucket.link("me/film.mp4")
    assert "me/film.mp4?" in link
    assert "Expires" in link


def test_the_size_is_known_without_reading(bucket: Bucket) -> None:
    bucket.put_bytes("film.mp4", b"moving pictures")
    assert bucket.size("film.mp4") == 15
    with pytest.raises(NotFound):
        bucket.size("nothing")
