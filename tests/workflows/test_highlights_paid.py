"""A lecture is heard and divided by those who are paid: once, and never over its budget."""

from pathlib import Path

import pytest

from tests.workflows.lectures import LectureHall, lecture
from tests.workflows.paid import PaidStudio


@pytest.fixture
def hall(paid: PaidStudio) -> LectureHall:
    return LectureHall(paid.host)


def test_who_dies_after_paying_does_not_pay_again_and_neither_does_another_run(
    hall: LectureHall, paid: PaidStudio, tmp_path: Path
):
    heard = paid.openai.transcriptions
    production_id = hall.begun(lecture(tmp_path / "tides.mp4", 60, seed=1), pause_at=["analyze"])
    hall.until(production_id, "paused", phase="analyze")
    assert (paid.openai.transcriptions - heard, paid.chats()) == (1, 1)
    assert hall.go_on(production_id).status_code == 200
    hall.until_making(production_id, "compile")
    hall.host.kill()
    hall.host.start()
    hall.until(production_id, "completed")
    found = hall.show(production_id)
    assert {item["version"] for item in found["artifacts"]} == {1}
    assert found["cost_usd"] > 0.006
    again = hall.host.call(
        "POST",
        "/productions",
        json={"kind": "highlights", "lecture_of": production_id, "clips": 1, "auto_continue": True},
    )
    assert again.status_code == 202, again.text
    found = hall.until(again.json()["data"]["id"], "completed")
    assert (paid.openai.transcriptions - heard, paid.chats()) == (1, 1)
    assert found["cost_usd"] == 0


def test_who_dies_while_asking_asks_nobody_twice(hall: LectureHall, paid: PaidStudio, tmp_path: Path):
    heard = paid.openai.transcriptions
    production_id = hall.begun(lecture(tmp_path / "honey.mp4", 60, seed=3), pause_at=["analyze"])
    hall.until_making(production_id, "analyze")
    hall.host.kill()
    hall.host.start()
    hall.until(production_id, "paused", phase="analyze")
    assert paid.openai.transcriptions - heard == 1
    assert paid.chats() <= 1


def test_what_does_not_fit_the_budget_is_not_asked_for(hall: LectureHall, paid: PaidStudio, tmp_path: Path):
    heard = paid.openai.transcriptions
    talk = lecture(tmp_path / "bread.mp4", 60, seed=2)
    production_id = hall.begun(talk, auto_continue=True, budget_usd=0.001)
    found = hall.until(production_id, "paused")
    assert (found["error"]["code"], found["cost_usd"]) == ("BUDGET_EXCEEDED", 0)
    assert paid.openai.transcriptions == heard
    assert hall.host.call("PATCH", f"/productions/{production_id}", json={"budget_usd": 1}).status_code == 200
    assert hall.host.call("POST", f"/productions/{production_id}/retry").status_code == 202
    assert hall.until(production_id, "completed")["cost_usd"] <= 1
    assert paid.openai.transcriptions == heard + 1
