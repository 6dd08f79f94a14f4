"""How often the table is asked for one API call: counted at boto3's own events, over moto."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.conftest import BUCKET, TABLE, make_table


def table_requests() -> dict[str, int]:
    """API call → requests to DynamoDB, for a production that has been walked through its first phase."""
    with _wired() as (services, count):
        from tests.api.conftest import AD, as_somebody
        from tests.api.test_productions import paused_production

        api = as_somebody("me")
        production_id, checkpoint_id = paused_production(api, services)
        base = f"/v1/productions/{production_id}"
        calls: dict[str, tuple[str, str, Any]] = {
            "status": ("GET", base, None),
            "list": ("GET", "/v1/productions", None),
            "events": ("GET", f"{base}/events", None),
            "checkpoint tree": ("GET", f"{base}/checkpoints/tree", None),
            "one checkpoint": ("GET", f"{base}/checkpoints/{checkpoint_id}", None),
            "one artifact": ("GET", f"{base}/artifacts/notes", None),
            "costs": ("GET", f"{base}/costs", None),
            "create": ("POST", "/v1/productions", AD),
            "cancel": ("POST", f"{base}/cancel", None),
            "delete": ("DELETE", base, None),
        }
        figures = {}
        for name, (method, path, body) in calls.items():
            count.clear()
            answer = api(method, path, body)
            assert answer.status < 300, (name, answer.text)
            figures[name] = len(count)
        return figures


@contextmanager
def _wired() -> Iterator[tuple[Any, list[str]]]:
    from moto import mock_aws

    os.environ |= {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "RUSHES_TABLE": TABLE,
        "RUSHES_BUCKET": BUCKET,
    }
    with mock_aws():
        import json

        import boto3

        from rushes import services as composition
        from tests.api.conftest import MACHINE

        make_table(boto3.client("dynamodb"), TABLE)
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        role = "arn:aws:iam::123456789012:role/r"
        machine = boto3.client("stepfunctions").create_state_machine(
            name="m", definition=MACHINE, roleArn=role
        )
        os.environ["RUSHES_STATE_MACHINES"] = json.dumps({"ad": machine["stateMachineArn"]})
        composition.services.cache_clear()
        services = composition.services()
        count: list[str] = []
        services.client("dynamodb").meta.events.register(
            "before-call.dynamodb", lambda model, **_: count.append(model.name)
        )
        yield services, count
        composition.services.cache_clear()
