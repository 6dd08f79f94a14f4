"""Continue and approve look ahead: what going on makes and costs is agreed to before it is asked for."""

import json
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from infra.cli import seeing_through
from infra.cli.client import Client
from infra.cli.main import app
from infra.cli.terminal import DONE, WAITING, WRONG
from tests.unit.cli.reviewed import sent
from tests.unit.cli.studio import (
    CHECKPOINT,
    ONE,
    PRODUCTION,
    Studio,
    Telling,
    data,
    held,
    looks_ahead,
    rushes,
    shown,
    told,
    waits,
)

ROUTES = {
    "continue": (f"POST {ONE}/continue", {"checkpoint_id": CHECKPOINT}),
    "approve": (f"POST {ONE}/checkpoints/{CHECKPOINT}/approve", {}),
}
both = pytest.mark.parametrize("command", ROUTES)


@pytest.fixture
def paid(studio: Studio) -> Studio:
    """Going on costs money."""
    tell = Telling()
    branches = [{"name": "main", "base": None}]
    studio.on(f"GET {ONE}", data(shown("paused", branches=branches)))
    waits(studio, most_usd=1.2)
    paused = [tell("production.status", status="running"), tell("production.status", status="paused")]
    studio.on(f"GET {ONE}/events", told(*paused), told(tell("production.status", status="paused")))
    for route, _ in ROUTES.values():
        studio.on(route, data({"next_phase": "chunks", "branch": "main", "created_new_branch": False}))
    return studio


def answering(studio: Studio, line: str, command: str) -> Any:
    arguments = [command, PRODUCTION, "--api", studio.api, "--token", "token"]
    return CliRunner().invoke(app, arguments, input=line)


@both
def test_where_it_costs_money_what_is_made_and_the_price_are_told_and_agreed_to(paid: Studio, command: str):
    ran = answering(paid, "y\n", command)
    words = " ".join(ran.stdout.split())
    assert ran.exit_code == WAITING
    assert f"Going on from storyboard of main ({CHECKPOINT[-6:]}) makes chunk_00, final." in words
    assert "It costs about $0.60, at most $1.20, and takes about 1 min. Do it?" in words
    assert sent(paid) == [ROUTES[command]]


@both
def test_a_no_leaves_it_where_it_is(paid: Studio, command: str):
    ran = answering(paid, "n\n", command)
    assert (ran.exit_code, sent(paid)) == (DONE, [])
    assert "Nothing is changed." in ran.stdout


@both
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_nobody_to_agree_is_told_of_yes(paid: Studio, command: str, more: list[str]):
    ran = rushes(paid, command, PRODUCTION, *more)
    assert (ran.exit_code, sent(paid)) == (WRONG, [])
    assert "--yes" in ran.stderr


@both
def test_yes_goes_on_with_what_was_looked_at_or_is_refused(paid: Studio, command: str):
    assert rushes(paid, command, PRODUCTION, "--yes").exit_code == WAITING
    assert sent(paid) == [ROUTES[command]]
    sending = [route for route, _ in paid.asked].index(ROUTES[command][0])
    assert paid.headers[sending]["if-match"] == '"3"'


@both
def test_a_preview_only_tells(paid: Studio, command: str):
    assert "at most $1.20" in rushes(paid, command, PRODUCTION, "--preview").stdout
    outlook = json.loads(rushes(paid, command, PRODUCTION, "--preview", "--json").stdout)
    assert (outlook["most_usd"], outlook["stale"]) == (1.2, ["chunk_00", "final"])
    assert sent(paid) == []


@both
def test_what_is_free_to_the_end_is_not_asked_about(paid: Studio, command: str):
    waits(paid)
    ran = rushes(paid, command, PRODUCTION)
    assert ran.exit_code == WAITING
    assert "Going on" not in ran.stdout
    assert sent(paid) == [ROUTES[command]]


@pytest.mark.parametrize(
    ("outlook", "says"),
    [
        ({"stale": []}, "makes nothing more, and costs nothing."),
        ({}, "It costs nothing, and takes about 1 min."),
        ({"exact": False}, "about 1 min, as far as can be told now."),
    ],
)
def test_a_preview_says_what_is_free_and_what_is_a_guess(paid: Studio, outlook: dict[str, Any], says: str):
    looks_ahead(paid, CHECKPOINT, **outlook)
    assert says in " ".join(rushes(paid, "continue", PRODUCTION, "--preview").stdout.split())


def test_a_preview_of_one_that_is_held_before_its_first_checkpoint_does_not_go_on(studio: Studio):
    studio.on(f"GET {ONE}", data(held(current_checkpoint=None)))
    studio.on(f"GET {ONE}/checkpoints/tree", data([]))
    ran = rushes(studio, "continue", PRODUCTION, "--preview")
    assert (ran.exit_code, sent(studio)) == (WRONG, [])
    assert "no checkpoint yet" in ran.stderr


# ---------------------------------------------------------------------- where a person can answer


class _Person(StringIO):
    """Types this line at a terminal."""

    def isatty(self) -> bool:
        return True


def watched(studio: Studio, monkeypatch: pytest.MonkeyPatch, line: str) -> str:
    """What is told to somebody who watches the production and answers `line`."""
    screen = StringIO()
    monkeypatch.setattr(sys, "stdin", _Person(f"{line}\n"))
    monkeypatch.setattr(seeing_through, "out", Console(file=screen, force_terminal=True, width=120))
    with pytest.raises((typer.Exit, typer.Abort)):
        seeing_through.see_through(Client(studio.api, "token"), PRODUCTION, Path("out"), as_json=False)
    return screen.getvalue()


def test_a_review_that_is_watched_tells_the_price_and_enter_is_not_a_yes(
    paid: Studio, monkeypatch: pytest.MonkeyPatch
):
    assert "at most $1.20" in watched(paid, monkeypatch, "")
    assert sent(paid) == []


def test_a_review_that_is_watched_and_free_goes_on_with_enter(paid: Studio, monkeypatch: pytest.MonkeyPatch):
    waits(paid)
    assert "Going on" not in watched(paid, monkeypatch, "")
    assert sent(paid)[0] == ROUTES["continue"]
