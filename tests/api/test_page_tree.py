"""Where the page draws checkpoints, and which addresses and beats it knows, run by node."""

import json
import subprocess
from importlib.resources import files
from typing import Any

import pytest

from functions.ad.beats import library

PAGE = files("functions.api").joinpath("page")


def node(module: str, expression: str) -> Any:
    script = (
        f"{PAGE.joinpath(module).read_text(encoding='utf-8')}\nconsole.log(JSON.stringify({expression}));"
    )
    done = subprocess.run(
        ["node", "--input-type=module", "-"], input=script, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def checkpoint(name: str, branch: str, phase: str, *children: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "branch": branch, "phase": phase, "children": list(children)}


def branch(name: str, phase: str, status: str, base: str | None) -> dict[str, Any]:
    return {"name": name, "phase": phase, "status": status, "base": base and {"checkpoint_id": base}}


TREE = [
    checkpoint(
        "plan",
        "main",
        "plan",
        checkpoint("other", "main-1", "storyboard"),
        checkpoint("board", "main", "storyboard", checkpoint("shots", "main", "chunks")),
    )
]


def drawn(roots: list[Any], branches: list[Any]) -> dict[str, Any]:
    found = f"laidOut({json.dumps(roots)}, {json.dumps(branches)})"
    return node(
        "branches.js",
        f"(({{ nodes, rows, columns }}) => ({{ rows, columns, nodes: nodes.map((n) =>"
        f" [n.id, n.branch, n.row, n.column, n.from?.id ?? null, n.first]) }}))({found})",
    )


def test_a_branch_stays_on_its_row_and_each_step_has_a_column() -> None:
    assert drawn(TREE, []) == {
        "rows": 2,
        "columns": 3,
        "nodes": [
            ["plan", "main", 0, 0, None, True],
            ["board", "main", 0, 1, "plan", False],
            ["shots", "main", 0, 2, "board", False],
            ["other", "main-1", 1, 1, "plan", True],
        ],
    }


def test_what_a_branch_works_on_is_drawn_before_it_is_a_checkpoint() -> None:
    working = [branch("main-2", "chunks", "running", "board"), branch("main", "chunks", "paused", "board")]
    assert [None, "main-2", 1, 2, "board", True] in drawn(TREE, working)["nodes"]
    assert len(drawn(TREE, working)["nodes"]) == 5


def test_a_production_without_a_checkpoint_has_its_first_branch() -> None:
    found = drawn([], [branch("main", "plan", "running", None)])
    assert found == {"rows": 1, "columns": 1, "nodes": [[None, "main", 0, 0, None, True]]}


def test_a_branch_that_another_one_goes_on_for_is_not_drawn_again() -> None:
    assert len(drawn(TREE, [branch("main", "refine", "branched", "shots")])["nodes"]) == 4


def test_the_line_of_a_checkpoint_leads_back_to_the_first() -> None:
    def parented(nodes: list[Any], parent: str | None) -> list[Any]:
        return [
            {**each, "parent_id": parent, "children": parented(each["children"], each["id"])}
            for each in nodes
        ]

    line = node("branches.js", f'lineOf({json.dumps(parented(TREE, None))}, "shots").map((n) => n.id)')
    assert line == ["shots", "board", "plan"]


FILM, ONE, OTHER = f"prod_{'0' * 26}", f"cp_{'a' * 24}", f"cp_{'b' * 24}"


@pytest.mark.parametrize(
    ("made", "place"),
    [
        ("filmAt(film)", {"id": FILM}),
        ("checkpointAt(film, one)", {"id": FILM, "checkpoint": ONE}),
        ("compareAt(film, one, other)", {"id": FILM, "left": ONE, "right": OTHER}),
        ('"#/"', {}),
        ('"#/productions/../checkpoints/x"', {}),
        ('filmAt(film) + "/elsewhere"', {}),
    ],
)
def test_an_address_leads_where_it_was_made_for(made: str, place: dict[str, str]) -> None:
    names = f'const [film, one, other] = ["{FILM}", "{ONE}", "{OTHER}"];'
    assert node("places.js", f"(() => {{ {names} return placeOf({made}); }})()") == place


def test_the_form_knows_every_beat_of_the_library_where_it_stands() -> None:
    known: dict[str, list[str]] = {}
    for beat in library().values():
        known.setdefault(beat.position, []).append(beat.id)
    assert node("library.js", "LIBRARY") == known
