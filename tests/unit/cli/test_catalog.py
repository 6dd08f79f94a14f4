"""Who makes things: models and providers."""

import json
from typing import Any

import pytest

from infra.cli.showing import words
from infra.cli.terminal import DONE
from rushes.providers.catalog import entries
from tests.unit.cli.studio import Studio, data, problem, rushes


def model(id: str, provider: str = "replicate", **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "title": id.title(),
        "provider": provider,
        "name": f"vendor/{id}",
        "media": "video",
        "role": "video",
        "lengths": [6, 10],
        "aspect_ratios": ["16:9"],
        "first_frame": True,
        "last_frame": False,
        "native_audio": False,
        "seed": False,
        "price": price(unit="clip", clips={"6": 0.19, "10": 0.32}),
        "seconds": 45,
        "fallback": "kling",
        "default": False,
        "available": True,
        **more,
    }


def price(**more: Any) -> dict[str, Any]:
    return {
        "usd": 0,
        "unit": "call",
        "usd_output": None,
        "clips": {},
        "source": "x",
        "date": "2026-11-01",
        **more,
    }


def provider(id: str, **more: Any) -> dict[str, Any]:
    known = {"title": id.title(), "needs": f"{id.upper()}_KEY", "configured": True, "reachable": True}
    return {"id": id, **known, "problem": None, "models": [f"{id}_one", f"{id}_two"], **more}


def line(told: str, word: str) -> str:
    return " ".join(next(line for line in told.splitlines() if word in line).split())


def test_models_are_listed_with_price_and_time_and_the_default_is_marked(studio: Studio):
    studio.on("GET /models", data([model("hailuo", default=True)]))
    told = rushes(studio, "models").stdout
    for fact in ("hailuo", "$0.19 a 6 s clip", "45 s", "yes, the default"):
        assert fact in told


def test_what_is_not_available_says_what_to_set(studio: Studio):
    studio.on("GET /models", data([model("sketch", "sketch"), model("hailuo", available=False)]))
    studio.on(
        "GET /providers", data([provider("replicate", needs="TOKEN_R"), provider("sketch", needs=None)])
    )
    told = rushes(studio, "models").stdout
    assert "set TOKEN_R" in told
    assert line(told, "sketch").endswith("yes")


def test_providers_are_not_called_for_a_list_in_which_all_is_available(studio: Studio):
    studio.on("GET /models", data([model("sketch", "sketch")]))
    assert rushes(studio, "models").exit_code == DONE
    assert [route for route, _ in studio.asked] == ["GET /models"]


def test_one_model_is_told_with_all_there_is_to_know(studio: Studio):
    studio.on("GET /models/hailuo", data(model("hailuo")))
    told = rushes(studio, "models", "hailuo").stdout
    for fact in ("vendor/hailuo", "$0.32 a 10 s clip", "x, 2026-11-01", "6, 10 s", "a first frame", "kling"):
        assert fact in told
    assert json.loads(rushes(studio, "models", "hailuo", "--json").stdout) == model("hailuo")


def test_a_model_nobody_knows_is_told_in_the_studios_words(studio: Studio):
    studio.on("GET /models/nonesuch", problem(404, "NOT_FOUND", "there is no model 'nonesuch'"))
    assert rushes(studio, "models", "nonesuch").stderr == "rushes: there is no model 'nonesuch'\n"


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ({}, "ready"),
        ({"needs": None, "reachable": None}, "ready"),
        ({"configured": False, "reachable": None}, "set OPENAI_KEY"),
        ({"reachable": False, "problem": "OpenAI does not accept its key"}, "OpenAI does not accept its key"),
    ],
)
def test_providers_say_whether_they_can_be_used_and_what_they_need(studio: Studio, state: Any, says: str):
    studio.on("GET /providers", data([provider("openai", **state)]))
    told = " ".join(rushes(studio, "providers").stdout.split())
    assert says in told
    assert "openai_one, openai_two" in told


@pytest.mark.parametrize(
    ("of", "told"),
    [
        (price(), "free"),
        (price(usd=0.025, unit="image"), "$0.025 an image"),
        (price(usd=0.4, unit="second"), "$0.40 a second"),
        (price(usd=0.03), "$0.03 a call"),
        (price(unit="clip", clips={"10": 0.32, "6": 0.19}), "$0.19 a 6 s clip, $0.32 a 10 s clip"),
        (price(usd=0.1, usd_output=0.5, unit="million_tokens"), "$0.10 / $0.50 a million tokens"),
    ],
)
def test_prices_are_told_in_words(of: dict[str, Any], told: str):
    assert words.price(of) == told


def test_every_price_of_the_catalog_has_words():
    told = {model.id: words.price(model.price.model_dump(mode="json")) for model in entries().models}
    assert {id for id, price in told.items() if price == "free"} == {m.id for m in entries().models if m.free}
    assert all(price.startswith("$") for price in told.values() if price != "free")
