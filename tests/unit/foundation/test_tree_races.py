"""Several people at one checkpoint, and functions that die: one wins, the others hear of it, and nothing is mixed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from rushes.aws.clock import stamp
from rushes.errors import Conflict, NotWaiting
from rushes.studio import ending
from rushes.studio.adopting import Elsewhere
from rushes.studio.changes import Wishes, regenerated
from rushes.studio.review import Pending, reject
from tests.unit.foundation.reels import Reel, table


@pytest.fixture
def reel() -> Reel:
    """Two beats, and a person at the storyboard."""
    reel = Reel()
    reel.go_to("storyboard")
    return reel


def meanwhile(reel: Reel, does: Callable[[], Any]) -> None:
    """Right before the next commit somebody else is quicker."""
    productions = reel.services.productions
    commit = productions.commit

    def slow(*arguments: Any) -> None:
        productions.commit = commit  # type: ignore[method-assign]
        does()
        commit(*arguments)

    productions.commit = slow  # type: ignore[method-assign]


def edits(reel: Reel, name: str = "beat_00", **how: Any) -> Any:
    return reel.edit("storyboard", regenerated(name, Wishes()), run=False, **how)


def goes_on(reel: Reel, **wish: Any) -> Any:
    return reel.director.continue_from(reel.id, reel.at("storyboard").id, **wish)


def rejects(reel: Reel, changes: int | None = None) -> Any:
    return reject(reel.services, "me", reel.id, reel.at("storyboard").id, "no", changes)


def decisions(reel: Reel) -> int:
    return len(reel.events("checkpoint.edited") + reel.events("checkpoint.reviewed"))


DEEDS = {"edits": edits, "goes_on": goes_on, "rejects": rejects}


@pytest.mark.parametrize("first", DEEDS)
@pytest.mark.parametrize("second", DEEDS)
def test_of_two_at_once_one_wins_and_the_other_is_told_the_version_there_is_now(
    reel: Reel, first: str, second: str
) -> None:
    version, told = reel.at("storyboard").changes, decisions(reel)
    meanwhile(reel, lambda: DEEDS[first](reel))
    with pytest.raises(Conflict) as refused:
        DEEDS[second](reel)
    assert refused.value.status == 409
    checkpoint = reel.at("storyboard")
    assert refused.value.details["version"] == checkpoint.changes == version + 1
    assert refused.value.details["revision"] == checkpoint.revision
    assert decisions(reel) == told + 1


@pytest.mark.parametrize("deed", DEEDS)
def test_whoever_looked_at_an_older_version_is_refused_and_nothing_is_changed(reel: Reel, deed: str) -> None:
    looked_at = reel.at("storyboard").changes
    reel.regenerate("storyboard", "beat_01")
    before = table(reel.services)
    with pytest.raises(Conflict) as refused:
        DEEDS[deed](reel, changes=looked_at)
    assert refused.value.details["version"] == looked_at + 1
    assert table(reel.services) == before


def test_whoever_looked_at_the_newest_version_is_heard(reel: Reel) -> None:
    reel.regenerate("storyboard", "beat_01")
    assert edits(reel, changes=reel.at("storyboard").changes).status == "pending"
    reel.director.run()
    assert goes_on(reel, changes=reel.at("storyboard").changes).branch == "main-1"


def test_an_edit_that_is_ready_meanwhile_is_no_change_to_whoever_edits(reel: Reel) -> None:
    edits(reel)
    meanwhile(reel, reel.director.run)
    edits(reel, "beat_01")
    reel.director.run()
    selection = reel.at("storyboard").selection
    assert (selection["beat_00"].version, selection["beat_01"].version) == (2, 2)


def test_two_edits_that_become_ready_at_once_are_both_ready(reel: Reel) -> None:
    edits(reel)
    edits(reel, "beat_01")
    checkpoint = reel.at("storyboard")
    meanwhile(reel, lambda: None)
    reel.director.run()
    for number in (2, 3):
        assert reel.director.revision(reel.id, checkpoint.id, number).status == "ready"
    assert (reel.at("storyboard").pending, reel.production.edits) == ((), {})


def test_of_two_who_go_on_from_an_edited_checkpoint_one_gets_a_branch(reel: Reel) -> None:
    reel.regenerate("storyboard", "beat_00")
    meanwhile(reel, lambda: goes_on(reel))
    with pytest.raises(Conflict):
        goes_on(reel)
    assert list(reel.production.branches) == ["main", "main-1"]
    with pytest.raises(NotWaiting) as refused:
        goes_on(reel)
    assert refused.value.details["branch"] == "main-1"


def test_an_editor_and_a_continuer_of_another_checkpoint_do_not_meet(reel: Reel) -> None:
    meanwhile(reel, lambda: reel.edit("plan", regenerated("draft", Wishes()), run=False))
    assert goes_on(reel).branch == "main"
    reel.director.run()
    assert (reel.at("plan").revision, reel.at("chunks").selection["spec"].version) == (2, 1)


def test_an_edit_begun_while_the_branch_renders_goes_its_own_way(reel: Reel) -> None:
    asked: list[str] = []

    def edits_meanwhile(recipe: Any) -> None:
        if recipe.media == "video" and not asked:
            asked.append(edits(reel).what)

    reel.marked.before = edits_meanwhile
    reel.go_on("storyboard")
    assert asked == ["beat_00 regenerated"]
    assert (reel.at("storyboard").revision, reel.at("chunks").selection["beat_00"].version) == (2, 1)
    assert reel.production.status == "paused"


def test_who_dies_after_ending_the_parked_execution_leaves_a_branch_that_can_be_gone_on_from(
    reel: Reel,
) -> None:
    reel.regenerate("storyboard", "beat_00")
    meanwhile(reel, lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        goes_on(reel)
    reel.director.run()
    assert reel.production.branch("main").status == "paused"
    assert reel.go_on("storyboard", revision=1).branch == "main"
    assert reel.at("chunks").selection["beat_00"].version == 1
    assert reel.go_on("storyboard").branch == "main-1"


def test_who_dies_before_starting_the_new_branch_is_heard_when_it_is_sent_again(reel: Reel) -> None:
    reel.regenerate("storyboard", "beat_00")
    start = reel.services.executions.start
    reel.services.executions.start = lambda *_: 1 / 0
    with pytest.raises(ZeroDivisionError):
        goes_on(reel)
    reel.services.executions.start = start
    with pytest.raises(NotWaiting):
        goes_on(reel)
    reel.director.run()
    assert reel.production.branch("main-1").status == "paused"
    assert list(reel.production.branches) == ["main", "main-1"]


def test_cancelling_beats_an_edit_that_begins(reel: Reel) -> None:
    meanwhile(reel, lambda: ending.cancel(reel.services, "me", reel.id))
    with pytest.raises(Conflict):
        edits(reel)
    assert (reel.production.status, reel.production.edits) == ("cancelled", {})


def test_cancelling_beats_an_edit_that_is_ready_at_once(reel: Reel) -> None:
    reel.regenerate("storyboard", "beat_00")
    there = Elsewhere(reel.at("storyboard").id, revision=1)
    meanwhile(reel, lambda: ending.cancel(reel.services, "me", reel.id))
    with pytest.raises(Conflict):
        reel.adopt("storyboard", "beat_00", there)
    assert reel.at("storyboard").revision == 2


def test_pending_is_told_with_what_is_pending(reel: Reel) -> None:
    edits(reel)
    with pytest.raises(Pending) as refused:
        goes_on(reel)
    assert (refused.value.code, refused.value.details["pending"]) == ("EDIT_PENDING", [2])


def test_whoever_asked_before_it_was_approved_or_a_moment_later_meant_the_one_that_waited() -> None:
    reel = Reel(pause_at=["plan"])
    reel.go_on("plan")
    approved = datetime.fromisoformat(str(reel.at("plan").approved_at))
    for late in (-1, 0, 1):
        with pytest.raises(NotWaiting):
            reel.go_on("plan", asked_at=stamp(approved + timedelta(seconds=late)))
    assert reel.go_on("plan", asked_at=stamp(approved + timedelta(seconds=3))).branch == "main-1"


def test_whoever_says_what_they_saw_goes_on_from_it_at_once() -> None:
    reel = Reel(pause_at=["plan"])
    reel.go_on("plan")
    plan = reel.at("plan")
    asked = reel.go_on("plan", asked_at=plan.approved_at, changes=plan.changes)
    assert asked.created_new_branch
