"""Branches: what continuing does, how its execution ends, and what a production with many of them is."""

import re
from contextlib import suppress

import pytest

from rushes.errors import NotWaiting
from rushes.productions.checkpoint import Base
from rushes.productions.production import Edit
from rushes.studio import ending
from rushes.studio.adopting import Elsewhere
from rushes.studio.review import Rejected, reject
from tests.unit.foundation.reels import (
    PHASES,
    Reel,
    declines,
    declines_films,
    every_execution_is_accounted_for,
    nothing,
)


@pytest.fixture
def reel() -> Reel:
    """Two beats of five seconds."""
    return Reel()


# ---------------------------------------------------------------------- continue


def test_unedited_it_goes_on_on_its_own_branch(reel: Reel) -> None:
    done = reel.go_on("plan")
    assert (done.branch, done.next_phase, done.created_new_branch) == ("main", "storyboard", False)
    assert len(reel.services.executions.started) == 1


def test_edited_it_goes_on_on_a_new_branch_and_the_parked_execution_ends_well(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.regenerate("storyboard", "beat_00")
    done = reel.go_on("storyboard")
    assert (done.branch, done.next_phase, done.created_new_branch) == ("main-1", "chunks", True)
    assert reel.director.ended[f"{reel.id}-main-plan-1"] == "branched"
    assert reel.production.branch("main").status == "branched"
    assert reel.production.current.name == "main-1"
    child = reel.at("chunks", "main-1")
    assert child.base == Base(checkpoint_id=reel.at("storyboard").id, revision=2)
    assert child.selection["beat_00"].version == 2
    every_execution_is_accounted_for(reel)


def test_edited_and_edited_back_it_goes_on_on_its_own_branch(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.regenerate("storyboard", "beat_00")
    reel.adopt("storyboard", "beat_00", Elsewhere(reel.at("storyboard").id, revision=1))
    assert reel.go_on("storyboard").branch == "main"


def test_the_original_goes_on_after_the_edited_one(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.regenerate("storyboard", "beat_00")
    assert reel.go_on("storyboard").branch == "main-1"
    done = reel.go_on("storyboard", revision=1)
    assert (done.branch, done.created_new_branch) == ("main-2", True)
    versions = [reel.at("chunks", branch).selection["beat_00"].version for branch in ("main-1", "main-2")]
    assert versions == [2, 1]
    every_execution_is_accounted_for(reel)


def test_the_edited_one_goes_on_after_the_original(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.regenerate("storyboard", "beat_00")
    done = reel.go_on("storyboard", revision=1)
    assert (done.branch, done.created_new_branch) == ("main", False)
    assert reel.at("chunks").base == Base(checkpoint_id=reel.at("storyboard").id, revision=1)
    assert reel.at("chunks").selection["beat_00"].version == 1
    assert reel.go_on("storyboard").branch == "main-1"
    assert reel.version("beat_00", "chunks", "main-1") == 2
    assert {b.status for b in reel.production.branches.values()} == {"paused"}
    every_execution_is_accounted_for(reel)


def test_branches_are_named_after_theirs(reel: Reel) -> None:
    reel.go_to("storyboard")
    for number in (1, 2):
        reel.regenerate("storyboard", "beat_00")
        assert reel.go_on("storyboard").branch == f"main-{number}"
    reel.regenerate("chunks", "chunk_00", "main-1")
    assert reel.go_on("chunks", "main-1").branch == "main-1-1"
    reel.regenerate("plan", "draft", prompt="a kettle")
    assert reel.go_on("plan").branch == "main-3"
    reel.regenerate("refine", "poster", "main-1-1")
    assert reel.go_on("refine", "main-1-1").branch == "main-1-1-1"


def test_a_tree_is_as_deep_as_there_are_phases_and_every_level_is_a_film_of_its_own(reel: Reel) -> None:
    branch = "main"
    for phase, name in zip(PHASES, ("draft", "beat_00", "chunk_00", "poster"), strict=True):
        reel.regenerate(phase, name, branch)
        branch = reel.go_on(phase, branch).branch
    assert branch == "main-1-1-1-1"
    assert [b.status for b in reel.production.branches.values()] == ["branched"] * 4 + ["completed"]
    every_execution_is_accounted_for(reel)


def test_however_deep_a_branch_is_its_executions_have_legal_names_of_their_own(reel: Reel) -> None:
    production, names = reel.production, set[str]()
    for depth in range(40):
        branch = reel.production.branch("main").model_copy(update={"name": "main" + "-1" * depth})
        edit = Edit(checkpoint_id="cp_1", branch=branch.name, phase="storyboard", revision=12345)
        grown = production.model_copy(update={"branches": {branch.name: branch}, "edits": {edit.id: edit}})
        names |= {grown.execution_name(branch.name), grown.execution_name(edit.id)}
    assert len(names) == 80
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,80}", name) for name in names)


def test_a_checkpoint_that_was_approved_long_ago_is_edited_and_gone_on_from(reel: Reel) -> None:
    reel.to_the_end()
    film = reel.artifact("final", "refine")
    reel.regenerate("storyboard", "beat_01")
    assert reel.production.status == "completed"
    assert reel.go_on("storyboard").branch == "main-1"
    assert reel.production.status == "paused"
    reel.to_the_end("main-1")
    assert reel.production.status == "completed"
    assert reel.artifact("final", "refine", "main-1").sha256 != film.sha256
    assert reel.artifact("final", "refine") == film
    every_execution_is_accounted_for(reel)


def test_an_edited_last_checkpoint_is_completed_on_a_branch_with_a_film_of_its_own(reel: Reel) -> None:
    reel.go_to("refine")
    reel.regenerate("refine", "chunk_00")
    done = reel.go_on("refine")
    assert (done.branch, done.next_phase, done.created_new_branch) == ("main-1", None, True)
    branch = reel.production.branch("main-1")
    assert (reel.production.status, branch.status) == ("completed", "completed")
    work = reel.services.productions.work(reel.production, "main-1")
    selection = reel.at("refine").selection
    assert {name: item.version for name, item in work.items()} == {n: v.version for n, v in selection.items()}
    every_execution_is_accounted_for(reel)


def test_an_edited_last_checkpoint_of_a_completed_film_makes_another_film(reel: Reel) -> None:
    reel.to_the_end()
    reel.regenerate("refine", "poster")
    assert reel.go_on("refine").branch == "main-1"
    assert {b.status for b in reel.production.branches.values()} == {"completed"}
    with pytest.raises(NotWaiting):
        reel.go_on("refine", revision=1)


def test_after_a_failure_an_edit_of_an_earlier_checkpoint_leads_around_it(reel: Reel) -> None:
    reel.go_to("storyboard")
    reel.marked.before = declines_films
    reel.go_on("storyboard")
    assert reel.production.status == "failed"
    reel.marked.before = nothing
    reel.regenerate("storyboard", "beat_00")
    assert reel.production.status == "failed"
    assert reel.go_on("storyboard").branch == "main-1"
    reel.to_the_end("main-1")
    assert (reel.production.status, reel.production.branch("main").status) == ("completed", "failed")
    ending.retry(reel.services, "me", reel.id)
    reel.director.run()
    reel.to_the_end()
    assert reel.production.branch("main").status == "completed"
    every_execution_is_accounted_for(reel)


def test_what_somebody_continues_before_its_review_is_open_goes_on_once_and_is_not_lost(reel: Reel) -> None:
    """Between a checkpoint and its review; and with others who edit it just then."""

    def impatient(checkpoint_id: str) -> None:
        with suppress(NotWaiting):
            reel.director.continue_from(reel.id, checkpoint_id)

    reel.director.before_review = impatient
    reel.go_on("plan")
    reel.director.before_review = lambda checkpoint_id: None
    for branch in list(reel.production.branches):
        reel.to_the_end(branch)
    assert {b.status for b in reel.production.branches.values()} == {"completed"}
    every_execution_is_accounted_for(reel)


# ---------------------------------------------------------------------- profiles


def test_what_goes_on_by_itself_is_edited_later_and_its_branches_go_on_by_themselves_too() -> None:
    reel = Reel(auto_continue=True)
    assert reel.production.status == "completed"
    reel.made()
    reel.regenerate("storyboard", "beat_00")
    assert reel.go_on("storyboard").branch == "main-1"
    assert reel.production.branch("main-1").status == "completed"
    assert reel.made() == ["beat_00", "chunk_00", "final", "poster", "stitched"]
    assert reel.parked() == set()
    every_execution_is_accounted_for(reel)


def test_what_pauses_only_somewhere_pauses_there_on_every_branch() -> None:
    reel = Reel(pause_at=["chunks"])
    assert reel.production.current.phase == "chunks"
    reel.regenerate("storyboard", "beat_00")
    reel.go_on("storyboard")
    assert reel.production.branch("main-1").phase == "chunks"
    assert reel.production.branch("main-1").status == "paused"
    reel.go_on("chunks", "main-1")
    assert reel.production.branch("main-1").status == "completed"


# ---------------------------------------------------------------------- approve and reject


def rejected(reel: Reel, phase: str = "storyboard", comment: str = "too dark") -> None:
    reel.go_to(phase)
    reject(reel.services, "me", reel.id, reel.at(phase).id, comment, None)


def test_a_rejected_checkpoint_waits_for_an_edit_and_says_so(reel: Reel) -> None:
    rejected(reel)
    with pytest.raises(Rejected) as refused:
        reel.go_on("storyboard")
    assert refused.value.code == "REJECTED"
    assert refused.value.details["comment"] == "too dark"
    reel.regenerate("storyboard", "beat_00")
    assert reel.at("storyboard").status == "waiting"
    assert reel.go_on("storyboard").branch == "main-1"


def test_a_rejected_checkpoint_can_be_approved_after_all(reel: Reel) -> None:
    rejected(reel)
    done = reel.go_on("storyboard", approved=True, comment="no, it is good")
    assert done.branch == "main"
    assert (reel.at("storyboard").status, reel.at("storyboard").comment) == ("approved", "no, it is good")


def test_an_edit_that_comes_to_nothing_does_not_lift_a_rejection(reel: Reel) -> None:
    rejected(reel)
    reel.marked.before = declines
    reel.regenerate("storyboard", "beat_00")
    with pytest.raises(Rejected):
        reel.go_on("storyboard")


def test_what_was_approved_cannot_be_rejected(reel: Reel) -> None:
    reel.go_to("storyboard")
    with pytest.raises(NotWaiting):
        reject(reel.services, "me", reel.id, reel.at("plan").id, "no", None)


def test_a_decision_is_told_with_its_comment(reel: Reel) -> None:
    rejected(reel)
    reel.regenerate("storyboard", "beat_00")
    reel.go_on("storyboard", comment="now it shines")
    told = [(e["decision"], e["comment"], e["revision"]) for e in reel.events("checkpoint.reviewed")]
    assert told[-2:] == [("rejected", "too dark", 1), ("approved", "now it shines", 2)]


def test_every_phase_of_every_branch_has_one_checkpoint(reel: Reel) -> None:
    reel.to_the_end()
    reel.regenerate("plan", "draft")
    reel.go_on("plan")
    reel.to_the_end("main-1")
    found = [(c.branch, c.phase) for c, _ in reel.services.productions.tree("me", reel.id)]
    assert found == [("main", p) for p in PHASES] + [("main-1", p) for p in PHASES[1:]]
