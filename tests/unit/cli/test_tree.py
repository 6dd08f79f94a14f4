"""The review tree as a person sees it, and how a checkpoint is named."""

import json

import pytest

from infra.cli.terminal import DONE, WRONG
from tests.unit.cli.reviewed import BOARD, CHUNKS, OTHER, PLAN, has_a_tree, node, production, roots
from tests.unit.cli.studio import ONE, PRODUCTION, Studio, data, rushes


def lines(told: str) -> dict[str, str]:
    """Checkpoint → its line."""
    return {id: line for id in (PLAN, BOARD, CHUNKS, OTHER) for line in told.splitlines() if id[-6:] in line}


def test_the_tree_says_of_each_checkpoint_what_it_waits_for_and_what_became_of_it(studio: Studio):
    has_a_tree(studio)
    ran = rushes(studio, "tree", PRODUCTION)
    assert ran.exit_code == DONE
    told = lines(ran.stdout)
    assert "main plan 00plan  approved  revision 1 · $0.00" in told[PLAN]
    assert "main storyboard 00boar  approved, branched  revision 2 · edited" in told[BOARD]
    assert "main chunks 00chun  waiting for you  revision 1 · $0.95" in told[CHUNKS]
    assert 'main-1 chunks 00othe  rejected: "too dark"' in told[OTHER]
    assert "being made: revision 2 · $0.00 · from revision 1" in " ".join(ran.stdout.replace("│", "").split())


def test_a_branch_goes_straight_on_and_another_stands_below_what_it_goes_out_from(studio: Studio):
    has_a_tree(studio)
    told = rushes(studio, "tree", PRODUCTION).stdout
    places = [told.index(id[-6:]) for id in (PLAN, BOARD, OTHER, CHUNKS)]
    assert places == sorted(places)
    depths = {id: line.index("main") for id, line in lines(told).items()}
    assert depths[PLAN] == depths[BOARD] == depths[CHUNKS] < depths[OTHER]


def test_branches_are_listed_with_their_states_below_the_tree_and_in_show(studio: Studio):
    has_a_tree(studio)
    for command in ("tree", "show"):
        told = rushes(studio, command, PRODUCTION).stdout
        assert "branch main  paused at chunks, active" in told
        assert "branch main-1  paused at chunks, active" in told


def test_for_programs_the_tree_is_the_studios_own(studio: Studio):
    has_a_tree(studio)
    assert json.loads(rushes(studio, "tree", PRODUCTION, "--json").stdout) == roots()


def test_a_tree_may_be_as_deep_as_people_like_to_try(studio: Studio):
    has_a_tree(studio)
    deep = node(PLAN, "plan", {"spec": 1})
    for _ in range(200):
        deep = node(PLAN, "plan", {"spec": 1}, deep)
    studio.on(f"GET {ONE}/checkpoints/tree", data([deep]))
    ran = rushes(studio, "tree", PRODUCTION)
    assert (ran.exit_code, ran.stdout.count(PLAN[-6:])) == (DONE, 201)


def test_without_a_checkpoint_there_is_no_tree_yet(studio: Studio):
    studio.on(f"GET {ONE}", data(production()))
    studio.on(f"GET {ONE}/checkpoints/tree", data([]))
    ran = rushes(studio, "tree", PRODUCTION)
    assert ran.exit_code == WRONG
    assert "no checkpoint yet" in ran.stderr


@pytest.mark.parametrize(
    ("named", "is_meant"),
    [(OTHER, OTHER), ("othe", OTHER), ("main-1", OTHER), ("main", CHUNKS), ("plan", PLAN)],
)
def test_a_checkpoint_is_named_by_its_id_its_last_letters_or_a_branch(
    studio: Studio, named: str, is_meant: str
):
    has_a_tree(studio)
    studio.on(f"POST {ONE}/checkpoints/{is_meant}/reject", data(roots()[0]))
    assert rushes(studio, "reject", PRODUCTION, "--comment", "no", "--checkpoint", named).exit_code == DONE


@pytest.mark.parametrize(("named", "says"), [("nonsense", "no checkpoint"), ("n", "2 end")])
def test_a_name_that_fits_none_or_several_says_where_to_look(studio: Studio, named: str, says: str):
    has_a_tree(studio)
    ran = rushes(studio, "reject", PRODUCTION, "--comment", "no", "--checkpoint", named)
    assert ran.exit_code == WRONG
    assert says in ran.stderr
    assert f"rushes tree {PRODUCTION[-6:]}" in ran.stderr


def test_a_branch_that_has_no_checkpoint_of_its_own_stands_at_the_one_it_goes_out_from(studio: Studio):
    base = {"checkpoint_id": BOARD, "revision": 2}
    new = {"name": "main-2", "status": "running", "phase": "chunks", "checkpoint_id": None, "base": base}
    has_a_tree(studio, branches=[*production()["branches"], new])
    studio.on(f"POST {ONE}/checkpoints/{BOARD}/reject", data(roots()[0]))
    assert rushes(studio, "reject", PRODUCTION, "--comment", "no", "--branch", "main-2").exit_code == DONE


def test_a_branch_that_is_none_is_told_with_those_there_are(studio: Studio):
    has_a_tree(studio)
    ran = rushes(studio, "reject", PRODUCTION, "--comment", "no", "--branch", "side")
    assert ran.exit_code == WRONG
    assert "there are main, main-1" in ran.stderr
