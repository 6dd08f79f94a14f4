"""What the template allows each function is enough for its work: a film is made while the engine enforces IAM.

tests/infra/test_permissions.py says that it is not too much.
"""

import json
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from infra.local.adapt import ASSETS_BUCKET
from infra.local.deploy import BOOTSTRAP_KEY
from tests.doubles.replicate import TOKEN, ReplicateDouble
from tests.workflows.editing import Editor
from tests.workflows.host import HostProcess
from tests.workflows.lectures import LectureHall, lecture

MADE_WITHIN = 180.0
ANSWERS = ["states:SendTaskSuccess", "states:SendTaskFailure"]
"""AWS checks them against the state machine's ARN, as the template says; the engine only against "*"."""
ANSWERING = ("RenderRole", "FinishRole", "StopRole", "ReviewRole", "FrontRole")


@pytest.fixture(scope="module")
def replicate() -> Iterator[ReplicateDouble]:
    """Its webhooks reach the host: so that `finish` has work, and `stop`."""
    with ReplicateDouble() as double:
        yield double


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory, replicate: ReplicateDouble) -> Iterator[HostProcess]:
    host = HostProcess(
        tmp_path_factory.mktemp("strict"),
        AUTH="true",
        REPLICATE_BASE_URL=replicate.url,
        REPLICATE_API_TOKEN=TOKEN,
    ).start()
    iam = host.aws("iam")
    for role in iam.list_roles()["Roles"]:
        name = role["RoleName"]
        if any(role_of in name for role_of in ANSWERING):
            statement = {"Effect": "Allow", "Action": ANSWERS, "Resource": "*"}
            iam.put_role_policy(
                RoleName=name,
                PolicyName="answers",
                PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
            )
    yield host
    host.stop()


def test_a_film_is_made_with_the_permissions_the_template_gives(
    strict: HostProcess, replicate: ReplicateDouble
):
    production = begun(strict)
    deadline = time.monotonic() + MADE_WITHIN
    while (seen := strict.call("GET", f"/productions/{production}").json()["data"])["status"] in (
        "queued",
        "running",
    ):
        assert time.monotonic() < deadline, seen
        time.sleep(0.25)
    assert "AccessDenied" not in (strict.directory / "functions.log").read_text()
    assert seen["status"] == "completed"
    assert {status for _, status in replicate.deliveries} == {204}
    edited(strict, production)
    assert "AccessDenied" not in (strict.directory / "functions.log").read_text()
    assert strict.call("DELETE", f"/productions/{production}").is_success


def test_a_lecture_s_clips_are_made_with_the_permissions_the_template_gives(
    strict: HostProcess, tmp_path: Path
):
    hall = LectureHall(strict)
    production = hall.begun(lecture(tmp_path / "tides.mp4", 40), clips=2, shortest=10, auto_continue=True)
    assert hall.until(production, "completed")["result"]["clips"]
    for form in ("vtt", "json"):
        assert strict.call("GET", f"/productions/{production}/transcript.{form}").status_code != 500
    assert "AccessDenied" not in (strict.directory / "functions.log").read_text()
    assert strict.call("DELETE", f"/productions/{production}").is_success


def test_a_providers_job_is_stopped_with_the_permissions_the_template_gives(
    strict: HostProcess, replicate: ReplicateDouble
):
    before = len(replicate.accepted)
    replicate.faults.pace = {"image": 100}
    production = begun(strict)
    soon(lambda: len(replicate.accepted) > before)
    time.sleep(1)  # until the job's id is written down
    assert strict.call("POST", f"/productions/{production}/cancel").is_success
    soon(lambda: replicate.cancels)
    assert "AccessDenied" not in (strict.directory / "functions.log").read_text()


def test_a_function_without_a_permission_is_refused(strict: HostProcess):
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = strict.aws("iam").create_role(
        RoleName="nobody",
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )
    functions = strict.aws("lambda")
    functions.create_function(
        FunctionName="intruder",
        Runtime="provided.al2023",
        Role=role["Role"]["Arn"],
        Handler="tests.workflows.probes.silent",
        Code={"S3Bucket": ASSETS_BUCKET, "S3Key": BOOTSTRAP_KEY},
        Timeout=30,
        Environment={"Variables": {"RUSHES_TABLE": strict.address.table}},
    )
    answer = functions.invoke(FunctionName="intruder", Payload=json.dumps({"run": "x", "token": "y"}))
    assert b"AccessDenied" in answer["Payload"].read()


def edited(host: HostProcess, production: str) -> None:
    """A file of one's own takes a picture's place, and the film goes on from there."""
    editor = Editor(host, production)
    storyboard = editor.checkpoint("main", "storyboard")["id"]
    buffer = BytesIO()
    Image.new("RGB", (1280, 720), "teal").save(buffer, "PNG")
    editor.upload_in_place(storyboard, "beat_00", buffer.getvalue())
    branch = editor.go_on(storyboard)["branch"]
    soon(lambda: host.call("GET", f"/productions/{production}").json()["data"]["status"] == "completed")
    assert editor.checkpoint(branch, "refine")["selection"]["final"] == 2


def begun(host: HostProcess) -> str:
    body = {
        "kind": "ad",
        "prompt": "A ten second ad for a cup of coffee",
        "duration": 10,
        "auto_continue": True,
    }
    return host.call("POST", "/productions", json=body).json()["data"]["id"]


def soon(seen: Callable[[], Any]) -> None:
    deadline = time.monotonic() + MADE_WITHIN
    while not seen():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
