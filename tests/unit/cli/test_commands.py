"""The commands: what they send, what they say, and exit codes that mean something."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from functions.pipelines import PHASES
from infra.cli.commands.film import Phase
from infra.cli.main import app
from infra.cli.terminal import DONE, FAILED, UNREACHABLE, WAITING, WRONG
from tests.unit.cli.studio import (
    ALL_TOLD,
    CHECKPOINT,
    ONE,
    PRODUCTION,
    Studio,
    Telling,
    data,
    file,
    item,
    plays,
    problem,
    rushes,
    shown,
    told,
    waits,
)

FILM, POSTER = b"film" * 100, b"poster"


def completes(studio: Studio) -> None:
    links = {"film_url": f"{studio.address}/film", "poster_url": f"{studio.address}/poster"}
    plays(studio, "completed", result=links)
    studio.on("GET /film", file(FILM))
    studio.on("GET /poster", file(POSTER))


# ---------------------------------------------------------------------- film


def test_a_finished_film_is_brought_home_with_its_poster(studio: Studio):
    completes(studio)
    ran = rushes(studio, "film", "A calm ad", "--auto")
    assert ran.exit_code == DONE
    film, poster = (Path(f"out/a-calm-ad-{PRODUCTION[-6:]}{end}") for end in (".mp4", ".jpg"))
    assert (film.read_bytes(), poster.read_bytes()) == (FILM, POSTER)
    assert str(film) in ran.stdout


def test_films_of_other_branches_lie_beside_it(studio: Studio):
    completes(studio)
    found = json.loads(studio.next(f"GET {ONE}").body)["data"]
    studio.on(f"GET {ONE}", data({**found, "progress": {**found["progress"], "branch": "main-1"}}))
    assert rushes(studio, "film", "A calm ad", "--auto").exit_code == DONE
    assert Path(f"out/a-calm-ad-{PRODUCTION[-6:]}-main-1.mp4").exists()


def test_what_was_asked_for_is_what_is_sent(studio: Studio):
    completes(studio)
    options = (
        "--duration 15 --aspect-ratio 9:16 --pause-at plan --pause-at refine --seed 7 --no-music --captions"
    )
    rushes(studio, "film", "A calm ad", *options.split())
    assert studio.asked[0] == (
        "POST /productions",
        {
            "kind": "ad", "prompt": "A calm ad", "duration": 15, "aspect_ratio": "9:16", "auto_continue": False,
            "narration": False, "captions": True, "pause_at": ["plan", "refine"], "seed": 7, "music": False,
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    ("end", "code", "says"),
    [
        ("failed", FAILED, "beat_00: the model said no"),
        ("cancelled", FAILED, "is cancelled"),
        ("paused", WAITING, "then rushes continue"),
    ],
)
def test_how_a_production_rests_is_the_exit_code(studio: Studio, end: str, code: int, says: str):
    plays(studio, end)
    ran = rushes(studio, "film", "A calm ad")
    assert ran.exit_code == code
    assert says in ran.stdout


def test_json_is_one_object_a_line_events_first_and_the_production_last(studio: Studio):
    completes(studio)
    ran = rushes(studio, "film", "A calm ad", "--json")
    *events, production = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [event["id"] for event in events] == [1, 2, 3, 4, 5]
    assert production["status"] == "completed"
    assert Path(production["files"]["film"]).read_bytes() == FILM
    assert ran.stderr == ""


def test_what_the_studio_refuses_is_told_in_its_words(studio: Studio):
    sentence = "prompt: String should have at most 4000 characters"
    studio.on("POST /productions", problem(422, "INVALID_REQUEST", sentence))
    ran = rushes(studio, "film", "very long " * 500)
    assert (ran.exit_code, ran.stdout) == (WRONG, "")
    assert ran.stderr == f"rushes: {sentence}\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["film", "A calm ad", "--pause-at", "lunch"], "storyboard"),
        (["film", "A calm ad", "--duration", "5"], "10"),
        (["film", "A calm ad", "--aspect-ratio", "4:3"], "9:16"),
        (["film", "A calm ad", "--auto", "--pause-at", "plan"], "leave out"),
        (["film"], "prompt"),
        (["ls", "--status", "happy"], "paused"),
        (["ls", "--limit", "1000"], "100"),
    ],
)
def test_what_is_not_allowed_is_told_with_what_is(studio: Studio, arguments: list[str], says: str):
    ran = rushes(studio, *arguments)
    assert ran.exit_code == WRONG
    assert says in ran.stderr
    assert studio.asked == []


def test_the_phases_to_pause_at_are_those_of_the_pipeline():
    assert tuple(Phase) == PHASES["ad"]


def test_a_film_that_cannot_be_kept_is_a_sentence_and_no_traceback(studio: Studio):
    completes(studio)
    Path("taken").write_text("a file")
    ran = rushes(studio, "film", "A calm ad", "--out", "taken")
    assert ran.exit_code == WRONG
    assert "taken" in ran.stderr


# ---------------------------------------------------------------------- which production, which studio


@pytest.mark.parametrize("named", [PRODUCTION, PRODUCTION[-6:], "last"])
def test_a_production_is_named_by_its_id_its_last_letters_or_last(studio: Studio, named: str):
    studio.on("GET /productions?limit=100", data([shown("paused"), shown("paused", id="prod_" + "0" * 26)]))
    studio.on(f"GET {ONE}", data(shown("paused")))
    ran = rushes(studio, "show", named, "--json")
    assert ran.exit_code == DONE
    assert json.loads(ran.stdout)["id"] == PRODUCTION


@pytest.mark.parametrize(
    ("listed", "says"),
    [
        ([], "no production yet"),
        ([shown("paused")], "none of your newest 100 ends in 'nonsense'"),
        ([shown("paused", id="prod_1nonsense"), shown("paused", id="prod_2nonsense")], "2 productions end"),
    ],
)
def test_a_name_that_fits_none_or_several_is_told_so(studio: Studio, listed: list[Any], says: str):
    studio.on("GET /productions?limit=100", data(listed))
    ran = rushes(studio, "show", "nonsense")
    assert ran.exit_code == WRONG
    assert says in ran.stderr


def test_an_id_the_studio_does_not_know_is_a_wrong_request(studio: Studio):
    studio.on(f"GET {ONE}", problem(404, "NOT_FOUND", "no such production"))
    for command in ("show", "watch", "continue", "retry", "cancel", "rm"):
        assert rushes(studio, command, PRODUCTION).exit_code == WRONG


def test_where_nobody_answers_the_exit_code_says_so():
    ran = CliRunner().invoke(app, ["ls", "--api", "http://127.0.0.1:1/v1", "--token", "token"])
    assert ran.exit_code == UNREACHABLE
    assert "http://127.0.0.1:1/v1" in ran.stderr


def test_a_studio_elsewhere_needs_a_token_also_from_the_environment(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
):
    studio.on("GET /models", data([]))
    monkeypatch.setenv("RUSHES_API", studio.api)
    assert "RUSHES_TOKEN" in CliRunner().invoke(app, ["models"]).stderr
    monkeypatch.setenv("RUSHES_TOKEN", "from the environment")
    assert CliRunner().invoke(app, ["models"]).exit_code == DONE
    assert studio.headers[0]["authorization"] == "Bearer from the environment"


# ---------------------------------------------------------------------- the other commands


def test_continue_approves_the_newest_checkpoint_and_follows_on_from_there(studio: Studio):
    tell = Telling()
    past = told(tell("production.status", status="running"), tell("production.status", status="paused"))
    future = told(tell("production.status", status="running"), tell("production.status", status="paused"))
    studio.on(f"GET {ONE}", data(shown("paused")))
    waits(studio)
    goes_on = {"next_phase": "chunks", "branch": "main", "created_new_branch": False}
    studio.on(f"POST {ONE}/continue", data(goes_on))
    studio.on(f"GET {ONE}/events", past, future)
    assert rushes(studio, "continue", PRODUCTION).exit_code == WAITING
    assert (f"POST {ONE}/continue", {"checkpoint_id": CHECKPOINT}) in studio.asked


def test_continuing_what_has_no_checkpoint_yet_says_so(studio: Studio):
    studio.on(f"GET {ONE}", data(shown("running")))
    studio.on(f"GET {ONE}/checkpoints/tree", data([]))
    ran = rushes(studio, "continue", PRODUCTION)
    assert ran.exit_code == WRONG
    assert "no checkpoint yet" in ran.stderr


def test_continuing_too_late_is_told_in_the_studios_words(studio: Studio):
    studio.on(f"GET {ONE}", data(shown("paused")))
    waits(studio)
    studio.on(f"GET {ONE}/events", told(Telling()("production.status", status="paused")))
    studio.on(f"POST {ONE}/continue", problem(409, "NOT_WAITING", "somebody else was quicker"))
    ran = rushes(studio, "continue", PRODUCTION)
    assert (ran.exit_code, ran.stderr) == (WRONG, "rushes: somebody else was quicker\n")


def test_watching_what_ended_long_ago_brings_its_film_home_again(studio: Studio):
    completes(studio)
    studio.on(f"GET {ONE}/events", told(Telling()("production.status", status="completed")), ALL_TOLD)
    assert rushes(studio, "watch", PRODUCTION).exit_code == DONE
    assert len(list(Path("out").iterdir())) == 2


def test_cancelling_says_what_it_cost(studio: Studio):
    studio.on(f"POST {ONE}/cancel", data({"id": PRODUCTION, "status": "cancelled", "spent_usd": 1.5}))
    assert "cost $1.50" in rushes(studio, "cancel", PRODUCTION).stdout


def test_deleting_says_so(studio: Studio):
    studio.on(f"DELETE {ONE}", ALL_TOLD)
    assert "deleted" in rushes(studio, "rm", PRODUCTION).stdout


def test_the_list_has_a_row_for_each_production_and_says_what_to_do_without_any(studio: Studio):
    studio.on("GET /productions?limit=20", data([shown("paused")]), data([]))
    assert PRODUCTION in rushes(studio, "ls").stdout
    assert "rushes film" in rushes(studio, "ls").stdout


def test_show_draws_what_there_is(studio: Studio):
    studio.on(f"GET {ONE}", data(shown("failed", artifacts=[item("spec", "plan", reused=True)])))
    ran = rushes(studio, "show", PRODUCTION)
    for word in ("A calm ad", "failed", "spec", "v1", "(reused)", "the model said no"):
        assert word in ran.stdout


@pytest.mark.parametrize(
    "command",
    [
        "film",
        "clip",
        "watch",
        "tree",
        "edit",
        "regenerate",
        "replace",
        "adopt",
        "compare",
        "approve",
        "reject",
        "export",
        "continue",
        "retry",
        "cancel",
        "rm",
        "ls",
        "show",
        "costs",
        "budget",
        "models",
        "providers",
        "up",
    ],
)
def test_every_command_explains_itself(command: str):
    assert CliRunner().invoke(app, [command, "--help"]).exit_code == DONE


def test_help_has_examples_and_the_exit_codes():
    assert (
        'rushes film "Create a 30-second Nike sneaker ad'
        in CliRunner().invoke(app, ["film", "--help"]).stdout
    )
    assert "Exit codes: 0 done" in CliRunner().invoke(app, ["--help"]).stdout
