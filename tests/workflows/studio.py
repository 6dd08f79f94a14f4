"""A client of the API for the workflow tests: what a person would do with curl."""

import json
import time
from collections.abc import Callable
from typing import Any, TypeVar

import httpx

from tests.workflows.host import HostProcess

RESTING = {"paused", "completed", "failed", "cancelled"}
PATIENCE = 240.0
"""Seconds until a production that does not move is called stuck."""


Found = TypeVar("Found")


class Studio:
    def __init__(self, host: HostProcess, kind: str = "ad") -> None:
        self.host = host
        self.kind = kind

    def begin(self, prompt: str = "A calm ad for a teapot", **request: Any) -> str:
        body = {"kind": "ad", "prompt": prompt, "duration": 10, **request}
        answer = self.host.call("POST", "/productions", json=body)
        assert answer.status_code == 202, answer.text
        return answer.json()["data"]["id"]

    def show(self, production_id: str) -> dict[str, Any]:
        answer = self.host.call("GET", f"/productions/{production_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def until(self, production_id: str, *statuses: str, phase: str | None = None) -> dict[str, Any]:
        """Waits for one of the statuses; a rest that was not asked for is an error, and so is standing still."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                found = self.show(production_id)
            except httpx.TransportError:
                continue
            if found["status"] in statuses and (phase is None or found["phase"] == phase):
                return found
            assert found["status"] not in RESTING - {"paused"}, found["error"]
            time.sleep(0.1)
        raise AssertionError(f"{production_id} stands still: {self.show(production_id)}")

    def until_making(self, production_id: str, phase: str) -> None:
        """Waits until the phase has begun to make something."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = self.show(production_id)
            if any(item["phase"] == phase and item["state"] != "waiting" for item in found["artifacts"]):
                return
            assert found["status"] not in RESTING, found
            time.sleep(0.02)
        raise AssertionError(f"{phase} never began")

    def go_on(self, production_id: str, checkpoint_id: str | None = None) -> httpx.Response:
        checkpoint_id = checkpoint_id or self.show(production_id)["current_checkpoint"]
        return self.host.call(
            "POST", f"/productions/{production_id}/continue", json={"checkpoint_id": checkpoint_id}
        )

    def events(self, production_id: str) -> list[tuple[int, str]]:
        text = self.host.call("GET", f"/productions/{production_id}/events").text
        lines = [line.split(": ", 1) for line in text.splitlines() if ": " in line]
        ids = [int(value) for field, value in lines if field == "id"]
        return list(zip(ids, (value for field, value in lines if field == "event"), strict=True))

    def told(self, production_id: str) -> list[dict[str, Any]]:
        """Everything that has happened, whole."""
        text = self.host.call("GET", f"/productions/{production_id}/events").text
        return [
            json.loads(line.removeprefix("data: ")) for line in text.splitlines() if line.startswith("data: ")
        ]

    def ledger(self, production_id: str) -> list[dict[str, Any]]:
        return self.host.call("GET", f"/productions/{production_id}/costs").json()["data"]["entries"]

    def executions(self, production_id: str) -> dict[str, str]:
        """name → status of every execution this production ever had."""
        stepfunctions = self.host.aws("stepfunctions")
        machine = self.host.address.state_machines[self.kind]
        pages = stepfunctions.get_paginator("list_executions").paginate(stateMachineArn=machine)
        found = [execution for page in pages for execution in page["executions"]]
        return {e["name"]: e["status"] for e in found if e["name"].startswith(production_id)}


def waited_for(look: Callable[[], Found | None], seconds: float, otherwise: str) -> Found:
    """What `look` finds in the end."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (found := look()) is not None:
            return found
        time.sleep(0.1)
    raise AssertionError(otherwise)


def made_once(studio: Studio, production_id: str) -> None:
    """Nothing was made twice: one version of each artifact, one entry in the ledger for each."""
    found = studio.show(production_id)
    assert {item["version"] for item in found["artifacts"]} == {1}
    names = [entry["artifact"] for entry in studio.ledger(production_id)]
    assert len(names) == len(set(names))
