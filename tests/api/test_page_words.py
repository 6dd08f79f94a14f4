"""The page's words for money, time and states, run by node: the same as the command line's."""

import json
import subprocess
from importlib.resources import files
from typing import Any

import pytest

from infra.cli.showing import words
from rushes.providers.catalog import entries

PAGE = files("functions.api").joinpath("page")
WORDS = PAGE.joinpath("words.js").read_text(encoding="utf-8")
SCRIPTS = sorted(entry.name for entry in PAGE.iterdir() if entry.name.endswith(".js"))


def node(expression: str) -> Any:
    script = f"{WORDS}\nconsole.log(JSON.stringify({expression}));"
    done = subprocess.run(
        ["node", "--input-type=module", "-"], input=script, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_price_of_the_catalog_is_told_as_the_command_line_tells_it() -> None:
    prices = [model.price.model_dump(mode="json") for model in entries().models]
    assert node(f"{json.dumps(prices)}.map(price)") == [words.price(each) for each in prices]


def test_amounts_and_times_are_too() -> None:
    amounts, seconds = [0, 1.19, 0.025, 0.1, 12], [0.4, 45, 60, 124.6, 59.6]
    assert node(f"{amounts}.map(money)") == [words.usd(each) for each in amounts]
    assert node(f"{seconds}.map(takes)") == [words.duration(each) for each in seconds]


@pytest.mark.parametrize(
    ("costs", "told"),
    [
        ({"usd": 0, "most_usd": 0}, "free"),
        ({"usd": 0.19, "most_usd": 0.19}, "$0.19"),
        ({"usd": 0.025, "most_usd": 0.19}, "about $0.0250, at most $0.19"),
        ({"usd": 0, "most_usd": 0.5}, "about $0.00, at most $0.50"),
    ],
)
def test_what_an_edit_costs_is_never_told_without_the_most_it_can(costs: Any, told: str) -> None:
    assert node(f"costs({json.dumps(costs)})") == told


@pytest.mark.parametrize(
    ("status", "error", "held"),
    [
        ("paused", None, False),
        ("paused", {"code": "BUDGET_EXCEEDED"}, True),
        ("failed", {"code": "X"}, False),
    ],
)
def test_only_what_is_paused_for_a_reason_is_held(status: str, error: Any, held: bool) -> None:
    assert node(f"held({json.dumps({'status': status, 'error': error})})") is held


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_is_one(name: str) -> None:
    script = PAGE.joinpath(name).read_text(encoding="utf-8")
    done = subprocess.run(
        ["node", "--check", "--input-type=module", "-"],
        input=script,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
