"""Callbacks and executions, on the embedded engine: what the fakes of the other tests imitate."""

import json
import time
from typing import Any
from uuid import uuid4

import pytest

from rushes.aws.callbacks import Callbacks
from rushes.aws.executions import Executions
from tests.fakes.engine import FakeCallbacks, FakeExecutions
from tests.workflows.host import HostProcess

WAITS = {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 60, "End": True}}}


@pytest.fixture(params=["fake", "engine"])
def executions(request: pytest.FixtureRequest) -> Any:
    if request.param == "fake":
        return FakeExecutions()
    client = request.getfixturevalue("engine").aws("stepfunctions")
    machine = client.create_state_machine(
        name=f"waits-{uuid4().hex}", definition=json.dumps(WAITS), roleArn="arn:aws:iam::000000000000:role/r"
    )
    return Executions(client, {"ad": machine["stateMachineArn"]})


def test_starting_the_same_name_twice_is_one_execution(executions: Any) -> None:
    for _ in range(2):
        executions.start("ad", "one", {"phase": "plan"})
    assert executions.running("ad", "one")


def test_what_was_never_started_does_not_run(executions: Any) -> None:
    assert not executions.running("ad", "nothing")
    executions.stop("ad", "nothing", "just in case")


def test_a_stopped_execution_runs_no_more_and_stopping_it_again_is_nothing(executions: Any) -> None:
    executions.start("ad", "two", {"phase": "plan"})
    for _ in range(2):
        executions.stop("ad", "two", "enough")
    deadline = time.monotonic() + 20
    while executions.running("ad", "two") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not executions.running("ad", "two")


@pytest.mark.parametrize("kind", ["fake", "engine"])
def test_a_token_nobody_waits_on_is_answered_with_false(kind: str, request: pytest.FixtureRequest) -> None:
    if kind == "fake":
        callbacks: Any = FakeCallbacks()
        callbacks.lost.add("gone")
    else:
        host: HostProcess = request.getfixturevalue("engine")
        callbacks = Callbacks(host.aws("stepfunctions"))
    assert callbacks.succeed("gone", {}) is False
    assert callbacks.fail("gone", "Transient", "why") is False
