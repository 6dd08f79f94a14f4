"""A host that nobody outside can call: jobs at Replicate are finished all the same, paid once, and keys stay where
they were."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.doubles.replicate import SECRET, TOKEN, ReplicateDouble
from tests.workflows.host import HostProcess
from tests.workflows.studio import Studio

PLANNER = "sk-or-a-key-that-nobody-takes"
"""Of a provider nobody reaches: the rules write the plan."""


@pytest.fixture
def replicate() -> Iterator[ReplicateDouble]:
    with ReplicateDouble() as double:
        double.faults.pace = {"image": 0.1, "video": 0.1, "audio": 0.02}
        yield double


@pytest.fixture
def secluded(tmp_path: Path, replicate: ReplicateDouble) -> Iterator[HostProcess]:
    host = HostProcess(
        tmp_path,
        RUSHES_PUBLIC_URL="",
        RUSHES_RELAY_PACE="0.3",
        REPLICATE_BASE_URL=replicate.url,
        REPLICATE_API_TOKEN=TOKEN,
        OPENROUTER_BASE_URL="http://127.0.0.1:9/v1",
        OPENROUTER_API_KEY=PLANNER,
    ).start()
    yield host
    host.stop()


def test_the_relay_brings_every_end_and_no_key_is_written_down(
    secluded: HostProcess, replicate: ReplicateDouble
) -> None:
    studio = Studio(secluded)
    production_id = studio.begin("A short ad for a cup of coffee", duration=10, auto_continue=True)
    eventually(lambda: any(job.model.media == "video" for job in replicate.accepted))
    eventually(lambda: all(job_ids(secluded)))  # without one the job is looked for, and that takes its time
    secluded.restart()
    found = studio.until(production_id, "completed")
    assert found["cost_usd"] > 0
    assert replicate.deliveries == []
    assert set(replicate.by_input().values()) == {1}
    assert replicate.creates == len(replicate.paid_jobs())
    secluded.stop()
    assert written_down(secluded.directory, TOKEN, SECRET, SECRET.removeprefix("whsec_"), PLANNER) == []


def job_ids(host: HostProcess) -> list[str | None]:
    """Of what providers were asked for, and have not done yet as far as the table knows."""
    items = host.aws("dynamodb").query(
        TableName=host.address.table,
        IndexName="owner-index",
        KeyConditionExpression="gsi1pk = :pending",
        ExpressionAttributeValues={":pending": {"S": "asks#pending"}},
    )["Items"]
    return [json.loads(item["body"]["S"])["job_id"] for item in items]


def eventually(seen: Callable[[], Any]) -> None:
    deadline = time.monotonic() + 60
    while not seen():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def written_down(directory: Path, *keys: str) -> list[Path]:
    """The files that hold one of the keys."""
    files = [file for file in directory.rglob("*") if file.is_file()]
    assert len(files) > 10
    return [file for file in files if any(key.encode() in file.read_bytes() for key in keys)]
