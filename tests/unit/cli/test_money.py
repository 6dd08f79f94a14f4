"""What a film would cost, and what it has cost."""

import json
from typing import Any

import pytest

from infra.cli.showing import words
from infra.cli.terminal import DONE, WRONG
from tests.unit.cli.studio import ONE, PRODUCTION, Studio, data, item, plays, problem, rushes


def estimated(name: str, model: str, usd: float, seconds: float, reused: bool = False) -> dict[str, Any]:
    money = {"usd": usd, "most_usd": usd}
    return {"name": name, "media": "image", "model": model, **money, "seconds": seconds, "reused": reused}


def phase(name: str, seconds: float, *items: dict[str, Any]) -> dict[str, Any]:
    total = sum(one["usd"] for one in items)
    return {"phase": name, "usd": total, "most_usd": total, "seconds": seconds, "items": list(items)}


def an_estimate(**more: Any) -> dict[str, Any]:
    beats = [estimated(f"beat_{number:02d}", "flux_dev", 0.025, 4) for number in range(4)]
    shots = [estimated(f"chunk_{number}", "hailuo", 0.19, 45) for number in ("00", "01", "01_2")]
    return {
        "total_usd": 0.67,
        "most_usd": 0.75,
        "seconds": 125.0,
        "sequential_seconds": 190.0,
        "exact": False,
        "budget_usd": None,
        "fits_budget": True,
        "models": {},
        "phases": [
            phase("plan", 1, estimated("draft", "sketch_text", 0, 1)),
            phase("storyboard", 4, *beats, estimated("beat_04", "flux_dev", 0, 0, reused=True)),
            phase("chunks", 90, *shots),
        ],
        **more,
    }


def rows(told: str) -> list[list[str]]:
    return [line.split() for line in told.splitlines()]


# ---------------------------------------------------------------------- before


def test_an_estimate_has_a_sum_for_each_phase_and_a_row_for_what_is_alike(studio: Studio):
    studio.on("POST /productions/estimate", data(an_estimate()))
    ran = rushes(studio, "film", "A calm ad", "--estimate")
    assert ran.exit_code == DONE
    assert rows(ran.stdout)[1:8] == [
        ["plan", "free", "free", "1", "s"],
        ["draft", "sketch_text", "free", "free", "1", "s"],
        ["storyboard", "$0.10", "$0.10", "4", "s"],
        ["beat", "×", "4", "flux_dev", "$0.10", "$0.10", "4", "s", "each"],
        ["beat_04", "flux_dev", "reused"],
        ["chunks", "$0.57", "$0.57", "1", "min", "30", "s"],
        ["chunk", "×", "3", "hailuo", "$0.57", "$0.57", "45", "s", "each"],
    ]


def test_it_says_the_whole_in_money_and_time_and_that_the_plan_is_imagined(studio: Studio):
    studio.on("POST /productions/estimate", data(an_estimate()))
    told = " ".join(rushes(studio, "film", "A calm ad", "--estimate").stdout.split())
    assert "about $0.67, at most $0.75, and takes about 2 min 5 s (3 min 10 s one after the other)" in told
    assert "1 of 9 are there already, and cost nothing" in told
    assert "Texts are imagined" in told


@pytest.mark.parametrize(
    ("budget", "fits", "says"),
    [
        (None, True, "--budget USD sets a limit"),
        (1.0, True, "It fits the budget of $1.00"),
        (0.7, False, "It may not fit the budget of $0.70"),
        (0.5, False, "It does not fit the budget of $0.50"),
    ],
)
def test_it_says_whether_the_budget_is_enough(studio: Studio, budget: float | None, fits: bool, says: str):
    studio.on("POST /productions/estimate", data(an_estimate(budget_usd=budget, fits_budget=fits)))
    ran = rushes(studio, "film", "A calm ad", "--estimate")
    assert ran.exit_code == DONE
    assert says in ran.stdout


def test_what_costs_nothing_needs_no_budget(studio: Studio):
    found = an_estimate(total_usd=0, most_usd=0, phases=[])
    studio.on("POST /productions/estimate", data(found))
    told = rushes(studio, "film", "A calm ad", "--estimate").stdout
    assert "It costs nothing, and takes about 2 min 5 s" in " ".join(told.split())
    assert "--budget" not in told


def test_an_estimate_starts_nothing_and_is_json_for_programs(studio: Studio):
    studio.on("POST /productions/estimate", data(an_estimate()))
    ran = rushes(studio, "film", "A calm ad", "--estimate", "--json")
    assert json.loads(ran.stdout) == an_estimate()
    assert [route for route, _ in studio.asked] == ["POST /productions/estimate"]


def test_money_and_models_are_sent_as_they_were_asked_for(studio: Studio):
    studio.on("POST /productions/estimate", data(an_estimate()))
    options = "--budget 2.5 --use image=flux_schnell --use music=musicgen --client nike --campaign spring"
    rushes(studio, "film", "A calm ad", "--estimate", *options.split())
    body = studio.asked[0][1]
    assert body["models"] == {"image": "flux_schnell", "music": "musicgen"}
    assert (body["budget_usd"], body["client_id"], body["campaign_id"]) == (2.5, "nike", "spring")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--use", "video=hailuo"], "--model"),
        (["--use", "flux_schnell"], "ROLE=MODEL"),
        (["--use", "image="], "ROLE=MODEL"),
        (["--use", "image=flux_dev", "--use", "image=flux_pro"], "twice"),
        (["--budget", "-1"], "--budget"),
    ],
)
def test_what_is_no_choice_is_told_with_what_is(studio: Studio, options: list[str], says: str):
    ran = rushes(studio, "film", "A calm ad", *options)
    assert ran.exit_code == WRONG
    assert says in ran.stderr
    assert studio.asked == []


def test_a_model_without_a_key_is_refused_in_the_studios_words(studio: Studio):
    sentence = "flux_dev needs a key: set REPLICATE_API_TOKEN"
    studio.on("POST /productions", problem(422, "MODEL_UNAVAILABLE", sentence))
    ran = rushes(studio, "film", "A calm ad", "--use", "image=flux_dev")
    assert (ran.exit_code, ran.stderr) == (WRONG, f"rushes: {sentence}\n")


# ---------------------------------------------------------------------- after


@pytest.mark.parametrize("end", ["paused", "failed", "cancelled"])
def test_after_a_run_estimate_and_cost_stand_side_by_side(studio: Studio, end: str):
    plays(studio, end, cost_usd=1.19, estimated_usd=1.23)
    assert "cost $1.19 (estimated $1.23)" in rushes(studio, "film", "A calm ad").stdout


def test_what_was_free_has_no_estimate_beside_it(studio: Studio):
    plays(studio, "cancelled")
    assert rushes(studio, "film", "A calm ad").stdout.splitlines()[-1].strip() == "cost $0.00"


def test_costs_are_told_by_phase_and_item_with_the_estimate_beside_them(studio: Studio):
    storyboard = {"phase": "storyboard", "model": "flux_dev", "estimated_usd": 0.025, "reused": False}
    items = [
        {**storyboard, "artifact": "chunk_00", "phase": "chunks", "spent_usd": 0.19, "estimated_usd": 0.19},
        {**storyboard, "artifact": "beat_00", "spent_usd": 0.025},
        {**storyboard, "artifact": "beat_01", "spent_usd": 0.0, "estimated_usd": 0.0, "reused": True},
    ]
    totals = {"storyboard": 0.025, "chunks": 0.19}
    found = {
        "total_usd": 0.215, "reserved_usd": 0.19, "estimated_usd": 0.215, "budget_usd": 1.0, "by_phase": totals,
        "by_branch": {"main": 0.215}, "by_model": {"flux_dev": 0.025, "hailuo": 0.19}, "items": items, "entries": [],
    }  # fmt: skip
    studio.on(f"GET {ONE}/costs", data(found))
    told = rushes(studio, "costs", PRODUCTION).stdout
    assert rows(told)[1:7] == [
        ["storyboard", "$0.0250", "$0.0250"],
        ["beat_00", "flux_dev", "$0.0250", "$0.0250"],
        ["beat_01", "flux_dev", "$0.00", "$0.00", "reused"],
        ["chunks", "$0.19", "$0.19"],
        ["chunk_00", "flux_dev", "$0.19", "$0.19"],
        ["in", "all", "$0.21", "$0.21"],
    ]
    assert "by model: flux_dev $0.0250, hailuo $0.19" in told
    assert "budget $1.00; spent $0.21, reserved $0.19, left $0.59" in told
    assert json.loads(rushes(studio, "costs", PRODUCTION, "--json").stdout) == found


def test_stand_ins_are_told_with_whom_they_stand_for(studio: Studio):
    artifacts = [item("beat_00"), *(item(f"beat_0{n}", model="flux_schnell", stand_in=True) for n in (1, 2))]
    plays(studio, "cancelled", artifacts=artifacts, models={"image": "flux_dev", "video": "kling"})
    studio.on("GET /models", data([{"id": "flux_schnell", "role": "image"}]))
    told = rushes(studio, "film", "A calm ad").stdout
    assert "made with flux_schnell instead of flux_dev: beat_01, beat_02" in told
    assert "flux_schnell instead of flux_dev" in " ".join(rushes(studio, "show", PRODUCTION).stdout.split())


def test_every_item_that_failed_is_told_with_its_reason_and_none_twice(studio: Studio):
    errors = {"beat_00": "the model said no", "beat_01": "no seats"}
    artifacts = [
        item(name, state="failed", version=None, url=None, error={"message": why, "code": "X", "item": name})
        for name, why in errors.items()
    ]
    plays(studio, "failed", artifacts=artifacts)
    told = rushes(studio, "film", "A calm ad").stdout
    assert "beat_01: no seats" in told
    assert told.count("the model said no") == 1


# ---------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("amount", "told"),
    [(0, "$0.00"), (1.189, "$1.19"), (0.025, "$0.0250"), (0.1, "$0.10"), (0.0001, "$0.0001")],
)
def test_small_amounts_are_told_to_a_hundredth_of_a_cent(amount: float, told: str):
    assert words.usd(amount) == told


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.4, "0 s"), (45, "45 s"), (60, "1 min"), (124.6, "2 min 5 s"), (59.6, "1 min")]
)
def test_time_is_told_in_minutes_and_seconds(seconds: float, told: str):
    assert words.duration(seconds) == told
