"""`rushes up` keeps what it promises: an address, a guarded API, one host a directory, and state that survives."""

import json
import stat
import subprocess
import sys
import threading
import time

import httpx
import pytest
from botocore.exceptions import BotoCoreError, ClientError

from infra.local.address import running
from infra.local.templates import ROOT
from tests.workflows.host import HostProcess, free_port


def test_the_api_answers_at_its_published_address(host: HostProcess):
    answer = host.call("GET", "/health", token="")
    assert answer.status_code == 200, answer.text
    assert answer.json()["data"]


def test_a_call_without_a_token_or_with_a_forged_one_is_401(host: HostProcess):
    head, claims, signature = host.token.split(".")
    forged = ".".join((head, claims, signature[:-8] + "AAAAAAAA"))
    assert host.call("GET", "/productions", token="").status_code == 401
    assert host.call("GET", "/productions", token=forged).status_code == 401


def test_the_local_users_token_opens_the_guarded_routes(host: HostProcess):
    assert host.call("GET", "/productions").status_code == 200


def test_a_page_from_elsewhere_cannot_call_loopback(host: HostProcess):
    foreign = host.call("GET", "/health", token="", headers={"origin": "https://evil.example"})
    rebound = host.call("GET", "/health", token="", headers={"host": "evil.example"})
    assert (foreign.status_code, rebound.status_code) == (403, 403)


def test_the_engines_own_paths_are_not_reachable_through_the_api(host: HostProcess):
    root = host.api.removesuffix("/v1")
    for path in ("/_ministack/reset", "/restapis/x/y/_user_request_/", "/2015-03-31/functions/"):
        assert httpx.post(root + path, trust_env=False).status_code == 401


def test_the_published_address_is_for_its_owners_eyes(host: HostProcess):
    for name in ("local.json", "password"):
        assert stat.S_IMODE((host.directory / name).stat().st_mode) == 0o600


def test_a_second_host_on_the_same_state_is_refused_with_the_first_ones_address(host: HostProcess):
    refused = start_another(host.directory, free_port())
    assert refused.returncode == 1
    assert host.api in refused.stderr
    assert str(host.address.pid) in refused.stderr


def test_a_taken_port_is_named(host: HostProcess, tmp_path):
    taken = int(host.api.split(":")[2].split("/")[0])
    refused = start_another(tmp_path, taken)
    assert refused.returncode == 1
    assert f"Port {taken} is taken" in refused.stderr


def test_what_was_written_before_a_kill_is_there_after_it(host: HostProcess):
    table, bucket = host.address.table, host.address.bucket
    dynamodb = host.aws("dynamodb")
    for number in range(50):
        dynamodb.update_item(
            TableName=table,
            Key={"pk": {"S": "kept"}, "sk": {"S": f"{number % 5}"}},
            UpdateExpression="ADD times :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )
    host.aws("s3").put_object(Bucket=bucket, Key="kept/file", Body=b"kept")

    token = host.token
    host.restart()

    found = host.aws("dynamodb").query(
        TableName=table,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": "kept"}},
    )["Items"]
    assert [item["times"]["N"] for item in found] == ["10"] * 5
    assert host.aws("s3").get_object(Bucket=bucket, Key="kept/file")["Body"].read() == b"kept"
    assert host.call("GET", "/productions", token=token).status_code == 200


def test_a_kill_in_the_midst_of_writing_loses_no_acknowledged_write(host: HostProcess):
    acknowledged = 0

    def write() -> None:
        nonlocal acknowledged
        dynamodb = host.aws("dynamodb", retries=0)
        while True:
            try:
                dynamodb.update_item(
                    TableName=host.address.table,
                    Key={"pk": {"S": "midst"}, "sk": {"S": "count"}},
                    UpdateExpression="ADD times :one",
                    ExpressionAttributeValues={":one": {"N": "1"}},
                )
            except (BotoCoreError, ClientError):
                return
            acknowledged += 1

    for _ in range(2):
        writing = threading.Thread(target=write)
        writing.start()
        time.sleep(1)
        host.kill()
        writing.join()
        host.start()
        key = {"pk": {"S": "midst"}, "sk": {"S": "count"}}
        item = host.aws("dynamodb").get_item(TableName=host.address.table, Key=key)["Item"]
        # The one write whose answer the kill cut off may have been applied.
        assert acknowledged <= int(item["times"]["N"]) <= acknowledged + 1
        acknowledged = int(item["times"]["N"])
    assert acknowledged > 100


def test_a_changed_template_updates_the_stacks_and_keeps_the_data(host: HostProcess):
    key = {"pk": {"S": "kept"}, "sk": {"S": "through updates"}}
    host.aws("dynamodb").put_item(TableName=host.address.table, Item=key)
    deployed = host.aws("cloudformation").get_template(StackName="rushes-api")["TemplateBody"]
    changed = json.dumps(deployed).replace('"MemorySize": 1024', '"MemorySize": 384')
    assert changed != json.dumps(deployed)
    host.aws("cloudformation").update_stack(
        StackName="rushes-api", TemplateBody=changed, Capabilities=["CAPABILITY_IAM"]
    )
    while 384 not in memory_sizes(host):
        time.sleep(0.05)

    host.stop()
    host.start()

    assert 384 not in memory_sizes(host)
    assert "Item" in host.aws("dynamodb").get_item(TableName=host.address.table, Key=key)
    assert host.call("GET", "/productions").status_code == 200


@pytest.mark.parametrize("seconds", [0.8, 1.2, 1.6])
def test_a_host_killed_while_it_starts_starts_again(tmp_path, seconds: float):
    host = HostProcess(tmp_path)
    host.spawn()
    time.sleep(seconds)
    host.kill()
    host.start()
    assert host.call("GET", "/productions").status_code == 200
    host.stop()


def test_no_function_outlives_a_killed_host(host: HostProcess):
    host.call("GET", "/health", token="")
    workers = host.workers()
    assert workers
    host.kill()
    assert running(host.directory) is None
    deadline = time.monotonic() + 10
    while set(workers) & set(host.workers()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not set(workers) & set(host.workers())
    host.start()


def test_a_stopped_host_withdraws_its_address_and_leaves_no_process(host: HostProcess):
    host.call("GET", "/health", token="")
    host.stop()
    assert not (host.directory / "local.json").exists()
    assert host.workers() == []
    host.start()


def start_another(directory, port: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "infra.local.up", "--directory", str(directory), "--port", str(port)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)


def memory_sizes(host: HostProcess) -> set[int]:
    return {function["MemorySize"] for function in host.aws("lambda").list_functions()["Functions"]}
