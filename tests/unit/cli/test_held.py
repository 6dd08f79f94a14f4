"""A production that its budget holds: why is told, and how it goes on."""

import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import typer
from rich.console import Console

from infra.cli import seeing_through
from infra.cli.client import Client
from infra.cli.terminal import DONE, WAITING, WRONG
from tests.unit.cli.studio import (
    ALL_TOLD,
    CHECKPOINT,
    ONE,
    PRODUCTION,
    Studio,
    Telling,
    data,
    held,
    problem,
    rushes,
    shown,
    told,
    waits,
)

SHORT = PRODUCTION[-6:]
BEFORE_ITS_FIRST = {"current_checkpoint": None}


def goes_on(studio: Studio, *found: dict[str, Any]) -> None:
    """Held until it is moved on, and cancelled then, which ends the story without a film to fetch."""
    tell = Telling()
    reason = held()["error"]
    studio.on(f"GET {ONE}", *map(data, found), data(shown("cancelled")))
    studio.on(
        f"GET {ONE}/events",
        told(tell("production.status", status="paused", reason=reason)),
        told(tell("production.status", status="running"), tell("production.status", status="cancelled")),
        ALL_TOLD,
    )
    for move in ("continue", "retry"):
        studio.on(f"POST {ONE}/{move}", data({}))
    studio.on(f"PATCH {ONE}", data({}))
    waits(studio)


def sent(studio: Studio) -> list[tuple[str, Any]]:
    return [(route, body) for route, body in studio.asked if not route.startswith("GET")]


@pytest.mark.parametrize(
    ("more", "move"), [({}, f"rushes continue {SHORT}"), (BEFORE_ITS_FIRST, f"rushes retry {SHORT}")]
)
def test_watching_one_says_why_it_is_held_and_what_goes_on(studio: Studio, more: Any, move: str):
    studio.on(f"GET {ONE}", data(held(**more)))
    studio.on(f"GET {ONE}/events", told(Telling()("production.status", status="paused")))
    ran = rushes(studio, "watch", PRODUCTION)
    assert ran.exit_code == WAITING
    assert "held: beat_01 can cost up to $0.0250" in ran.stdout
    assert f"rushes budget {SHORT} USD --go-on" in ran.stdout
    assert move in ran.stdout
    assert "cost $0.98 (estimated $1.23)" in ran.stdout


def test_one_that_other_budgets_hold_says_which_there_are(studio: Studio):
    request = {"client_id": "nike", "campaign_id": "spring"}
    studio.on(f"GET {ONE}", data(held(budget_usd=None, request=request)))
    told = rushes(studio, "show", PRODUCTION).stdout
    assert "rushes budget client:nike USD" in told
    assert "rushes budget campaign:spring USD" in told
    assert "--go-on" not in told


def test_show_says_it_too_with_the_money_there_is(studio: Studio):
    studio.on(f"GET {ONE}", data(held(reserved_usd=0.25)))
    ran = rushes(studio, "show", PRODUCTION)
    for words in ("held: beat_01 can cost", "estimated $1.23", "reserved $0.25", "budget $1.00"):
        assert words in ran.stdout


@pytest.mark.parametrize(
    ("more", "move"),
    [
        ({}, (f"POST {ONE}/continue", {"checkpoint_id": CHECKPOINT})),
        (BEFORE_ITS_FIRST, (f"POST {ONE}/retry", None)),
    ],
    ids=["at its newest checkpoint", "from the start, before its first"],
)
def test_continue_goes_on_with_one_that_is_held(studio: Studio, more: Any, move: tuple[str, Any]):
    goes_on(studio, held(**more))
    rushes(studio, "continue", PRODUCTION)
    assert sent(studio) == [move]


# ---------------------------------------------------------------------- budget


@pytest.mark.parametrize(("amount", "usd"), [("2.5", 2.5), ("$3", 3.0), ("0", 0.0), ("none", None)])
def test_a_budget_is_raised_or_lifted_and_how_it_goes_on_is_said(studio: Studio, amount: str, usd: Any):
    studio.on(f"PATCH {ONE}", data({}))
    studio.on(f"GET {ONE}", data(held()), data(held(budget_usd=usd)))
    ran = rushes(studio, "budget", PRODUCTION, amount)
    assert sent(studio) == [(f"PATCH {ONE}", {"budget_usd": usd})]
    assert ran.stdout.startswith(f"budget ${usd:.2f}" if usd is not None else "no budget; spent $0.98")
    assert f"rushes continue {SHORT} goes on" in ran.stdout


def test_without_an_amount_the_budget_is_shown(studio: Studio):
    studio.on(f"GET {ONE}", data(shown("running", cost_usd=0.5, reserved_usd=0.25, budget_usd=2.0)))
    ran = rushes(studio, "budget", PRODUCTION)
    assert ran.stdout == "budget $2.00; spent $0.50, reserved $0.25, left $1.25\n"
    assert sent(studio) == []


def test_go_on_raises_the_budget_and_follows_the_production(studio: Studio):
    goes_on(studio, held(), held(budget_usd=5.0))
    ran = rushes(studio, "budget", PRODUCTION, "5", "--go-on")
    assert sent(studio) == [
        (f"PATCH {ONE}", {"budget_usd": 5.0}),
        (f"POST {ONE}/continue", {"checkpoint_id": CHECKPOINT}),
    ]
    assert "is cancelled" in ran.stdout


def test_what_is_not_held_is_not_gone_on_with_and_keeps_its_budget(studio: Studio):
    studio.on(f"GET {ONE}", data(shown("running")))
    ran = rushes(studio, "budget", PRODUCTION, "5", "--go-on")
    assert (ran.exit_code, sent(studio)) == (WRONG, [])
    assert "it is running and not held" in ran.stderr


@pytest.mark.parametrize("amount", ["much", "nan", "inf", "$-1", ""])
def test_what_is_no_amount_is_told_so(studio: Studio, amount: str):
    ran = rushes(studio, "budget", PRODUCTION, amount)
    assert ran.exit_code == WRONG
    assert "is no budget" in ran.stderr
    assert studio.asked == []


def test_what_the_studio_says_of_a_budget_is_told_in_its_words(studio: Studio):
    studio.on(f"GET {ONE}", data(shown("completed")))
    studio.on(f"PATCH {ONE}", problem(409, "ILLEGAL_MOVE", "it spends no more"))
    ran = rushes(studio, "budget", PRODUCTION, "5")
    assert (ran.exit_code, ran.stderr) == (WRONG, "rushes: it spends no more\n")


@pytest.mark.parametrize("kind", ["client", "campaign"])
def test_clients_and_campaigns_have_budgets_too(studio: Studio, kind: str):
    standing = {"budget_usd": 50.0, "spent_usd": 20.0, "reserved_usd": 0.0}
    for method in ("GET", "PUT"):
        studio.on(f"{method} /{kind}s/nike/budget", data(standing))
    assert "left $30.00" in rushes(studio, "budget", f"{kind}:nike").stdout
    assert rushes(studio, "budget", f"{kind}:nike", "50").exit_code == DONE
    assert sent(studio) == [(f"PUT /{kind}s/nike/budget", {"budget_usd": 50.0})]


# ---------------------------------------------------------------------- where a person can answer


class _Person(StringIO):
    """Types these lines at a terminal."""

    def isatty(self) -> bool:
        return True


def answered(studio: Studio, monkeypatch: pytest.MonkeyPatch, line: str) -> int:
    """The exit code of watching a production while somebody answers `line`."""
    monkeypatch.setattr(sys, "stdin", _Person(f"{line}\n"))
    monkeypatch.setattr(seeing_through, "out", Console(file=StringIO(), force_terminal=True))
    with pytest.raises(typer.Exit) as left:
        seeing_through.see_through(Client(studio.api, "token"), PRODUCTION, Path("out"), as_json=False)
    return left.value.exit_code


@pytest.mark.parametrize(("line", "usd"), [("5", 5.0), ("none", None)])
def test_a_person_is_asked_for_a_new_budget_and_it_goes_on(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, line: str, usd: float | None
):
    goes_on(studio, held())
    answered(studio, monkeypatch, line)
    assert sent(studio) == [
        (f"PATCH {ONE}", {"budget_usd": usd}),
        (f"POST {ONE}/continue", {"checkpoint_id": CHECKPOINT}),
    ]


def test_without_an_answer_it_stays_held(studio: Studio, monkeypatch: pytest.MonkeyPatch):
    goes_on(studio, held(), held())
    assert answered(studio, monkeypatch, "") == WAITING
    assert sent(studio) == []


def test_one_that_another_budget_holds_is_only_tried_again(studio: Studio, monkeypatch: pytest.MonkeyPatch):
    goes_on(studio, held(budget_usd=None))
    answered(studio, monkeypatch, "y")
    assert sent(studio) == [(f"POST {ONE}/continue", {"checkpoint_id": CHECKPOINT})]
