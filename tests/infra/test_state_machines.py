"""Every workflow file is a sound state machine: the engine would find out late, AWS at deployment."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonata
import pytest

from functions.pipelines import PHASES
from infra.constructs.workflow import read_definition

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / "functions").glob("*/workflow.asl.yaml"))
ENDINGS = ("Succeed", "Fail")
BUILT_IN = re.compile(r"\{%(.*)%\}", re.DOTALL)

workflows = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.parent.name)


def test_there_is_a_workflow_for_each_pipeline_with_its_phases_in_order():
    assert {path.parent.name for path in WORKFLOWS} == set(PHASES)
    for path in WORKFLOWS:
        entered = [
            name for name in read_definition(path)["States"] if name.lower() in PHASES[path.parent.name]
        ]
        assert tuple(map(str.lower, entered)) == PHASES[path.parent.name]


@workflows
def test_every_target_exists_and_every_state_is_reached(path: Path):
    for machine in machines(read_definition(path)):
        states = machine["States"]
        reached: set[str] = set()
        ahead = [machine["StartAt"]]
        while ahead:
            name = ahead.pop()
            assert name in states, f"{name} does not exist"
            if name not in reached:
                reached.add(name)
                ahead += targets(states[name])
        assert reached == set(states), f"never reached: {set(states) - reached}"


@workflows
def test_every_state_goes_on_or_ends(path: Path):
    for machine in machines(read_definition(path)):
        for name, state in machine["States"].items():
            ends = state["Type"] in ENDINGS or state.get("End") is True
            goes_on = bool(state.get("Next") or state.get("Default"))
            assert ends != goes_on, name


@workflows
def test_from_every_state_an_end_is_near(path: Path):
    for machine in machines(read_definition(path)):
        states = machine["States"]
        ending = {name for name, state in states.items() if state["Type"] in ENDINGS or state.get("End")}
        while more := {name for name in states.keys() - ending if ending & set(targets(states[name]))}:
            ending |= more
        assert ending == set(states)


@workflows
def test_every_expression_is_jsonata(path: Path):
    expressions = [
        found[1] for text in texts(read_definition(path)) if (found := BUILT_IN.fullmatch(text.strip()))
    ]
    assert expressions
    for expression in expressions:
        jsonata.Jsonata(expression)


@workflows
def test_every_task_token_wait_has_a_timeout_and_every_task_retries_on_names(path: Path):
    for machine in machines(read_definition(path)):
        for name, state in machine["States"].items():
            if state["Type"] != "Task":
                continue
            if state["Resource"].endswith(".waitForTaskToken"):
                seconds = state["TimeoutSeconds"]
                assert seconds == "{% $states.input.patience %}" or seconds > 0, name
                assert "token" in state["Arguments"]["Payload"], name
            retried = [error for retrier in state["Retry"] for error in retrier["ErrorEquals"]]
            assert "Transient" in retried, name
            assert "States.ALL" not in retried, name


def machines(definition: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The machine, and those inside its Map and Parallel states."""
    yield definition
    for state in definition["States"].values():
        for inner in [state.get("ItemProcessor"), *state.get("Branches", [])]:
            if inner:
                yield from machines(inner)


def targets(state: dict[str, Any]) -> list[str]:
    choices = [choice["Next"] for choice in state.get("Choices", [])]
    catches = [catcher["Next"] for catcher in state.get("Catch", [])]
    ahead = [state[key] for key in ("Next", "Default") if key in state]
    return [*choices, *catches, *ahead]


def texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)
