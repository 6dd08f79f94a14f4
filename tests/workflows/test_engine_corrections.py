"""The engine behaves as AWS does where our workflows rely on it: see infra/local/corrections.py and durable.py."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra.local.adapt import ASSETS_BUCKET
from infra.local.deploy import BOOTSTRAP_KEY
from tests.workflows.host import HostProcess

AT_ONCE = 3
ROLE = "arn:aws:iam::000000000000:role/probe"
INPUT = "{% $states.context.Execution.Input"


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostProcess]:
    """A host that runs three calls of a function at once, with the probes on it."""
    host = HostProcess(tmp_path_factory.mktemp("narrow"), RUSHES_AT_ONCE=str(AT_ONCE)).start()
    for name in ("sleeper", "raiser", "dier", "silent", "busy", "errand", "witness"):
        host.aws("lambda").create_function(
            FunctionName=name,
            Runtime="provided.al2023",
            Role=ROLE,
            Handler=f"tests.workflows.probes.{name}",
            Code={"S3Bucket": ASSETS_BUCKET, "S3Key": BOOTSTRAP_KEY},
            Timeout=30,
            Environment={"Variables": {"RUSHES_TABLE": host.address.table}},
        )
    yield host
    host.stop()


def test_more_calls_than_fit_wait_in_line_and_none_is_lost(narrow: HostProcess):
    calls = 12
    machine = made(narrow, "crowd", crowd_of(token_task("sleeper", seconds=0.2, item="{% $states.input %}")))
    run(narrow, machine, "crowd", items=list(range(calls)))
    assert len(notes(narrow, "crowd")) == calls
    assert most_together(notes(narrow, "crowd")) == AT_ONCE


def test_calls_that_nobody_waits_for_wait_in_line_too(narrow: HostProcess):
    calls = 9
    for item in range(calls):
        call_later(narrow, run="errands", item=item)
    eventually(lambda: len(errands(narrow, "errands")) == calls)
    assert most_together(errands(narrow, "errands")) <= AT_ONCE


def test_a_call_that_nobody_waits_for_is_tried_twice_more(narrow: HostProcess):
    call_later(narrow, run="twice", item="made", fails=2)
    eventually(lambda: errands(narrow, "twice"))


def test_a_function_that_raises_fails_its_token_task_by_name_and_is_retried(narrow: HostProcess):
    retry = [{"ErrorEquals": ["Busy"], "IntervalSeconds": 1, "BackoffRate": 1, "MaxAttempts": 3}]
    machine = made(narrow, "raising", single(token_task("raiser", Retry=retry)))
    begun = time.monotonic()
    assert json.loads(run(narrow, machine, "raising")["output"]) == {"attempt": 3}
    assert time.monotonic() - begun < 20


def test_a_function_that_dies_fails_its_token_task(narrow: HostProcess):
    machine = made(narrow, "dying", single(token_task("dier")))
    assert run(narrow, machine, "dying", expect="FAILED")["error"]


def test_a_timeout_may_be_an_expression(narrow: HostProcess):
    task = token_task("silent") | {"TimeoutSeconds": f"{INPUT}.patience %}}"}
    machine = made(narrow, "impatient", single(task))
    begun = time.monotonic()
    ended = run(narrow, machine, "impatient", expect="FAILED", patience=1)
    assert ended["error"] == "States.Timeout"
    assert 1 <= time.monotonic() - begun < 20


def test_a_timeout_that_is_no_number_fails_its_state(narrow: HostProcess):
    task = token_task("silent") | {"TimeoutSeconds": f"{INPUT}.patience %}}"}
    machine = made(narrow, "unclear", single(task))
    ended = run(narrow, machine, "unclear", expect="FAILED", patience="soon")
    assert ended["error"] == "States.QueryEvaluationError"


def test_a_chain_that_breaks_is_caught_by_its_own_map_and_the_others_go_on(narrow: HostProcess):
    """As in functions/ad/workflow.asl.yaml: chains side by side, and the stage fails once all have ended."""
    raising = {"Type": "Fail", "Error": "Broke", "Cause": "{% $states.input.item %}"}
    chain = each(
        "{% $states.input.items %}",
        {"If": choice("{% $states.input.breaks %}", "Break", "Made"), "Break": raising, "Made": passing()},
        MaxConcurrency=1,
        Catch=[
            {
                "ErrorEquals": ["States.ALL"],
                "Output": {
                    "error": "{% $states.errorOutput.Error %}",
                    "cause": "{% $states.errorOutput.Cause %}",
                },
                "Next": "Broken",
            }
        ],
        Output={},
        End=True,
    )
    stage = each(
        f"{INPUT}.chains %}}",
        {"Chain": chain, "Broken": passing()},
        Output="{% { 'broken': [$states.result[$exists(error)]], 'ended': $count($states.result) } %}",
        Next="Whole",
    )
    told = "{% $states.input.broken[0].cause & ' of ' & $string($states.input.ended) %}"
    states = {
        "Stage": stage,
        "Whole": choice("{% $count($states.input.broken) > 0 %}", "Broke", "Made"),
        "Broke": {"Type": "Fail", "Error": "{% $states.input.broken[0].error %}", "Cause": told},
        "Made": passing(),
    }
    stages = each(
        [1],
        states,
        Catch=[{"ErrorEquals": ["States.ALL"], "Output": "{% $states.errorOutput %}", "Next": "Told"}],
        End=True,
    )
    definition = {
        "QueryLanguage": "JSONata",
        "StartAt": "Stages",
        "States": {"Stages": stages, "Told": passing()},
    }
    machine = made(narrow, "chains", definition)
    good, bad = {"item": "good", "breaks": False}, {"item": "bad", "breaks": True}
    chains = [{"items": [good, bad, good]}, {"items": [good]}, {"items": [good, good]}]
    told = json.loads(run(narrow, machine, "chains", chains=chains)["output"])
    assert told == {"Error": "Broke", "Cause": "bad of 3"}
    assert json.loads(run(narrow, machine, "whole", chains=chains[1:])["output"]) == [
        {"ended": 2, "broken": []}
    ]


def test_a_stopped_execution_stays_stopped_and_nothing_waits_for_its_token(narrow: HostProcess):
    machine = made(narrow, "parking", single(token_task("silent")))
    states = narrow.aws("stepfunctions")
    execution = start(narrow, machine, "parked")
    token = eventually(lambda: notes(narrow, "parked"))[0]["token"]
    states.stop_execution(executionArn=execution)
    eventually(lambda: refused(states, token))
    assert states.describe_execution(executionArn=execution)["status"] == "ABORTED"


def test_nothing_that_waits_in_line_for_a_stopped_execution_runs(narrow: HostProcess):
    machine = made(narrow, "queue", crowd_of(token_task("sleeper", seconds=1, item="{% $states.input %}")))
    execution = start(narrow, machine, "queue", items=list(range(9)))
    eventually(lambda: notes(narrow, "queue"))
    narrow.aws("stepfunctions").stop_execution(executionArn=execution)
    time.sleep(2.5)
    assert len(notes(narrow, "queue")) <= 2 * AT_ONCE


def test_a_function_at_work_does_not_outlive_a_killed_host(narrow: HostProcess):
    start(narrow, made(narrow, "busy", single(token_task("busy"))), "busy")
    (note,) = eventually(lambda: notes(narrow, "busy"))
    assert int(note["pid"]) in narrow.workers()
    narrow.kill()
    eventually(lambda: int(note["pid"]) not in narrow.workers())
    narrow.start()


def test_a_kill_ends_executions_and_the_rules_hear_of_each_once(narrow: HostProcess):
    machine = made(narrow, "killed", single(token_task("silent")))
    events = narrow.aws("events")
    pattern = {
        "source": ["aws.states"],
        "detail-type": ["Step Functions Execution Status Change"],
        "detail": {"status": ["FAILED"], "stateMachineArn": [machine]},
    }
    events.put_rule(Name="witness", EventPattern=json.dumps(pattern))
    witness = narrow.aws("lambda").get_function(FunctionName="witness")["Configuration"]["FunctionArn"]
    events.put_targets(Rule="witness", Targets=[{"Id": "1", "Arn": witness}])
    time.sleep(0.5)  # what is no table write is saved within moments, not at once
    execution = start(narrow, machine, "killed-one")
    narrow.restart()

    (heard,) = eventually(lambda: notes(narrow, "witness"))
    assert (heard["sk"], heard["status"], heard["error"]) == ("killed-one", "FAILED", "States.ServiceRestart")
    states = narrow.aws("stepfunctions")
    assert states.describe_execution(executionArn=execution)["status"] == "FAILED"
    with pytest.raises(ClientError, match="ExecutionAlreadyExists"):
        states.start_execution(stateMachineArn=machine, name="killed-one", input="{}")

    narrow.aws("dynamodb").delete_item(
        TableName=narrow.address.table, Key={"pk": {"S": "probe#witness"}, "sk": {"S": "killed-one"}}
    )
    narrow.restart()
    time.sleep(1.5)
    assert notes(narrow, "witness") == []


def token_task(function: str, Retry: list[Any] | None = None, **payload: Any) -> dict[str, Any]:
    token = {"run": f"{INPUT}.run %}}", "token": "{% $states.context.Task.Token %}"}
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "TimeoutSeconds": 60,
        "Arguments": {"FunctionName": function, "Payload": {**token, **payload}},
        "Retry": Retry or [],
        "End": True,
    }


def single(task: dict[str, Any]) -> dict[str, Any]:
    return {"QueryLanguage": "JSONata", "StartAt": "Task", "States": {"Task": task}}


def crowd_of(task: dict[str, Any]) -> dict[str, Any]:
    crowd = each(f"{INPUT}.items %}}", {"Task": task}, End=True)
    return {"QueryLanguage": "JSONata", "StartAt": "Each", "States": {"Each": crowd}}


def each(items: Any, states: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A Map over the items; the first state is where each begins."""
    processor = {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": next(iter(states)), "States": states}
    return {"Type": "Map", "Items": items, "ItemProcessor": processor, **more}


def choice(condition: str, then: str, otherwise: str) -> dict[str, Any]:
    return {
        "Type": "Choice",
        "Choices": [{"Condition": condition, "Next": then}],
        "Default": otherwise,
    }


def passing() -> dict[str, Any]:
    return {"Type": "Pass", "End": True}


def made(host: HostProcess, name: str, definition: dict[str, Any]) -> str:
    states = host.aws("stepfunctions")
    return states.create_state_machine(name=name, roleArn=ROLE, definition=json.dumps(definition))[
        "stateMachineArn"
    ]


def start(host: HostProcess, machine: str, name: str, **more: Any) -> str:
    return host.aws("stepfunctions").start_execution(
        stateMachineArn=machine, name=name, input=json.dumps({"run": name, **more})
    )["executionArn"]


def run(host: HostProcess, machine: str, name: str, expect: str = "SUCCEEDED", **more: Any) -> dict[str, Any]:
    execution = start(host, machine, name, **more)
    describe = host.aws("stepfunctions").describe_execution
    eventually(lambda: describe(executionArn=execution)["status"] != "RUNNING")
    ended = describe(executionArn=execution)
    assert ended["status"] == expect, ended
    return ended


def notes(host: HostProcess, name: str) -> list[dict[str, str]]:
    items = host.aws("dynamodb").query(
        TableName=host.address.table,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": f"probe#{name}"}},
    )["Items"]
    return [{key: next(iter(value.values())) for key, value in item.items()} for item in items]


def call_later(host: HostProcess, **event: Any) -> None:
    host.aws("lambda").invoke(FunctionName="errand", InvocationType="Event", Payload=json.dumps(event))


def errands(host: HostProcess, run: str) -> list[dict[str, str]]:
    return [note for note in notes(host, run) if "ended" in note]


def most_together(notes: list[dict[str, str]]) -> int:
    spans = [(float(note["begun"]), float(note["ended"])) for note in notes]
    return max(sum(begun <= moment < ended for begun, ended in spans) for moment, _ in spans)


def refused(states: Any, token: str) -> bool:
    try:
        states.send_task_success(taskToken=token, output="{}")
    except ClientError:
        return True
    return False


def eventually(look: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + 30
    while not (seen := look()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return seen
