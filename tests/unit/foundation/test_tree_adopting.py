"""Replacing, adopting and merging: what is there already takes another place."""

import pytest

from rushes.errors import BadRequest, NotFound
from rushes.studio.adopting import Elsewhere
from rushes.studio.edits import Unchanged
from tests.unit.foundation.reels import Reel, table


@pytest.fixture
def reel() -> Reel:
    """Two beats of five seconds."""
    return Reel()


# ---------------------------------------------------------------------- replace, adopt, merge


def test_another_picture_takes_a_pictures_place_and_the_film_is_made_from_it(reel: Reel) -> None:
    reel.go_to("chunks")
    other = reel.artifact("beat_01", "storyboard")
    reel.made()
    reel.replace("storyboard", "beat_00", other)
    assert reel.made() == ["beat_00"]
    reel.go_on("storyboard")
    assert reel.made() == ["chunk_00", "stitched"]


@pytest.mark.parametrize(
    ("phase", "name", "stale"),
    [
        ("storyboard", "beat_00", ["beat_00"]),
        ("chunks", "chunk_00", ["chunk_00", "stitched"]),
        ("chunks", "music", ["music"]),
        ("refine", "stitched", ["final", "poster", "stitched"]),
    ],
)
def test_what_was_there_is_adopted_back_for_nothing_and_is_the_very_same(
    reel: Reel, phase: str, name: str, stale: list[str]
) -> None:
    reel.go_to(phase)
    checkpoint = reel.at(phase)
    reel.regenerate(phase, name)
    reel.made()
    assert reel.at(phase).edited
    edited = reel.adopt(phase, name, Elsewhere(checkpoint.id, revision=1))
    assert (edited.status, list(edited.stale), edited.money.most) == ("ready", stale, 0)
    assert reel.made() == []
    assert reel.at(phase).selection == checkpoint.selection
    assert not reel.at(phase).edited
    assert reel.go_on(phase).branch == "main"


def test_a_chunk_is_adopted_from_another_branch_with_its_bytes_and_only_the_film_is_made_anew(
    reel: Reel,
) -> None:
    reel.go_to("chunks")
    reel.regenerate("storyboard", "beat_00")
    reel.go_on("storyboard")
    there = reel.at("chunks", "main-1")
    reel.regenerate("chunks", "chunk_01", "main-1")
    reel.made()
    edited = reel.adopt("chunks", "chunk_01", Elsewhere(reel.at("chunks", "main-1").id))
    assert edited.stale == ("chunk_01", "stitched")
    assert reel.made() == ["stitched"]
    assert reel.artifact("chunk_01", "chunks") == reel.artifact("chunk_01", "chunks", "main-1")
    assert reel.version("chunk_00", "chunks") != there.selection["chunk_00"].version


def test_merging_takes_all_that_differs_and_what_was_there_already_costs_nothing(reel: Reel) -> None:
    reel.go_to("chunks")
    reel.regenerate("storyboard", "beat_00")
    reel.go_on("storyboard")
    reel.regenerate("chunks", "music", "main-1")
    reel.made()
    edited = reel.merge("chunks", Elsewhere(reel.at("chunks", "main-1").id))
    assert edited.stale == ("beat_00", "chunk_00", "music", "stitched")
    assert (edited.status, reel.made()) == ("ready", [])
    assert reel.at("chunks").selection == reel.at("chunks", "main-1").selection


def test_merging_some_names_takes_those_and_makes_what_is_made_from_them(reel: Reel) -> None:
    reel.go_to("chunks")
    reel.regenerate("storyboard", "beat_00")
    reel.go_on("storyboard")
    reel.regenerate("chunks", "music", "main-1")
    reel.regenerate("chunks", "chunk_01", "main-1")
    reel.made()
    edited = reel.merge("chunks", Elsewhere(reel.at("chunks", "main-1").id), ["music", "chunk_01"])
    assert set(edited.names) == {"music", "chunk_01"}
    assert reel.made() == ["stitched"]
    assert reel.version("beat_00", "chunks") == 1


def test_merging_two_lines_that_changed_different_things_leaves_both_changes_where_they_are_named(
    reel: Reel,
) -> None:
    reel.go_to("storyboard")
    reel.regenerate("storyboard", "beat_00")
    reel.go_on("storyboard", revision=1)
    reel.go_on("storyboard")
    reel.regenerate("storyboard", "beat_01")
    reel.merge("storyboard", Elsewhere(reel.at("storyboard").id, revision=1), ["beat_00"])
    assert (reel.version("beat_00", "storyboard"), reel.version("beat_01", "storyboard")) == (1, 2)


def test_adopting_what_is_there_changes_nothing_and_what_is_not_there_is_not_found(reel: Reel) -> None:
    reel.go_to("storyboard")
    here = Elsewhere(reel.at("storyboard").id)
    before = table(reel.services)
    with pytest.raises(Unchanged):
        reel.adopt("storyboard", "beat_00", here)
    with pytest.raises(Unchanged):
        reel.merge("storyboard", here)
    with pytest.raises(NotFound):
        reel.adopt("storyboard", "beat_00", Elsewhere(reel.at("plan").id))
    with pytest.raises(NotFound):
        reel.adopt("storyboard", "beat_00", Elsewhere("cp_nobody"))
    with pytest.raises(BadRequest):
        reel.adopt("storyboard", "beat_00", here, from_name="spec")
    assert table(reel.services) == before


@pytest.mark.parametrize("phase", ["chunks", "refine"])
def test_two_pictures_that_changed_places_can_be_gone_on_from_and_edited_later(
    reel: Reel, phase: str
) -> None:
    reel.go_to("storyboard")
    there = Elsewhere(reel.at("storyboard").id, revision=1)
    reel.adopt("storyboard", "beat_00", there, from_name="beat_01")
    reel.adopt("storyboard", "beat_01", there, from_name="beat_00")
    reel.go_on("storyboard")
    reel.go_to(phase, "main-1")
    reel.made()
    reel.regenerate(phase, "chunk_00", "main-1")
    assert "chunk_00" in reel.made()


def test_a_picture_that_was_replaced_by_a_version_of_itself_can_be_edited_around_later(reel: Reel) -> None:
    reel.go_to("storyboard")
    first = reel.artifact("beat_00", "storyboard")
    reel.regenerate("storyboard", "beat_00")
    reel.replace("storyboard", "beat_00", first)
    reel.go_on("storyboard")
    reel.made()
    reel.regenerate("chunks", "chunk_00", "main-1")
    assert reel.made() == ["chunk_00", "stitched"]


def test_what_was_put_in_a_pictures_place_does_not_change_with_the_picture_it_came_from(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.adopt("storyboard", "beat_00", Elsewhere(reel.at("storyboard").id), from_name="beat_01")
    before = reel.artifact("beat_00", "storyboard")
    reel.regenerate("storyboard", "beat_01")
    assert reel.artifact("beat_00", "storyboard") == before
