"""How edits end: ready, failed, cancelled, lost, too dear."""

from contextlib import suppress

import pytest

from rushes.errors import Conflict, IllegalMove, NotWaiting
from rushes.productions.recipe import Recipe
from rushes.records.productions import save_production
from rushes.studio import ending
from rushes.studio.adopting import Elsewhere
from rushes.studio.changes import Wishes, regenerated
from rushes.studio.cursor import Stopped, stopped
from rushes.studio.review import Pending
from tests.unit.foundation.reels import (
    Reel,
    declines_films,
    every_execution_is_accounted_for,
    nothing,
    table,
)


@pytest.fixture
def reel() -> Reel:
    """Two beats of five seconds."""
    return Reel()


# ---------------------------------------------------------------------- pending edits


def test_nobody_goes_on_while_an_edit_is_made_unless_they_say_from_which_revision(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.edit("storyboard", regenerated("beat_00", Wishes()), run=False)
    with pytest.raises(Pending):
        reel.director.continue_from(reel.id, reel.at("storyboard").id)
    with pytest.raises(NotWaiting):
        reel.director.continue_from(reel.id, reel.at("storyboard").id, revision=2)
    assert reel.go_on("storyboard", revision=1).branch == "main"
    assert reel.at("storyboard").revision == 2
    every_execution_is_accounted_for(reel)


def test_cancelling_ends_the_edits_too(reel: Reel) -> None:
    reel.go_to("storyboard")
    for name in ("beat_00", "beat_01"):
        reel.edit("storyboard", regenerated(name, Wishes()), run=False)
    edits = [reel.production.execution_name(edit) for edit in reel.production.edits]
    ending.cancel(reel.services, "me", reel.id)
    assert reel.production.status == "cancelled"
    assert reel.services.executions.dead.issuperset(edits)
    checkpoint = reel.at("storyboard")
    assert (checkpoint.pending, checkpoint.revision) == ((), 1)
    for number in (2, 3):
        failed = reel.director.revision(reel.id, checkpoint.id, number)
        assert failed.failure
        assert failed.failure.code == "CANCELLED"
    reel.director.run()
    with pytest.raises(IllegalMove):
        reel.regenerate("storyboard", "beat_00")
    every_execution_is_accounted_for(reel)


def test_however_many_edits_are_asked_for_at_once_cancelling_ends_all_that_were_begun(reel: Reel) -> None:
    reel.go_to("storyboard")
    for _ in range(60):
        with suppress(Conflict):  # there may be a limit
            reel.edit("storyboard", regenerated("beat_00", Wishes()), run=False)
    ending.cancel(reel.services, "me", reel.id)
    assert (reel.production.status, reel.production.edits) == ("cancelled", {})
    assert reel.at("storyboard").pending == ()


def test_what_was_cancelled_stays_cancelled_also_where_an_older_branch_had_failed(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.marked.before = declines_films
    reel.go_on("storyboard")
    reel.marked.before = nothing
    reel.regenerate("storyboard", "beat_00")
    reel.go_on("storyboard")
    ending.cancel(reel.services, "me", reel.id)
    assert reel.production.status == "cancelled"
    with pytest.raises(IllegalMove):
        ending.retry(reel.services, "me", reel.id)
    assert reel.production.status == "cancelled"


def test_cancelling_ends_what_goes_on_and_keeps_what_is_finished(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.regenerate("storyboard", "beat_00")
    reel.go_on("storyboard", revision=1)
    reel.go_on("storyboard")
    reel.to_the_end("main-1")
    branches = ending.cancel(reel.services, "me", reel.id).branches
    assert (branches["main"].status, branches["main-1"].status) == ("cancelled", "completed")
    every_execution_is_accounted_for(reel)


def test_an_edit_whose_execution_was_lost_is_made_by_another(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.edit("storyboard", regenerated("beat_00", Wishes()), run=False)
    (edit,) = reel.production.edits
    lost = reel.production.execution_name(edit)
    reel.services.executions.dead.add(lost)
    told = Stopped("me", reel.id, "main", edit, lost, "States.ServiceRestart", "")
    stopped(reel.services, told)
    stopped(reel.services, told)
    assert reel.production.execution_name(edit) != lost
    reel.director.run()
    assert (reel.at("storyboard").revision, reel.made()) == (2, ["beat_00", "beat_00", "beat_01", "draft"])
    every_execution_is_accounted_for(reel)


def test_an_edit_whose_start_was_lost_is_woken_by_a_retry(reel: Reel) -> None:
    reel.go_to("storyboard")
    start = reel.services.executions.start
    reel.services.executions.start = lambda *_: 1 / 0
    with pytest.raises(ZeroDivisionError):
        reel.regenerate("storyboard", "beat_00")
    reel.services.executions.start = start
    assert reel.at("storyboard").pending == (2,)
    ending.retry(reel.services, "me", reel.id)
    reel.director.run()
    assert reel.at("storyboard").revision == 2
    assert reel.production.status == "paused"


def test_a_result_that_comes_after_its_edit_has_ended_is_kept(reel: Reel) -> None:
    reel.go_to("storyboard")

    def cancels(recipe: Recipe) -> None:
        if recipe.take == 2:
            ending.cancel(reel.services, "me", reel.id)

    reel.marked.before = cancels
    reel.regenerate("storyboard", "beat_00")
    versions = reel.services.productions.artifacts(reel.production, "beat_00")
    assert [(a.version, a.ready) for a in versions] == [(1, True), (2, True)]
    assert reel.at("storyboard").selection["beat_00"].version == 1


def test_deleting_leaves_nothing_of_branches_edits_and_revisions(reel: Reel) -> None:
    reel.go_to("chunks")
    reel.regenerate("storyboard", "beat_00")
    reel.go_on("storyboard")
    reel.edit("chunks", regenerated("chunk_00", Wishes()), "main-1", run=False)
    ending.delete(reel.services, "me", reel.id)
    assert [key for key in table(reel.services) if reel.id in f"{key}"] == []
    assert reel.services.bucket.files == {}
    assert [key for key in table(reel.services) if "#render#" in key[0]] == []


# ---------------------------------------------------------------------- budgets


def test_an_edit_that_does_not_fit_the_budget_fails_alone() -> None:
    reel = Reel(budget_usd=0.08)  # a draft and two images
    reel.go_to("storyboard")
    reel.regenerate("storyboard", "beat_00")
    failed = reel.director.revision(reel.id, reel.at("storyboard").id, 2)
    assert failed.failure
    assert failed.failure.code == "BUDGET_EXCEEDED"
    assert (reel.production.status, reel.production.branch("main").failure) == ("paused", None)


def test_what_is_held_by_its_budget_is_not_ended_by_a_branch_beside_it() -> None:
    reel = Reel(budget_usd=0.32)  # a draft, two images and one chunk of two
    reel.go_to("storyboard")
    reel.go_on("storyboard")
    assert reel.production.branch("main").held
    reel.rewrite({"title": "Mine"})
    reel.adopt("storyboard", "beat_00", Elsewhere(reel.at("storyboard").id), from_name="beat_01")
    reel.go_on("storyboard")
    assert reel.production.branch("main").held
    before = reel.services.productions.load("me", reel.id)
    reel.services.productions.commit(before, [save_production(before.with_budget(None))], [])
    ending.retry(reel.services, "me", reel.id)
    reel.director.run()
    assert reel.at("chunks").selection["beat_00"].version == 1
