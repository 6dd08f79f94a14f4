"""Where the engine's Step Functions differ from AWS in a way that would hurt, and what we put in its place.

- A call waits in line. On the engine every call is a process, so the calls inside one function are capped. Its own
  cap (reserved concurrency) throttles, which a token task never notices: it swallows the refusal and hangs until
  its timeout. Even if it noticed, a retry with backoff would leave cores idle; waiting in line does not.
- A token task whose function raises, times out or dies fails with that error; the engine lets it hang.
- A stopped execution stays stopped: no task of it begins any more, none of it waits for a token, and its record is
  not overwritten by a late failure.

The engine is pinned; tests/workflows/test_engine_corrections.py fails when a new version moves what is touched.
"""

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from ministack.services import stepfunctions as engine

Execution = dict[str, Any]


class _Here(threading.local):
    """What this thread is doing."""

    execution: Execution | None = None
    token: str | None = None


_here = _Here()
_parked: dict[str, Execution] = {}
"""Task token → the execution that waits for it."""


def correct(at_once: int, on_status: Callable[[Execution], None]) -> None:
    """Once per process. `at_once`: how many calls of one function may run at the same time. `on_status` is told an
    execution's record at every change of its status, before anybody else hears of it."""
    engine._execute_task = _knowing_its_execution(engine._execute_task)
    engine._invoke_with_callback = _knowing_its_token(engine._invoke_with_callback)
    engine._call_lambda = _failing_its_token(_in_line(engine._call_lambda, at_once))
    engine._fail_execution = _unless_stopped(engine._fail_execution)
    engine._emit_execution_status_event = _telling(engine._emit_execution_status_event, on_status)


def release(execution: Execution) -> None:
    """Wakes whatever waits for a token of an execution that runs no more."""
    for token, owner in list(_parked.items()):
        if owner is execution:
            _fail_token(token, "States.TaskFailed", "The execution was stopped")


def _knowing_its_execution(execute: Callable[..., Any]) -> Callable[..., Any]:
    def execute_task(state: Any, payload: Any, execution: Execution, context: Any) -> Any:
        _here.execution = execution
        _refuse_if_stopped()
        return execute(state, payload, execution, context)

    return execute_task


def _knowing_its_token(invoke: Callable[..., Any]) -> Callable[..., Any]:
    def invoke_with_callback(resource: str, payload: Any, token: str, state: Any) -> Any:
        _here.token = token
        if _here.execution:
            _parked[token] = _here.execution
        try:
            return invoke(resource, payload, token, state)
        finally:
            _here.token = None
            _parked.pop(token, None)

    return invoke_with_callback


def _in_line(call: Callable[..., Any], at_once: int) -> Callable[..., Any]:
    lines: dict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(at_once))

    def call_in_line(function: str, event: Any) -> Any:
        with lines[function]:
            _refuse_if_stopped()
            return call(function, event)

    return call_in_line


def _failing_its_token(call: Callable[..., Any]) -> Callable[..., Any]:
    def call_and_report(function: str, event: Any) -> Any:
        try:
            return call(function, event)
        except engine._ExecutionError as error:
            if _here.token:
                _fail_token(_here.token, error.error, error.cause)
            raise

    return call_and_report


def _unless_stopped(fail: Callable[..., None]) -> Callable[..., None]:
    def fail_execution(execution: Execution, error: str, cause: str) -> None:
        if execution["status"] == "RUNNING":
            fail(execution, error, cause)

    return fail_execution


def _telling(emit: Callable[[Execution], None], tell: Callable[[Execution], None]) -> Callable[..., None]:
    def emit_execution_status_event(execution: Execution) -> None:
        tell(execution)
        emit(execution)
        if execution["status"] == "ABORTED":
            release(execution)

    return emit_execution_status_event


def _refuse_if_stopped() -> None:
    if _here.execution and _here.execution["status"] != "RUNNING":
        raise engine._ExecutionError("States.TaskFailed", "The execution was stopped")


def _fail_token(token: str, error: str, cause: str) -> None:
    task = engine._task_tokens.get(token)
    if task and not task["event"].is_set():
        task["error"] = {"Error": error, "Cause": cause}
        task["event"].set()
