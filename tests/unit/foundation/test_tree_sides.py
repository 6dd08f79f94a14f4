"""Two checkpoints side by side, and what lies ahead of one."""

import pytest

from rushes.errors import NotFound
from rushes.studio.comparing import Comparison, compare
from rushes.studio.edits import outlook
from tests.unit.foundation.reels import Reel


def compared(reel: Reel, left: str, right: str, phase: str) -> Comparison:
    one, other = reel.at(phase, left).id, reel.at(phase, right).id
    return compare(reel.services, reel.production, (one, None), (other, None))


def test_sides_differ_in_what_was_edited_and_in_what_was_made_from_it() -> None:
    reel = Reel(auto_continue=True)
    reel.regenerate("storyboard", "beat_01", prompt="a red bicycle in the snow")
    reel.go_on("storyboard")
    found = compared(reel, "main", "main-1", "refine")
    different = {each.name: each for each in found.different}
    assert set(different) == {"beat_01", "chunk_01", "stitched", "final", "poster"}
    assert different["beat_01"].recipe["prompt"][1] == "a red bicycle in the snow"
    assert different["chunk_01"].recipe["made from beat_01"] == ("beat_01 v1", "beat_01 v2")
    assert set(found.same) == {"draft", "spec", "beat_00", "chunk_00", "music"}


def test_a_checkpoint_differs_in_nothing_from_itself() -> None:
    reel = Reel(auto_continue=True)
    assert compared(reel, "main", "main", "refine").different == ()


def test_sides_are_compared_at_the_revisions_that_are_asked_for() -> None:
    reel = Reel(auto_continue=True)
    reel.regenerate("storyboard", "beat_00")
    at = reel.at("storyboard").id
    found = compare(reel.services, reel.production, (at, 1), (at, 2))
    assert [(each.name, each.left and each.left.version) for each in found.different] == [("beat_00", 1)]
    with pytest.raises(NotFound):
        compare(reel.services, reel.production, (at, 3), (at, 1))


def test_each_side_says_what_its_branch_has_cost() -> None:
    reel = Reel(auto_continue=True)
    whole = compared(reel, "main", "main", "refine").left.branch_cost
    edited = reel.regenerate("storyboard", "beat_01")
    reel.go_on("storyboard")
    found = compared(reel, "main", "main-1", "refine")
    assert found.left.branch_cost == whole + edited.money.expected
    assert found.right.branch_cost == edited.later.money.expected


def test_what_lies_ahead_is_priced_to_the_end_and_costs_nothing_once_it_is_made() -> None:
    reel = Reel(pause_at=["storyboard"])
    at = reel.at("storyboard").id
    phases = list(reel.director.phases.values())
    ahead = outlook(reel.services, "me", reel.id, at, phases)
    before = reel.services.productions.status("me", reel.id).cost_micro_usd
    reel.go_on("storyboard")
    spent = reel.services.productions.status("me", reel.id).cost_micro_usd - before
    assert ahead.money.expected == spent > 0
    assert outlook(reel.services, "me", reel.id, at, phases).money.expected == 0
