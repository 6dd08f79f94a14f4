"""Regenerate, replace, adopt: previewed, agreed to where they cost money, and followed until the new one is there."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from infra.cli import editing
from infra.cli.main import app
from infra.cli.terminal import DONE, FAILED, WRONG
from tests.unit.cli.reviewed import (
    BOARD,
    CHUNKS,
    OTHER,
    PLAN,
    SHORT,
    answer,
    ended,
    has_a_tree,
    item,
    sent,
    takes,
)
from tests.unit.cli.studio import ALL_TOLD, ONE, PRODUCTION, Answer, Studio, data, problem, rushes

REGENERATE = "artifacts/beat_01/regenerate"
ASKED = f"POST {ONE}/checkpoints/{CHUNKS}/{REGENERATE}"
PREVIEWED = f"{ASKED}?preview=true"


@pytest.fixture
def redrawn(studio: Studio) -> Studio:
    """Drawing beat_01 again costs money."""
    has_a_tree(studio)
    takes(studio, CHUNKS, REGENERATE, answer(CHUNKS, item("beat_01", 0.025)))
    return studio


def answering(studio: Studio, line: str, *arguments: str) -> Any:
    return CliRunner().invoke(app, [*arguments, "--api", studio.api, "--token", "token"], input=line)


# ---------------------------------------------------------------------- preview and money


def test_a_preview_says_what_it_changes_and_costs_and_does_nothing(redrawn: Studio):
    ran = rushes(redrawn, "regenerate", PRODUCTION, "beat_01", "--preview")
    assert ran.exit_code == DONE
    told = " ".join(ran.stdout.split())
    assert "beat_01 regenerated at chunks of main" in told
    assert "changes beat_01 stays beat_00, spec" in told
    assert "It costs about $0.0250, at most $0.0250, and takes about 8 s." in told
    assert "Going on from it makes chunk_01, stitched: about $0.20, at most $0.25, about 1 min." in told
    assert [route for route, _ in sent(redrawn)] == [PREVIEWED]


def test_where_it_costs_money_it_is_asked_and_no_changes_nothing(redrawn: Studio):
    ran = answering(redrawn, "n\n", "regenerate", PRODUCTION, "beat_01")
    assert ran.exit_code == DONE
    assert "Nothing is changed." in ran.stdout
    assert [route for route, _ in sent(redrawn)] == [PREVIEWED]


def test_with_a_yes_it_is_done_and_the_new_ones_link_is_told(redrawn: Studio):
    ran = answering(
        redrawn, "y\n", "regenerate", PRODUCTION, "beat_01", "--prompt", "At night", "--seed", "7"
    )
    assert ran.exit_code == DONE
    assert sent(redrawn) == [(route, {"prompt": "At night", "seed": 7}) for route in (PREVIEWED, ASKED)]
    assert "beat_01 ready" in ran.stdout
    assert "beat_01 v3  http://files/beat_01_v3.png?signed" in ran.stdout
    assert f"rushes continue {SHORT} --from {CHUNKS[-6:]} goes on from it" in ran.stdout


def test_nobody_to_agree_is_told_of_yes(redrawn: Studio):
    for more in ([], ["--json"]):
        ran = rushes(redrawn, "regenerate", PRODUCTION, "beat_01", *more)
        assert ran.exit_code == WRONG
        assert "--yes" in ran.stderr
    assert ASKED not in [route for route, _ in sent(redrawn)]


def test_what_may_cost_money_is_asked_too(studio: Studio):
    has_a_tree(studio)
    takes(studio, CHUNKS, REGENERATE, answer(CHUNKS, item("beat_01", most_usd=0.5), most_usd=0.5))
    assert rushes(studio, "regenerate", PRODUCTION, "beat_01").exit_code == WRONG


def test_what_costs_nothing_is_done_without_a_question(studio: Studio):
    has_a_tree(studio)
    takes(studio, CHUNKS, REGENERATE, answer(CHUNKS, item("beat_01")))
    ran = rushes(studio, "regenerate", PRODUCTION, "beat_01")
    assert ran.exit_code == DONE
    assert "It costs nothing" in ran.stdout


def test_it_is_done_to_what_was_previewed_or_refused(redrawn: Studio):
    rushes(redrawn, "regenerate", PRODUCTION, "beat_01", "--yes")
    asked = [route for route, _ in redrawn.asked].index(ASKED)
    assert redrawn.headers[asked]["if-match"] == '"3"'


def test_when_somebody_was_quicker_it_says_where_to_look(redrawn: Studio):
    redrawn.on(ASKED, problem(409, "CONFLICT", "the storyboard checkpoint was changed since", version=5))
    ran = rushes(redrawn, "regenerate", PRODUCTION, "beat_01", "--yes")
    assert ran.exit_code == WRONG
    assert f"changed since; look again with rushes tree {SHORT}" in ran.stderr


# ---------------------------------------------------------------------- until it is there


def test_json_is_the_events_and_last_the_edit_with_its_artifacts(redrawn: Studio):
    ran = rushes(redrawn, "regenerate", PRODUCTION, "beat_01", "--yes", "--json")
    *events, edit = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [event["type"] for event in events] == ["checkpoint.edited", "artifact.ready", "checkpoint.edited"]
    assert (edit["status"], edit["revision"]) == ("ready", 3)
    assert [each["id"] for each in edit["artifacts"]] == ["beat_01_v3"]


def test_what_could_not_be_made_is_told_with_its_reason(studio: Studio):
    has_a_tree(studio)
    takes(studio, CHUNKS, REGENERATE, answer(CHUNKS, item("beat_01")), end="failed")
    ran = rushes(studio, "regenerate", PRODUCTION, "beat_01")
    assert ran.exit_code == FAILED
    assert "beat_01: the model said no; chunks stays as it was" in ran.stderr


def test_who_does_not_wait_is_told_where_it_will_be(redrawn: Studio):
    ran = rushes(redrawn, "regenerate", PRODUCTION, "beat_01", "--yes", "--no-wait")
    assert ran.exit_code == DONE
    assert f"revision 3 is being made; rushes tree {SHORT} shows when it is there" in ran.stdout


def test_what_is_made_is_one_bar_whichever_phase_it_is_of(redrawn: Studio, monkeypatch: pytest.MonkeyPatch):
    screen = Console(file=StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(editing, "out", screen)
    assert rushes(redrawn, "regenerate", PRODUCTION, "beat_01", "--yes").exit_code == DONE
    assert isinstance(screen.file, StringIO)
    *_, bar, foot = [line for line in screen.file.getvalue().splitlines() if "1/1" in line or " %" in line]
    assert "chunks" in bar
    assert "100 % · beat_01 regenerated" in foot


def test_where_no_more_events_come_the_checkpoint_is_looked_at(redrawn: Studio):
    redrawn.on(f"GET {ONE}/events", ALL_TOLD)
    redrawn.on(f"GET {ONE}/checkpoints/{CHUNKS}", ended("pending"), ended("ready"))
    assert rushes(redrawn, "regenerate", PRODUCTION, "beat_01", "--yes").exit_code == DONE


# ---------------------------------------------------------------------- where, and with what


@pytest.mark.parametrize(
    ("name", "more", "where"),
    [
        ("beat_01", [], CHUNKS),
        ("draft", [], PLAN),
        ("stitched", [], CHUNKS),
        ("stitched", ["--branch", "main-1"], OTHER),
        ("beat_01", ["--branch", "main-1"], OTHER),
        ("beat_01", ["--checkpoint", BOARD[-4:]], BOARD),
    ],
)
def test_it_is_done_at_the_newest_checkpoint_of_the_branch_that_holds_it_and_a_text_where_it_was_written(
    studio: Studio, name: str, more: list[str], where: str
):
    has_a_tree(studio)
    route = f"POST {ONE}/checkpoints/{where}/artifacts/{name}/regenerate?preview=true"
    studio.on(route, data(answer(where)))
    assert rushes(studio, "regenerate", PRODUCTION, name, "--preview", *more).exit_code == DONE


def test_a_name_that_is_none_is_told_with_those_there_are(studio: Studio):
    has_a_tree(studio)
    ran = rushes(studio, "regenerate", PRODUCTION, "beat_09")
    assert ran.exit_code == WRONG
    assert "there are beat_00, beat_01, chunk_00" in ran.stderr


def test_a_file_is_uploaded_first_and_then_replaces(studio: Studio):
    has_a_tree(studio)
    takes(studio, CHUNKS, "artifacts/beat_01/replace", answer(CHUNKS, item("beat_01")))
    ticket = {"id": "up_1", "url": f"{studio.address}/v1/store", "fields": {"key": "k"}, "max_bytes": 100}
    studio.on("POST /uploads", data(ticket, 201))
    studio.on("POST /store", Answer(204))
    Path("teapot.png").write_bytes(b"a picture")
    assert rushes(studio, "replace", PRODUCTION, "beat_01", "teapot.png").exit_code == DONE
    wanted = {"filename": "teapot.png", "content_type": "image/png", "bytes": 9, "purpose": "replace"}
    assert sent(studio)[0] == ("POST /uploads", wanted)
    route, form = sent(studio)[1]
    assert route == "POST /store"
    assert (
        form.index(b'name="key"')
        < form.index(b'name="file"; filename="teapot.png"')
        < form.index(b"a picture")
    )
    assert sent(studio)[-1][1] == {"upload_id": "up_1"}


def test_a_file_the_store_does_not_take_replaces_nothing(studio: Studio):
    has_a_tree(studio)
    ticket = {"id": "up_1", "url": f"{studio.address}/v1/store", "fields": {}, "max_bytes": 5}
    studio.on("POST /uploads", data(ticket, 201), data({**ticket, "max_bytes": 100}, 201))
    studio.on("POST /store", Answer(403, b"<Error/>", "application/xml"))
    Path("teapot.png").write_bytes(b"a picture")
    for says in ("too large: 9 bytes, 5 at most", "teapot.png was not taken"):
        ran = rushes(studio, "replace", PRODUCTION, "beat_01", "teapot.png")
        assert ran.exit_code == WRONG
        assert says in ran.stderr


@pytest.mark.parametrize(
    ("named", "artifact"),
    [
        ("chunk_01@2", {"name": "chunk_01", "version": 2}),
        (f"{PRODUCTION}/beat_00@v1", {"production_id": PRODUCTION, "name": "beat_00", "version": 1}),
    ],
)
def test_an_artifact_replaces_without_an_upload(studio: Studio, named: str, artifact: dict[str, Any]):
    has_a_tree(studio)
    takes(studio, CHUNKS, "artifacts/beat_01/replace", answer(CHUNKS, item("beat_01")))
    rushes(studio, "replace", PRODUCTION, "beat_01", "--artifact", named)
    assert sent(studio)[-1][1] == {"artifact": artifact}


@pytest.mark.parametrize(
    ("more", "where", "way", "body"),
    [
        (["beat_01", "--from", PLAN], CHUNKS, "artifacts/beat_01/adopt", {"from_checkpoint_id": PLAN}),
        (["stitched", "--from", "main-1"], CHUNKS, "artifacts/stitched/adopt", {"from_checkpoint_id": OTHER}),
        (
            ["beat_01", "--from", "boar", "--as-from", "beat_00", "--revision", "1"],
            CHUNKS,
            "artifacts/beat_01/adopt",
            {"from_checkpoint_id": BOARD, "from_name": "beat_00", "from_revision": 1},
        ),
        (
            ["chunk_00", "chunk_01", "--from", "main-1"],
            CHUNKS,
            "adopt",
            {"from_checkpoint_id": OTHER, "names": ["chunk_00", "chunk_01"]},
        ),
        (["--all", "--from", "main-1"], CHUNKS, "adopt", {"from_checkpoint_id": OTHER}),
        (["--all", "--from", "main", "--branch", "main-1"], OTHER, "adopt", {"from_checkpoint_id": CHUNKS}),
    ],
)
def test_artifacts_are_adopted_one_or_some_or_all(
    studio: Studio, more: list[str], where: str, way: str, body: dict[str, Any]
):
    has_a_tree(studio)
    studio.on(f"POST {ONE}/checkpoints/{where}/{way}?preview=true", data(answer(where)))
    assert rushes(studio, "adopt", PRODUCTION, *more, "--preview").exit_code == DONE
    assert sent(studio)[-1][1] == body


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["adopt", PRODUCTION, "--from", "main"], "--all"),
        (["adopt", PRODUCTION, "beat_00", "--all", "--from", "main"], "--all"),
        (["adopt", PRODUCTION, "beat_00", "beat_01", "--as-from", "x", "--from", "main"], "one artifact"),
        (["adopt", PRODUCTION, "draft", "stitched", "--from", "main-1"], "one after the other"),
        (["replace", PRODUCTION, "beat_00"], "--artifact"),
        (["replace", PRODUCTION, "beat_00", "--artifact", "chunk"], "chunk_01@2"),
        (["replace", PRODUCTION, "beat_00", "missing.png"], "does not exist"),
    ],
)
def test_what_cannot_be_meant_is_told_before_anything_is_sent(
    studio: Studio, arguments: list[str], says: str
):
    has_a_tree(studio)
    ran = rushes(studio, *arguments)
    assert ran.exit_code == WRONG
    assert says in ran.stderr
    assert sent(studio) == []
