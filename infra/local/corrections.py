"""Where the engine's Step Functions and Lambda differ from AWS in a way that would hurt, and what we put in its place.

- A call waits in line, also one that nobody waits for. On the engine every call is a process, so the calls inside one
  function are capped. Its own cap (reserved concurrency) throttles, which a token task never notices: it swallows
  the refusal and hangs until its timeout. Even if it noticed, a retry with backoff would leave cores idle; waiting in
  line does not.
- A token task whose function raises, times out or dies fails with that error; the engine lets it hang.
- A task's `TimeoutSeconds` may be an expression; the engine would take its text for the number.
- A stopped execution stays stopped: no task of it begins any more, none of it waits for a token, and its record is
  not overwritten by a late failure.

The engine is pinned; tests/workflows/test_engine_corrections.py fails when a new version moves what is touched.
"""

import threading
from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from ministack.services import lambda_svc as functions
from ministack.services import stepfunctions as engine

Execution = dict[str, Any]


class _Here(threading.local):
    """What this thread is doing."""

    execution: Execution | None = None
    token: str | None = None


_here = _Here()
_parked: dict[str, Execution] = {}
"""Task token → the execution that waits for it."""
_not_waited_for: ContextVar[bool] = ContextVar("not_waited_for", default=False)
"""Whether this thread runs a call of the kind `Event`: the engine gives each a thread, and its caller's context."""


def correct(at_once: int, on_status: Callable[[Execution], None]) -> None:
    """Once per process. `at_once`: how many calls of one function may run at the same time. `on_status` is told an
    execution's record at every change of its status, before anybody else hears of it."""
    engine._execute_task = _knowing_its_execution(_timed(engine._execute_task))
    engine._invoke_with_callback = _knowing_its_token(engine._invoke_with_callback)
    engine._call_lambda = _failing_its_token(_in_line(engine._call_lambda, at_once))
    functions.invoke_async_with_retry = _marked(functions.invoke_async_with_retry)
    functions._execute_function = _in_line_if_marked(functions._execute_function, at_once)
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


def _timed(execute: Callable[..., Any]) -> Callable[..., Any]:
    def execute_timed_task(state: Any, payload: Any, execution: Execution, context: Any) -> Any:
        if isinstance(state.get("TimeoutSeconds"), str):
            seconds = engine._jsonata_state_field(state, "TimeoutSeconds", "number", payload, context)
            state = {**state, "TimeoutSeconds": seconds}
        return execute(state, payload, execution, context)

    return execute_timed_task


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


def _marked(invoke: Callable[..., None]) -> Callable[..., None]:
    def invoke_and_mark(function: Any, event: Any) -> None:
        before = _not_waited_for.set(True)
        try:
            invoke(function, event)
        finally:
            _not_waited_for.reset(before)

    return invoke_and_mark


def _in_line_if_marked(execute: Callable[..., Any], at_once: int) -> Callable[..., Any]:
    lines: dict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(at_once))

    def execute_function(function: Any, event: Any) -> Any:
        if not _not_waited_for.get():
            return execute(function, event)
        with lines[function["config"]["FunctionArn"]]:
            return execute(function, event)

    return execute_function


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
