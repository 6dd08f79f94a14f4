"""Editing at a checkpoint: the phase is run again with overrides, and what has not changed is reused for nothing."""

import pytest

from rushes.errors import BadRequest, Conflict, NotFound, Refused
from rushes.productions.recipe import Recipe
from rushes.studio.adopting import Elsewhere
from rushes.studio.changes import Wishes, regenerated, rewritten
from rushes.studio.edits import Unchanged
from tests.unit.foundation.reels import Reel, rewriting, table


@pytest.fixture
def reel() -> Reel:
    """Two beats of five seconds."""
    return Reel()


@pytest.fixture
def long() -> Reel:
    """Five beats; `beat_01` has ten seconds, and so two chunks."""
    return Reel(duration=30)


def twelve_beats() -> Reel:
    """Sixty seconds in beats of five."""
    reel = Reel(duration=60)
    count = len(reel.director.spec(reel.id)["beats"])
    sequence = [{"index": index, "seconds": 5} for index in range(count - 1)]
    sequence += [{"beat": "detail_showcase", "seconds": 5}] * (12 - count) + [{"index": count - 1}]
    reel.rewrite({"beats": sequence})
    reel.go_on("plan")
    return reel


# ---------------------------------------------------------------------- regenerate


def test_of_twelve_beats_one_image_is_made_again_and_then_its_chunk_and_the_film_and_nothing_else() -> None:
    reel = twelve_beats()
    reel.to_the_end("main-1")
    assert len([name for name in reel.at("storyboard", "main-1").selection if "beat" in name]) == 12
    reel.made()
    edited = reel.regenerate("storyboard", "beat_02", "main-1")
    assert edited.stale == ("beat_02",)
    assert reel.made() == ["beat_02"]
    reel.go_on("storyboard", "main-1")
    assert reel.made() == ["chunk_02", "stitched"]
    reel.to_the_end("main-1-1")
    assert reel.made() == ["final", "poster"]


def test_a_chunk_made_again_makes_the_later_chunks_of_its_own_chain_and_the_film_and_nothing_else(
    long: Reel,
) -> None:
    long.go_to("chunks")
    long.made()
    edited = long.regenerate("chunks", "chunk_01")
    assert edited.stale == ("chunk_01", "chunk_01_2", "stitched")
    assert long.made() == ["chunk_01", "chunk_01_2", "stitched"]
    long.regenerate("chunks", "chunk_01_2")
    assert long.made() == ["chunk_01_2", "stitched"]
    long.regenerate("chunks", "chunk_00")
    assert long.made() == ["chunk_00", "stitched"]


def test_music_made_again_leaves_the_pictures_alone(reel: Reel) -> None:
    reel.go_to("chunks")
    reel.made()
    assert reel.regenerate("chunks", "music").stale == ("music",)
    assert reel.made() == ["music"]


def test_a_poster_made_again_is_another_one(reel: Reel) -> None:
    reel.go_to("refine")
    before = reel.artifact("poster", "refine")
    reel.made()
    reel.regenerate("refine", "poster")
    assert reel.made() == ["poster"]
    assert reel.artifact("poster", "refine").sha256 != before.sha256


def test_what_an_earlier_phase_made_is_made_again_at_a_later_checkpoint_with_all_that_is_made_from_it(
    long: Reel,
) -> None:
    long.go_to("refine")
    long.made()
    assert long.regenerate("refine", "chunk_01_2").stale == ("chunk_01_2", "final", "poster", "stitched")
    assert long.made() == ["chunk_01_2", "final", "poster", "stitched"]
    long.regenerate("refine", "beat_01")
    assert long.made() == ["beat_01", "chunk_01", "chunk_01_2", "final", "poster", "stitched"]
    assert long.version("beat_01", "storyboard") == 1


def test_made_again_is_another_take_and_everything_that_was_there_stays(reel: Reel) -> None:
    reel.go_to("storyboard")
    before = reel.artifact("beat_00", "storyboard")
    files = dict(reel.services.bucket.files)
    reel.regenerate("storyboard", "beat_00")
    after = reel.artifact("beat_00", "storyboard")
    assert (before.version, after.version) == (1, 2)
    recipes = [reel.services.productions.recipe(reel.production, a.fingerprint) for a in (before, after)]
    assert [recipe.take for recipe in recipes] == [1, 2]
    assert recipes[0].seed != recipes[1].seed
    assert recipes[0].prompt == recipes[1].prompt
    assert reel.services.bucket.files.items() >= files.items()


def test_made_again_and_again_is_always_something_that_was_never_made(reel: Reel) -> None:
    reel.go_to("storyboard")
    for _ in range(4):
        reel.regenerate("storyboard", "beat_00")
    assert len({recipe.fingerprint for recipe in reel.marked.made}) == len(reel.marked.made)
    assert reel.version("beat_00", "storyboard") == 5


def test_a_prompt_a_seed_and_a_model_change_the_recipe_and_nothing_else(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.regenerate("storyboard", "beat_00", prompt="a blue bicycle", seed=7)
    made = reel.marked.made[-1]
    assert (made.prompt, made.seed, made.take) == ("a blue bicycle", 7, 1)
    reel.regenerate("storyboard", "beat_00", seed=8)
    made = reel.marked.made[-1]
    assert (made.prompt, made.seed) == ("a blue bicycle", 8)


def test_asking_for_the_same_wish_again_is_another_take_of_it(reel: Reel) -> None:
    reel.go_to("storyboard")
    for _ in range(3):
        reel.regenerate("storyboard", "beat_00", prompt="a blue bicycle")
    last = [recipe for recipe in reel.marked.made if recipe.prompt == "a blue bicycle"]
    assert len({recipe.fingerprint for recipe in last}) == 3


def test_what_was_there_once_is_had_back_for_nothing_by_asking_for_it(reel: Reel) -> None:
    reel.go_to("storyboard")
    usual = reel.marked.made[-2].prompt
    reel.regenerate("storyboard", "beat_00", prompt="a blue bicycle")
    reel.made()
    assert reel.regenerate("storyboard", "beat_00", prompt=usual).status == "ready"
    assert reel.made() == []
    assert reel.version("beat_00", "storyboard") == 1


def test_a_picture_that_was_replaced_is_made_again_as_something_new(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.adopt("storyboard", "beat_00", Elsewhere(reel.at("storyboard").id), from_name="beat_01")
    reel.made()
    reel.regenerate("storyboard", "beat_00")
    assert reel.made() == ["beat_00"]
    assert reel.version("beat_00", "storyboard") not in (1, 2)


@pytest.mark.parametrize("phase", ["storyboard", "chunks", "refine"])
def test_a_picture_that_was_replaced_is_made_again_from_a_prompt_at_whichever_checkpoint(
    reel: Reel, phase: str
) -> None:
    reel.go_to(phase)
    reel.adopt(phase, "beat_00", Elsewhere(reel.at(phase).id), from_name="beat_01")
    reel.regenerate(phase, "beat_00", prompt="a blue bicycle")
    fingerprint = reel.artifact("beat_00", phase).fingerprint
    assert reel.services.productions.recipe(reel.production, fingerprint).prompt == "a blue bicycle"


def test_the_wrong_model_for_a_thing_is_refused_and_changes_nothing(reel: Reel) -> None:
    reel.go_to("chunks")
    before = table(reel.services)
    for name, wishes in (
        ("beat_00", {"model": "sketch"}),
        ("chunk_00", {"model": "nobody"}),
        ("stitched", {"prompt": "better"}),
        ("spec", {}),
        ("draft", {"prompt": "another film"}),
    ):
        with pytest.raises(BadRequest):
            reel.regenerate("chunks", name, **wishes)
    with pytest.raises(NotFound):
        reel.regenerate("chunks", "final")
    assert table(reel.services) == before


# ---------------------------------------------------------------------- texts


def test_the_spec_made_again_is_another_draft_and_what_the_rules_make_of_it(reel: Reel) -> None:
    edited = reel.regenerate("plan", "spec")
    assert edited.names == ("draft",)
    assert set(edited.stale) == {"draft", "spec"}
    assert (reel.version("draft", "plan"), reel.version("spec", "plan")) == (2, 2)


def test_a_draft_from_another_prompt_is_about_something_else_and_the_film_follows_it(reel: Reel) -> None:
    reel.regenerate("plan", "draft", prompt="an ad for a green kettle")
    assert reel.production.request["prompt"] == "an ad for a red bicycle"
    assert "kettle" in str(reel.director.spec(reel.id))
    assert reel.go_on("plan").branch == "main-1"
    assert "kettle" in reel.marked.made[-1].prompt


def test_a_spec_in_a_persons_words_ends_with_the_next_draft(reel: Reel) -> None:
    reel.rewrite({"title": "Mine"})
    reel.regenerate("plan", "spec")
    assert reel.director.spec(reel.id)["title"] != "Mine"


def test_the_spec_is_edited_where_it_was_written_and_nowhere_else(reel: Reel) -> None:
    reel.go_to("storyboard")
    with pytest.raises(Conflict) as refused:
        reel.edit("storyboard", rewriting({"title": "Mine"}))
    assert refused.value.details["checkpoint_id"] == reel.at("plan").id


def test_a_document_that_fits_no_row_is_refused_and_nothing_is_changed(reel: Reel) -> None:
    reel.go_to("storyboard")
    before = table(reel.services)
    with pytest.raises(BadRequest, match="400 kB; 300 kB are the most"):
        reel.edit("plan", rewritten("spec", lambda spec, brief: {**spec, "title": "x" * 399_000}))
    assert table(reel.services) == before


def test_a_beat_that_is_rewritten_changes_its_own_picture_and_no_other(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.made()
    edited = reel.rewrite({"beats": {"0": {"action": "a bicycle falls from the sky"}}})
    assert (edited.status, edited.stale, edited.reused) == ("ready", ("spec",), ("draft",))
    assert edited.later.exact
    assert reel.go_on("plan").branch == "main-1"
    assert reel.made() == ["beat_00"]
    assert reel.artifact("beat_01", "storyboard", "main-1") == reel.artifact("beat_01", "storyboard")


def test_beats_that_change_places_are_other_pictures_and_one_that_is_taken_out_leaves_the_rest(
    long: Reel,
) -> None:
    long.go_to("storyboard")
    long.made()
    long.rewrite({"beats": [{"index": 0}, {"index": 3}, {"index": 2}, {"index": 1}, {"index": 4}]})
    long.go_on("plan")
    assert long.made() == ["beat_01", "beat_03"]
    long.rewrite({"beats": [{"index": 0}, {"index": 3}, {"index": 2, "seconds": 10}, {"index": 4}]})
    long.go_on("plan")
    assert long.made() == ["beat_03"]
    assert "beat_04" not in long.at("storyboard", "main-2").selection


def test_saying_what_is_there_already_changes_nothing(reel: Reel) -> None:
    before = table(reel.services)
    for changes in ({}, {"title": reel.director.spec(reel.id)["title"]}):
        with pytest.raises(Unchanged):
            reel.rewrite(changes)
    assert table(reel.services) == before


# ---------------------------------------------------------------------- previews


WANTS = {
    "plan": [
        regenerated("draft", Wishes()),
        rewriting({"title": "Mine"}),
        regenerated("draft", Wishes(prompt="a kettle")),
    ],
    "storyboard": [regenerated("beat_00", Wishes()), regenerated("beat_01", Wishes(prompt="blue"))],
    "chunks": [
        regenerated("chunk_00", Wishes()),
        regenerated("beat_01", Wishes()),
        regenerated("music", Wishes()),
    ],
    "refine": [regenerated("final", Wishes()), regenerated("chunk_00", Wishes(seed=3))],
}


@pytest.mark.parametrize("phase", WANTS)
def test_a_preview_changes_nothing_and_says_what_doing_it_then_makes(reel: Reel, phase: str) -> None:
    reel.go_to(phase)
    for want in WANTS[phase]:
        before = table(reel.services), dict(reel.services.bucket.files)
        selection = reel.at(phase).selection
        reel.made()
        preview = reel.edit(phase, want, preview=True)
        assert (table(reel.services), dict(reel.services.bucket.files)) == before
        assert (preview.status, preview.revision, reel.made()) == ("preview", None, [])
        done = reel.edit(phase, want)
        assert done.stale == preview.stale
        assert done.items == preview.items
        assert reel.made() == sorted(item.name for item in preview.items if not item.reused)
        after = reel.at(phase).selection
        assert {name for name in after if after[name] != selection[name]} == set(preview.stale)
        assert set(preview.reused) == set(after) - set(preview.stale)


# ---------------------------------------------------------------------- several edits


def test_every_edit_builds_on_the_ones_before(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.regenerate("storyboard", "beat_00", prompt="blue")
    reel.regenerate("storyboard", "beat_01", prompt="green")
    selection = reel.at("storyboard").selection
    assert (selection["beat_00"].version, selection["beat_01"].version) == (2, 2)
    assert reel.at("storyboard").revision == 3
    assert reel.director.revision(reel.id, reel.at("storyboard").id, 3).based_on == 2


def test_an_edit_asked_for_while_another_is_made_holds_both(reel: Reel) -> None:
    reel.go_to("storyboard")
    for name in ("beat_00", "beat_01"):
        reel.edit("storyboard", regenerated(name, Wishes()), run=False)
    assert reel.at("storyboard").pending == (2, 3)
    reel.director.run()
    checkpoint = reel.at("storyboard")
    assert (checkpoint.pending, checkpoint.revision) == ((), 3)
    assert (checkpoint.selection["beat_00"].version, checkpoint.selection["beat_01"].version) == (2, 2)
    assert len({recipe.fingerprint for recipe in reel.marked.made}) == len(reel.marked.made)


def test_whichever_is_ready_first_the_newest_edit_is_what_is_shown(reel: Reel) -> None:
    reel.go_to("storyboard")
    for name in ("beat_00", "beat_01"):
        reel.edit("storyboard", regenerated(name, Wishes()), run=False)
    reel.director.run(newest_first=True)
    checkpoint = reel.at("storyboard")
    assert checkpoint.revision == 3
    assert checkpoint.selection == reel.director.revision(reel.id, checkpoint.id, 3).selection


def test_what_an_edit_makes_is_what_its_price_is_the_sum_of_also_while_another_is_pending(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.edit("storyboard", regenerated("beat_00", Wishes()), run=False)
    second = reel.edit("storyboard", regenerated("beat_01", Wishes()), run=False)
    assert [item.name for item in second.items] == ["beat_01"]
    assert second.seconds == sum(item.seconds for item in second.items)


def test_an_edit_that_fails_leaves_the_checkpoint_as_it_was_and_the_next_builds_on_the_last_good_one(
    reel: Reel,
) -> None:
    def declines(recipe: Recipe) -> None:
        if recipe.prompt == "something forbidden":
            raise Refused("the model does not want to")

    reel.go_to("storyboard")
    reel.regenerate("storyboard", "beat_00", prompt="blue")
    reel.marked.before = declines
    reel.regenerate("storyboard", "beat_00", prompt="something forbidden")
    checkpoint = reel.at("storyboard")
    assert (checkpoint.revision, checkpoint.pending, checkpoint.status) == (2, (), "waiting")
    failed = reel.director.revision(reel.id, checkpoint.id, 3)
    assert failed.status == "failed"
    assert failed.failure
    assert (failed.failure.item, failed.failure.message) == ("beat_00", "the model does not want to")
    assert reel.production.status == "paused"
    reel.regenerate("storyboard", "beat_01")
    newest = reel.director.revision(reel.id, checkpoint.id, 4)
    assert (newest.based_on, newest.status) == (2, "ready")
    assert newest.selection["beat_00"].version == 2
    assert [(e["revision"], e["status"]) for e in reel.events("checkpoint.edited")][-4:] == [
        (3, "pending"), (3, "failed"), (4, "pending"), (4, "ready"),
    ]  # fmt: skip


def test_nothing_is_left_in_the_status_of_an_edit_that_has_ended(reel: Reel) -> None:
    def declines(recipe: Recipe) -> None:
        if recipe.take == 3:
            raise Refused("no")

    reel.go_to("storyboard")
    reel.marked.before = declines
    for _ in range(2):
        reel.regenerate("storyboard", "beat_00")
    status = reel.services.productions.status("me", reel.id)
    assert [item.name for item in status.work if item.edit] == []
