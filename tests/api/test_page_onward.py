"""What going on costs, as the page tells it, run by node."""

import json
import subprocess
from importlib.resources import files
from typing import Any

import pytest

PAGE = files("functions.api").joinpath("page")


def node(expression: str) -> Any:
    """With a studio that answers with the address it was asked for."""
    words, onward = (PAGE.joinpath(name).read_text(encoding="utf-8") for name in ("words.js", "onward.js"))
    own = "\n".join(line for line in onward.splitlines() if not line.startswith("import"))
    studio = "const call = async (method, path) => ({ data: `${method} ${path}` });"
    script = f"{words}\n{studio}\n{own}\nconsole.log(JSON.stringify(await {expression}));"
    done = subprocess.run(
        ["node", "--input-type=module", "-"], input=script, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("wanted", "query"), [("{}", ""), ("{ revision: 2 }", "?revision=2"), ("undefined", "")]
)
def test_the_studio_is_asked_for_it_and_nothing_is_guessed(wanted: str, query: str) -> None:
    asked = node(f'onward("productions/p", "cp", {wanted})')
    assert asked == f"GET productions/p/checkpoints/cp/outlook{query}"


@pytest.mark.parametrize(
    ("outlook", "told"),
    [
        ({"stale": []}, "Nothing more is made after it, and nothing is paid."),
        ({}, "Going on to the end is free, and takes about 1 min."),
        (
            {"usd": 0.5, "most_usd": 0.75},
            "Going on to the end makes 2 things: about $0.50, at most $0.75, about 1 min.",
        ),
        (
            {"stale": ["final"], "usd": 0.5, "most_usd": 0.5, "exact": False},
            "Going on to the end makes one thing: $0.50, about 1 min. As far as can be told now.",
        ),
    ],
)
def test_it_is_told_in_a_sentence(outlook: dict[str, Any], told: str) -> None:
    found = {"usd": 0, "most_usd": 0, "seconds": 60, "exact": True, "stale": ["chunk_00", "final"], **outlook}
    assert node(f"priced({json.dumps(found)})") == told
