"""The engine as an ASGI application whose acknowledged writes survive it (see journal.py)."""

import asyncio
import contextvars
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ministack import app as engine
from ministack.core import persistence
from ministack.core.responses import set_request_account_id, set_request_region
from ministack.core.router import extract_access_key_id, extract_region
from ministack.services import dynamodb, stepfunctions

from infra.local import corrections
from infra.local.asgi import Message, Receive, Scope, Send
from infra.local.journal import Journal

TABLE_WRITES = frozenset(
    f"DynamoDB_20120810.{action}"
    for action in ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems")
)
UNCHANGING = ("DynamoDB_", "AWSStepFunctions.")
"""Targets that change nothing but what the journal holds."""
SAVED_WITHIN = 0.25
"""Seconds until a change to anything else (users, rules, functions) is in a snapshot."""
LOST = "States.ServiceRestart"
ABANDONED = "ABANDONED"


class DurableEngine:
    """Wraps `ministack.app.app`. Its handlers run on the event loop without a pause between applying a write and
    sending its answer, so the order of answers is the order of writes, and a snapshot taken on the loop sees no
    half-applied one."""

    def __init__(self, directory: Path, at_once: int) -> None:
        self._directory = directory
        self._journal = Journal(directory)
        self._save_soon: asyncio.TimerHandle | None = None
        self._deployed = False
        corrections.correct(at_once, on_status=self._journal_execution)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await engine.app(scope, receive, self._around_life(send))
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        target = headers.get("x-amz-target", "")
        if target in TABLE_WRITES:
            await self._write(target, headers.get("authorization", ""), scope, receive, send)
        else:
            await engine.app(scope, receive, send)
            if _changes_something(scope, target, headers.get("authorization", "")):
                self._save_within_moments()

    async def _write(self, target: str, credential: str, scope: Scope, receive: Receive, send: Send) -> None:
        body = bytearray()

        async def hearing() -> Message:
            message = await receive()
            body.extend(message.get("body", b""))
            return message

        async def answering(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                self._journal.append([target, credential, body.decode()])
            await send(message)

        await engine.app(scope, hearing, answering)
        if self._journal.grown:
            self.save()

    def _around_life(self, send: Send) -> Send:
        async def announce(message: Message) -> None:
            if message["type"] == "lifespan.startup.complete":
                engine.PERSIST_STATE = False  # from here on saving is ours, also at the end
                await self._replay()
                self._journal.begin(self._snapshot)
            elif message["type"] == "lifespan.shutdown.complete":
                if self._deployed:
                    self.save()
                self._journal.close()
            await send(message)

        return announce

    async def _replay(self) -> None:
        for record in self._journal.records():
            if isinstance(record, dict):
                _restore_execution(record)
            else:
                await _repeat(*record)
        for execution in stepfunctions._executions.all_values():
            if execution["status"] in ("RUNNING", ABANDONED):
                execution.update(status="FAILED", error=LOST, cause="The engine was restarted")

    def save(self) -> None:
        """Everything, now. On the event loop's thread. Until the first call, when the stacks stand, there are no
        snapshots: one of a half-deployed stack would keep it half-deployed for ever."""
        self._deployed = True
        if self._save_soon:
            self._save_soon.cancel()
            self._save_soon = None
        self._journal.begin(self._snapshot)

    def _save_within_moments(self) -> None:
        if self._deployed and self._save_soon is None:
            self._save_soon = asyncio.get_running_loop().call_later(SAVED_WITHIN, self.save)

    def _snapshot(self, journal: int) -> None:
        states = engine._build_persistence_save_dict()
        table = states.pop("dynamodb", dynamodb.get_state)
        for service, state in states.items():
            self._write_snapshot(service, _copied(state), journal)
        with dynamodb._lock:  # its expiry thread deletes items
            state = table()
        # Last, and whole or not at all: its number decides which journals count.
        self._write_snapshot("dynamodb", state, journal)

    def _write_snapshot(self, service: str, state: Any, journal: int) -> None:
        if state is None:  # a service that did not load has nothing to say
            return
        whole = {
            "journal": journal,
            "__ministack_format__": persistence._state_format_version(service),
            "payload": state,
        }
        path = self._directory / f"{service}.json"
        partial = path.with_suffix(".tmp")
        partial.write_text(json.dumps(whole, default=persistence._json_default))
        os.replace(partial, path)

    def _journal_execution(self, execution: dict[str, Any]) -> None:
        self._journal.append({key: value for key, value in execution.items() if key != "events"})


def lost_executions() -> list[dict[str, Any]]:
    """Executions that a restart ended and nobody was told of yet, oldest first."""
    lost = [
        execution
        for execution in stepfunctions._executions.all_values()
        if execution.get("error") == LOST and not execution.get("told")
    ]
    return sorted(lost, key=lambda execution: execution["startDate"])


def tell_of(execution: dict[str, Any]) -> None:
    """Sends the event AWS sends for a failed execution, to whatever rules there are. Off the event loop."""
    _, _, _, region, account, *_ = execution["executionArn"].split(":")
    execution.update(told=True, stopDate=execution["stopDate"] or stepfunctions.now_iso())

    def send() -> None:
        set_request_account_id(account)
        set_request_region(region)
        stepfunctions._emit_execution_status_event(execution)

    contextvars.copy_context().run(send)


def abandon_executions() -> None:
    """Ends every thread that leads an execution, so that the process can; the next start finds them lost."""
    for execution in stepfunctions._executions.all_values():
        if execution["status"] == "RUNNING":
            execution["status"] = ABANDONED
            corrections.release(execution)


def _changes_something(scope: Scope, target: str, credential: str) -> bool:
    if scope["method"] in ("GET", "HEAD", "OPTIONS") or target.startswith(UNCHANGING):
        return False
    invokes = "/invocations" in scope["path"]
    return bool(target) or ("/s3/" not in credential and "AWS4-HMAC" in credential and not invokes)


def _copied(state: Callable[[], Any]) -> Any:
    """The engine copies its stores with Python loops while its threads go on: try until none interfered."""
    while True:
        try:
            return state()
        except RuntimeError as error:
            if "changed size during iteration" not in str(error):
                raise


async def _repeat(target: str, credential: str, body: str) -> None:
    headers = {"x-amz-target": target, "authorization": credential}

    async def apply() -> None:
        set_request_account_id(extract_access_key_id(headers))
        set_request_region(extract_region(headers))
        await dynamodb.handle_request("POST", "/", headers, body.encode(), {})

    await asyncio.create_task(apply())  # a task has a context of its own


def _restore_execution(record: dict[str, Any]) -> None:
    arn = record["executionArn"]
    _, _, _, region, account, *_ = arn.split(":")
    known = stepfunctions._executions._data.get((account, region, arn), {})
    stepfunctions._executions._data[account, region, arn] = {"events": [], **known, **record}
