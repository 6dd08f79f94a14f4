"""The domain's moves: every change of status is legal, or an error; a production is as lively as its branches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushes.errors import Conflict, IllegalMove, NotFound
from rushes.productions.checkpoint import Base
from rushes.productions.failure import Failure
from rushes.productions.production import FINISHED, Branch, Production

PHASES = ("plan", "storyboard")
NO_BUDGET = Failure(code="BUDGET_EXCEEDED", message="raise it", item="beat_00")


def fresh(**request: object) -> Production:
    return Production(
        id="prod_1", owner="me", kind="ad", title="t", phases=PHASES, request=request, models={}, seed=1,
        branches={"main": Branch(name="main", phase="plan", cursor_phase="plan")}, created_at="now",
    )  # fmt: skip


def entered(production: Production) -> Production:
    branch = production.branch("main")
    return production.enter("main", branch.phase, production.execution_name("main"), "now")


MOVES = {
    "enter": entered,
    "assemble": lambda p: p.assembled("main", f"cp_{p.branch('main').phase}"),
    "pause": lambda p: p.pause("main"),
    "approve": lambda p: p.approve("main", Base(checkpoint_id=f"cp_{p.branch('main').phase}", revision=1)),
    "hold": lambda p: p.hold("main", NO_BUDGET),
    "fail": lambda p: p.fail("main", Failure(code="X", message="y")),
    "restart": lambda p: p.restart("main"),
    "cancel": lambda p: p.cancel(),
}
LEGAL = {
    ("queued", "queued"), ("queued", "running"), ("queued", "paused"), ("queued", "failed"),
    ("queued", "cancelled"),
    ("running", "running"), ("running", "paused"), ("running", "failed"), ("running", "cancelled"),
    ("running", "queued"), ("running", "completed"),
    ("paused", "paused"), ("paused", "queued"), ("paused", "running"), ("paused", "failed"), ("paused", "cancelled"),
    ("paused", "completed"),
    ("failed", "failed"), ("failed", "queued"),
    ("completed", "completed"), ("cancelled", "cancelled"),
}  # fmt: skip


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=25))
def test_any_row_of_moves_takes_only_legal_steps_and_numbers_every_execution_once(moves: list[str]) -> None:
    production = fresh()
    executions = [production.execution_name("main")]
    for move in moves:
        before = production
        try:
            production = MOVES[move](production)
        except Conflict:
            assert production is before
            continue
        assert (before.status, production.status) in LEGAL, move
        assert (before.status, production.status) != ("paused", "queued") or before.branch("main").held
        if move == "restart":
            executions.append(production.execution_name("main"))
    assert len(set(executions)) == len(executions)


@pytest.mark.parametrize("production", [fresh(), entered(fresh())], ids=["queued", "running"])
def test_a_held_branch_is_paused_with_its_reason_and_restarts_in_a_new_execution(
    production: Production,
) -> None:
    held = production.hold("main", NO_BUDGET)
    branch = held.branch("main")
    assert (held.status, branch.held, branch.failure) == ("paused", True, NO_BUDGET)
    again = held.restart("main").branch("main")
    assert (again.status, again.attempt, again.cursor_phase, again.failure) == ("queued", 2, "plan", None)


def test_a_branch_that_is_paused_for_a_review_is_not_held_and_not_restarted() -> None:
    paused = entered(fresh()).pause("main")
    assert not paused.branch("main").held
    with pytest.raises(IllegalMove, match="retry"):
        paused.restart("main")


def test_a_failed_branch_is_not_held() -> None:
    assert not fresh().fail("main", NO_BUDGET).branch("main").held


@pytest.mark.parametrize("status", ["paused", *sorted(FINISHED)])
def test_only_what_runs_can_be_held(status: str) -> None:
    branch = fresh().branch("main").model_copy(update={"status": status})
    with pytest.raises(IllegalMove):
        fresh().model_copy(update={"branches": {"main": branch}}).hold("main", NO_BUDGET)


@pytest.mark.parametrize("budget", [None, 0, 2_500_000])
def test_a_budget_can_be_changed_while_there_is_something_to_spend_it_on(budget: int | None) -> None:
    held = fresh().hold("main", NO_BUDGET)
    for production in (fresh(), entered(fresh()), held, fresh().fail("main", NO_BUDGET)):
        changed = production.with_budget(budget)
        assert changed.budget_micro_usd == budget
        assert changed.branches == production.branches


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_a_production_that_spends_no_more_takes_no_budget(status: str) -> None:
    branch = fresh().branch("main").model_copy(update={"status": status})
    with pytest.raises(IllegalMove, match="spends no more"):
        fresh().model_copy(update={"branches": {"main": branch}}).with_budget(1)


@pytest.mark.parametrize("status", sorted(FINISHED))
def test_what_has_ended_is_entered_by_no_execution(status: str) -> None:
    branch = fresh().branch("main").model_copy(update={"status": status})
    with pytest.raises(IllegalMove):
        entered(fresh().model_copy(update={"branches": {"main": branch}}))


def test_a_production_is_as_lively_as_its_liveliest_branch() -> None:
    main = fresh().branch("main")
    for statuses, expected in [
        (("completed", "running"), "running"),
        (("paused", "failed"), "paused"),
        (("completed", "failed"), "failed"),
        (("cancelled", "completed"), "completed"),
    ]:
        branches = {
            str(i): main.model_copy(update={"name": str(i), "status": s}) for i, s in enumerate(statuses)
        }
        assert fresh().model_copy(update={"branches": branches}).status == expected


def test_an_execution_name_fits_step_functions() -> None:
    production = fresh().model_copy(update={"id": "prod_" + "0" * 26})
    assert len(production.execution_name("main")) <= 80


def test_a_branch_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        fresh().branch("main-7")


@pytest.mark.parametrize(("request_", "pauses"), [
    ({}, [True, True]),
    ({"auto_continue": True}, [False, False]),
    ({"pause_at": ["storyboard"]}, [False, True]),
    ({"pause_at": []}, [False, False]),
])  # fmt: skip
def test_where_it_pauses_is_the_requests_wish(request_: dict[str, object], pauses: list[bool]) -> None:
    assert [fresh(**request_).pauses_after(phase) for phase in PHASES] == pauses
