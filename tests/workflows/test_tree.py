"""The review tree on the embedded engine: edits, branches, and what becomes of them when things go wrong."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.workflows.editing import Editor
from tests.workflows.host import HostProcess
from tests.workflows.paid import PaidStudio, each_once, eventually
from tests.workflows.studio import Studio


@pytest.fixture
def studio(quick_host: HostProcess) -> Studio:
    return Studio(quick_host)


def completed(studio: Studio, prompt: str, **request: object) -> Editor:
    production_id = studio.begin(prompt, auto_continue=True, **request)
    studio.until(production_id, "completed")
    return Editor(studio.host, production_id)


def all_ended(studio: Studio, editor: Editor) -> None:
    """No execution runs on that nobody waits for."""
    eventually(lambda: set(studio.executions(editor.production_id).values()) == {"SUCCEEDED"})


def test_an_edited_picture_reaches_the_film_on_a_branch_of_its_own(studio: Studio) -> None:
    production_id = studio.begin("An edited storyboard", pause_at=["storyboard"])
    studio.until(production_id, "paused")
    editor = Editor(studio.host, production_id)
    storyboard = editor.checkpoint("main", "storyboard")
    before = editor.bytes_of(storyboard["id"], "beat_01")
    assert editor.regenerate(storyboard["id"], "beat_01")["stale"] == ["beat_01"]
    assert editor.bytes_of(storyboard["id"], "beat_01") != before
    answer = editor.go_on(storyboard["id"])
    assert answer == {"next_phase": "chunks", "branch": "main-1", "created_new_branch": True}
    found = studio.until(production_id, "completed")
    assert found["active_branches"] == []
    assert {b["name"]: b["status"] for b in found["branches"]} == {"main": "branched", "main-1": "completed"}
    assert {a["name"]: a["version"] for a in found["artifacts"]} == {
        **dict.fromkeys(["draft", "spec", "beat_00", "chunk_00", "chunk_01", "music"], 1),
        "beat_01": 2,
        "stitched": 1,
        "final": 1,
        "poster": 1,
    }
    all_ended(studio, editor)


def test_a_finished_film_is_changed_at_its_plan_and_only_what_differs_is_made(studio: Studio) -> None:
    editor = completed(studio, "A film that is planned anew", duration=15)
    plan = editor.checkpoint("main", "plan")
    editor.edit(plan["id"], "spec", {"beats": {"1": {"action": "The teapot stands in a field of snow"}}})
    assert editor.go_on(plan["id"])["branch"] == "main-1"
    found = studio.until(editor.production_id, "completed")
    versions = {a["name"]: a["version"] for a in found["artifacts"]}
    changed = {name for name, version in versions.items() if version == 2}
    assert changed == {"spec", "beat_01", "chunk_01", "stitched", "final", "poster"}
    all_ended(studio, editor)


def test_the_original_goes_on_after_the_edited_one_and_nothing_is_made_again(studio: Studio) -> None:
    editor = completed(studio, "Both ways")
    storyboard = editor.checkpoint("main", "storyboard")["id"]
    editor.regenerate(storyboard, "beat_00")
    assert editor.go_on(storyboard)["branch"] == "main-1"
    studio.until(editor.production_id, "completed")
    entries = len(studio.ledger(editor.production_id))
    assert editor.go_on(storyboard, revision=1)["branch"] == "main-2"
    studio.until(editor.production_id, "completed")
    assert len(studio.ledger(editor.production_id)) == entries
    compared = editor.get(
        "/compare",
        left=editor.checkpoint("main", "refine")["id"],
        right=editor.checkpoint("main-2", "refine")["id"],
    )
    assert compared["different"] == []
    tree = editor.get("/checkpoints/tree")
    (plan,) = tree
    (board,) = plan["children"]
    assert sorted(child["branch"] for child in board["children"]) == ["main", "main-1", "main-2"]
    all_ended(studio, editor)


def test_of_two_editors_who_looked_at_the_same_one_wins(studio: Studio) -> None:
    editor = completed(studio, "Two editors")
    storyboard = editor.checkpoint("main", "storyboard")
    looked = {"If-Match": f'"{storyboard["version"]}"'}
    with ThreadPoolExecutor(2) as people:
        edits = [f"artifacts/{name}/regenerate" for name in ("beat_00", "beat_01")]
        answers = list(people.map(lambda what: editor.ask(storyboard["id"], what, **looked), edits))
    assert sorted(answer.status_code for answer in answers) == [202, 409]
    refused = next(answer for answer in answers if answer.status_code == 409).json()["error"]
    assert refused["details"]["version"] == storyboard["version"] + 1
    assert editor.until_ready(storyboard["id"], 2)["status"] == "ready"


@pytest.mark.parametrize("moment", [0.0, 0.3, 0.8])
def test_killed_while_an_edit_is_made_it_is_made_all_the_same(studio: Studio, moment: float) -> None:
    editor = completed(studio, f"Killed in an edit after {moment}")
    chunks = editor.checkpoint("main", "chunks")["id"]
    answer = editor.ask(chunks, "artifacts/chunk_00/regenerate")
    assert answer.status_code == 202
    time.sleep(moment)
    studio.host.kill()
    studio.host.start()
    assert editor.until_ready(chunks, answer.json()["data"]["revision"])["status"] == "ready"
    assert editor.checkpoint("main", "chunks")["selection"]["chunk_00"] == 2
    assert studio.show(editor.production_id)["status"] == "completed"


def test_a_file_of_ones_own_takes_a_pictures_place(studio: Studio, tmp_path: Path) -> None:
    from PIL import Image

    editor = completed(studio, "With a picture of my own")
    storyboard = editor.checkpoint("main", "storyboard")["id"]
    Image.new("RGB", (1600, 900), "teal").save(tmp_path / "mine.png")
    editor.upload_in_place(storyboard, "beat_00", (tmp_path / "mine.png").read_bytes())
    (tmp_path / "got.png").write_bytes(editor.bytes_of(storyboard, "beat_00"))
    with Image.open(tmp_path / "got.png") as picture:
        assert (picture.size, picture.convert("RGB").getpixel((9, 9))) == ((1280, 720), (0, 128, 128))


def test_what_an_edit_costs_was_previewed_to_the_micro_dollar(paid: PaidStudio) -> None:
    production_id = paid.begin("Previewed", pause_at=["storyboard"])
    paid.until(production_id, "paused")
    editor = Editor(paid.host, production_id)
    storyboard = editor.checkpoint("main", "storyboard")["id"]
    before = paid.show(production_id)["cost_usd"]
    done = editor.regenerate(storyboard, "beat_01")
    after = paid.show(production_id)["cost_usd"]
    assert done["usd"] == pytest.approx(after - before, abs=1e-9)
    assert done["usd"] > 0
    assert editor.go_on(storyboard)["branch"] == "main-1"
    paid.until(production_id, "completed")
    spent = paid.show(production_id)["cost_usd"] - after
    assert done["later"]["usd"] == pytest.approx(spent, abs=1e-9)
    each_once(paid, production_id)
    costs = sum(checkpoint["cost_usd"] for checkpoint in editor.checkpoints())
    assert costs == pytest.approx(paid.show(production_id)["cost_usd"], abs=1e-9)
