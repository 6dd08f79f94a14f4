"""Events over HTTP: by the standard, resumable, nothing lost or doubled."""

import json
import re

from rushes.services import Services
from tests.api.conftest import Api
from tests.api.test_productions import created, paused_production


def parsed(text: str) -> list[dict[str, str]]:
    """The fields of each event that has data, as an EventSource reads them."""
    blocks = [dict(re.findall(r"^(\w+): (.*)$", block, re.MULTILINE)) for block in text.split("\n\n")]
    return [block for block in blocks if "data" in block]


def test_events_come_in_the_standards_format_with_a_time_to_come_back(api: Api) -> None:
    answer = api("GET", f"/v1/productions/{created(api)}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text.startswith("retry: ")
    (first,) = parsed(answer.text)
    assert (first["id"], first["event"]) == ("1", "production.status")
    assert json.loads(first["data"])["data"]["status"] == "queued"


def test_coming_back_with_the_last_id_gives_the_rest_and_nothing_twice(api: Api, wired: Services) -> None:
    production_id, _ = paused_production(api, wired)
    path = f"/v1/productions/{production_id}/events"
    everything = [event["id"] for event in parsed(api("GET", path).text)]
    assert everything == [str(n) for n in range(1, len(everything) + 1)]
    rest = [event["id"] for event in parsed(api("GET", path, last_event_id="2").text)]
    assert rest == everything[2:]


def test_when_a_production_has_ended_and_all_is_told_the_answer_is_204(api: Api) -> None:
    production_id = created(api)
    api("POST", f"/v1/productions/{production_id}/cancel")
    path = f"/v1/productions/{production_id}/events"
    last = parsed(api("GET", path).text)[-1]["id"]
    assert api("GET", path, last_event_id=last).status == 204


def test_a_last_event_id_that_is_none_of_ours_is_422(api: Api) -> None:
    assert api("GET", f"/v1/productions/{created(api)}/events", last_event_id="yesterday").status == 422
