"""The domain's moves: every change of status is legal, or an error; a production is as lively as its branches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushes.errors import Conflict, IllegalMove, NotFound
from rushes.productions.production import FINISHED, Branch, Failure, Production

PHASES = ("plan", "storyboard")


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
    "approve": lambda p: p.approve("main", f"cp_{p.branch('main').phase}"),
    "fail": lambda p: p.fail("main", Failure(code="X", message="y")),
    "restart": lambda p: p.restart("main"),
    "cancel": lambda p: p.cancel(),
}
LEGAL = {
    ("queued", "queued"), ("queued", "running"), ("queued", "failed"), ("queued", "cancelled"),
    ("running", "running"), ("running", "paused"), ("running", "failed"), ("running", "cancelled"),
    ("running", "queued"), ("running", "completed"),
    ("paused", "paused"), ("paused", "running"), ("paused", "failed"), ("paused", "cancelled"),
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
        if move == "restart":
            executions.append(production.execution_name("main"))
    assert len(set(executions)) == len(executions)


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
