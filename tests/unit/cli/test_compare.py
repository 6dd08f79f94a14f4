"""Two checkpoints side by side, what a person says to one, going on from it, and a branch as a timeline file."""

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from infra.cli.checkpoints import Checkpoints
from infra.cli.terminal import DONE, WAITING, WRONG
from tests.unit.cli.reviewed import BOARD, CHUNKS, OTHER, PLAN, SHORT, artifact, has_a_tree, roots, sent
from tests.unit.cli.studio import (
    ONE,
    PRODUCTION,
    Studio,
    Telling,
    data,
    file,
    looks_ahead,
    problem,
    rushes,
    told,
)


def side(checkpoint: str, branch: str, **more: Any) -> dict[str, Any]:
    costs = {"cost_usd": 0.95, "branch_cost_usd": 1.2}
    return {"checkpoint_id": checkpoint, "revision": 1, "branch": branch, "phase": "chunks", **costs, **more}


def difference(name: str, left: Any, right: Any, media: str = "image", **recipe: list[Any]) -> dict[str, Any]:
    return {"name": name, "media": media, "left": left, "right": right, "recipe": recipe}


def compared(studio: Studio, *different: dict[str, Any]) -> dict[str, Any]:
    has_a_tree(studio)
    sides = {"left": side(CHUNKS, "main"), "right": side(OTHER, "main-1")}
    found = {**sides, "same": ["spec", "beat_00"], "different": list(different)}
    for more in ("", "&left_revision=2&right_revision=1"):
        studio.on(f"GET {ONE}/compare?left={CHUNKS}&right={OTHER}{more}", data(found))
    return found


def stored(studio: Studio, name: str, version: int, ending: str = ".png") -> dict[str, Any]:
    """An artifact whose file can be fetched."""
    path = f"/{name}_v{version}{ending}"
    studio.on(f"GET {path}?signed=1", file(path.encode()))
    return artifact(name, version, url=f"{studio.address}{path}?signed=1")


# ---------------------------------------------------------------------- the table


def test_what_differs_has_a_row_with_versions_recipe_and_costs(studio: Studio):
    prompts = ["A teapot on a wide table in the morning sun", "A teapot at night"]
    beat = difference("beat_01", artifact("beat_01", 1), artifact("beat_01", 2), prompt=prompts, seed=[1, 2])
    compared(studio, beat, difference("chunk_02", None, artifact("chunk_02", 1, cost_usd=0.19)))
    ran = rushes(studio, "compare", "main", "main-1", PRODUCTION)
    assert ran.exit_code == DONE
    rows = [" ".join(line.split()) for line in ran.stdout.splitlines()]
    assert "beat_01 v1 v2 prompt: A teapot on a wide table in… $0.0250 / $0.0250" in rows
    assert "→ A teapot at night" in rows
    assert "seed: 1 → 2" in rows
    assert "chunk_02 – v1 only on the right – / $0.19" in rows
    assert "the same in both: spec, beat_00" in rows


def test_where_nothing_differs_it_says_so(studio: Studio):
    compared(studio)
    assert "Nothing differs." in rushes(studio, "compare", CHUNKS, OTHER, PRODUCTION).stdout


def test_for_programs_it_is_the_studios_own(studio: Studio):
    found = compared(studio, difference("beat_01", artifact("beat_01", 1), artifact("beat_01", 2)))
    assert json.loads(rushes(studio, "compare", "chun", "othe", PRODUCTION, "--json").stdout) == found


def test_revisions_of_the_two_can_be_named(studio: Studio):
    compared(studio)
    revisions = ("--left-revision", "2", "--right-revision", "1")
    assert rushes(studio, "compare", "main", "main-1", PRODUCTION, *revisions).exit_code == DONE
    assert studio.asked[-1][0].endswith("&left_revision=2&right_revision=1")


# ---------------------------------------------------------------------- pictures and films


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is handed to those who put things side by side."""
    calls: list[Any] = []

    def write_picture(pairs: Any, out: Path, left_title: str, right_title: str) -> None:
        contents = [(name, *(path and path.read_bytes() for path in paths)) for name, *paths in pairs]
        calls.append((contents, out, left_title, right_title))

    def write_video(left: Path, right: Path, out: Path) -> None:
        calls.append((left.read_bytes(), right.read_bytes(), out))

    module = ModuleType("infra.cli.side_by_side")
    module.write_picture, module.write_video = write_picture, write_video  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "infra.cli.side_by_side", module)
    return calls


def test_the_images_that_differ_are_put_into_one_picture(studio: Studio, written: list[Any]):
    one = difference("beat_01", stored(studio, "beat_01", 1), stored(studio, "beat_01", 2))
    other = difference("beat_02", stored(studio, "beat_02", 1), None)
    compared(studio, one, other, difference("music", None, artifact("music", 1), "audio"))
    ran = rushes(studio, "compare", "main", "main-1", PRODUCTION, "--picture", "both.png")
    assert ran.exit_code == DONE
    pairs = [("beat_01", b"/beat_01_v1.png", b"/beat_01_v2.png"), ("beat_02", b"/beat_02_v1.png", None)]
    assert written == [(pairs, Path("both.png"), "main chunks, revision 1", "main-1 chunks, revision 1")]
    assert "both.png" in ran.stdout


def test_of_the_videos_the_most_finished_one_on_both_sides_is_shown(studio: Studio, written: list[Any]):
    different = [
        difference(name, stored(studio, name, 1, ".mp4"), stored(studio, name, 2, ".mp4"), "video")
        for name in ("chunk_01", "stitched")
    ]
    different.append(difference("final", stored(studio, "final", 1, ".mp4"), None, "video"))
    compared(studio, *different)
    assert rushes(studio, "compare", "main", "main-1", PRODUCTION, "--video", "both.mp4").exit_code == DONE
    assert written == [(b"/stitched_v1.mp4", b"/stitched_v2.mp4", Path("both.mp4"))]


@pytest.mark.parametrize("option", ["--picture", "--video"])
def test_where_there_is_nothing_to_show_it_says_so(studio: Studio, written: list[Any], option: str):
    compared(studio, difference("music", artifact("music", 1), artifact("music", 2), "audio"))
    ran = rushes(studio, "compare", "main", "main-1", PRODUCTION, option, "both")
    assert (ran.exit_code, written) == (WRONG, [])
    assert "nothing to put side by side" in ran.stderr


# ---------------------------------------------------------------------- decisions


def goes_on(studio: Studio, route: str, branch: str = "main", new: bool = False) -> None:
    has_a_tree(studio)
    looks_ahead(studio, CHUNKS)
    tell = Telling()
    answer = {"next_phase": "refine", "branch": branch, "created_new_branch": new}
    studio.on(f"POST {ONE}{route}", data(answer))
    paused = [tell("production.status", status="running"), tell("production.status", status="paused")]
    studio.on(f"GET {ONE}/events", told(*paused), told(tell("production.status", status="paused")))


def test_an_approval_takes_a_comment_and_goes_on(studio: Studio):
    goes_on(studio, f"/checkpoints/{CHUNKS}/approve")
    ran = rushes(studio, "approve", PRODUCTION, "--comment", "Perfect")
    assert ran.exit_code == WAITING
    assert sent(studio) == [(f"POST {ONE}/checkpoints/{CHUNKS}/approve", {"comment": "Perfect"})]
    assert "main goes on with refine" in ran.stdout
    sending = [route for route, _ in studio.asked].index(f"POST {ONE}/checkpoints/{CHUNKS}/approve")
    assert studio.headers[sending]["if-match"] == '"3"'


def test_a_rejection_says_what_can_be_done(studio: Studio):
    has_a_tree(studio)
    rejected = {**roots()[0], "status": "rejected", "comment": "too dark"}
    studio.on(f"POST {ONE}/checkpoints/{PLAN}/reject", data(rejected))
    ran = rushes(studio, "reject", PRODUCTION, "--checkpoint", "plan", "--comment", "too dark")
    assert ran.exit_code == DONE
    assert sent(studio) == [(f"POST {ONE}/checkpoints/{PLAN}/reject", {"comment": "too dark"})]
    assert 'plan of main is rejected: "too dark"' in ran.stdout
    assert f"then rushes continue {SHORT}" in ran.stdout


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_a_decision_that_comes_too_late_says_where_to_look(studio: Studio, decision: str):
    goes_on(studio, "")
    studio.on(f"POST {ONE}/checkpoints/{CHUNKS}/{decision}", problem(409, "CONFLICT", "it was approved"))
    ran = rushes(studio, decision, PRODUCTION, "--comment", "no")
    assert ran.exit_code == WRONG
    assert f"it was approved; look again with rushes tree {SHORT}" in ran.stderr


def test_going_on_from_a_checkpoint_and_revision_says_which_branch_is_new(studio: Studio):
    goes_on(studio, "/continue", "main-2", new=True)
    looks_ahead(studio, BOARD, revision=2)
    ran = rushes(
        studio, "continue", PRODUCTION, "--from", "boar", "--revision", "2", "--comment", "The second"
    )
    body = {"checkpoint_id": BOARD, "revision": 2, "comment": "The second"}
    assert sent(studio) == [(f"POST {ONE}/continue", body)]
    assert "a new branch, main-2, goes on with refine" in ran.stdout


# ---------------------------------------------------------------------- the timeline file


@pytest.mark.parametrize(
    ("more", "checkpoint", "name", "takes_media"),
    [
        ([], CHUNKS, f"a-calm-ad-{SHORT}.otio", False),
        (["--branch", "main-1", "-o", "film.fcpxml", "--media"], OTHER, "film.fcpxml", True),
        (["--checkpoint", "boar"], BOARD, f"a-calm-ad-{SHORT}.otio", False),
    ],
)
def test_a_branch_is_written_as_a_timeline_file(
    studio: Studio,
    monkeypatch: pytest.MonkeyPatch,
    more: list[str],
    checkpoint: str,
    name: str,
    takes_media: bool,
):
    has_a_tree(studio)
    timeline = {"title": "A calm ad", "rate": "24", "tracks": []}
    studio.on(f"GET {ONE}/checkpoints/{checkpoint}/timeline", data(timeline))
    calls: list[Any] = []

    def export(timeline: Any, out: Path, download: Any) -> list[Path]:
        calls.append((timeline, out, download is not None))
        return [out]

    module = ModuleType("infra.cli.exporting")
    module.export = export  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "infra.cli.exporting", module)
    ran = rushes(studio, "export", PRODUCTION, *more)
    assert ran.exit_code == DONE
    assert calls == [(timeline, Path(name), takes_media)]
    assert name in ran.stdout


def test_an_older_revision_of_a_checkpoint_can_be_exported(studio: Studio):
    has_a_tree(studio)
    studio.on(
        f"GET {ONE}/checkpoints/{BOARD}/timeline?revision=1", problem(409, "NO_FILM", "nothing is cut yet")
    )
    ran = rushes(studio, "export", PRODUCTION, "--checkpoint", "boar", "--revision", "1")
    assert (ran.exit_code, ran.stderr) == (WRONG, "rushes: nothing is cut yet\n")


def test_an_ending_that_is_no_timeline_file_is_refused(studio: Studio):
    has_a_tree(studio)
    studio.on(f"GET {ONE}/checkpoints/{CHUNKS}/timeline", data({"title": "A calm ad", "tracks": []}))
    ran = rushes(studio, "export", PRODUCTION, "-o", "film.mp4")
    assert (ran.exit_code, Path("film.mp4").exists()) == (WRONG, False)
    assert ".fcpxml" in ran.stderr


def test_a_branch_that_ended_at_a_revision_is_compared_at_that_revision() -> None:
    def branch(name: str, revision: int) -> dict[str, Any]:
        return {"name": name, "base": {"checkpoint_id": "cp_refine", "revision": revision}}

    roots = [
        {
            "id": "cp_refine",
            "branch": "main",
            "parent_id": None,
            "created_at": "1",
            "children": [],
            "selection": {},
        }
    ]
    production = {"id": "prod_1", "branches": [branch("main", 1), branch("main-1", 2)]}
    found = Checkpoints(production, roots)
    assert [found.revision_at(name) for name in ("main", "main-1", "cp_refine")] == [1, 2, None]
