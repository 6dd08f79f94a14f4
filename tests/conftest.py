"""Fixtures every folder shares: the real adapters on moto, and fakes at the workflow engine's ports."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any

import boto3
import pytest
from hypothesis import settings
from moto import mock_aws

from rushes.aws.settings import Settings
from rushes.services import Services
from tests.fakes.engine import FakeCallbacks, FakeExecutions

# No test depends on the clock's speed.
settings.register_profile("rushes", deadline=None)
settings.load_profile("rushes")

TABLE, BUCKET = "rushes-test", "rushes-test-bucket"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """boto3 clients of an empty account with our table and bucket in it."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        client = cache(partial(boto3.client, region_name="us-east-1"))
        make_table(client("dynamodb"), TABLE)
        client("s3").create_bucket(Bucket=BUCKET)
        yield client


def make_table(dynamodb: Any, name: str) -> None:
    """The table as the template describes it."""
    keys = ("pk", "sk", "gsi1pk", "gsi1sk")
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "owner-index",
                "KeySchema": [
                    {"AttributeName": "gsi1pk", "KeyType": "HASH"},
                    {"AttributeName": "gsi1sk", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )


class Clock:
    """Goes on by a millisecond with every look, and by hand."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment

    def skip(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(aws: Any, clock: Clock) -> Services:
    """Real table and bucket adapters; the workflow engine is a fake that remembers what it was told."""
    made = Services(Settings(table=TABLE, bucket=BUCKET, state_machines={"ad": "arn:fake"}), aws, clock)
    made.__dict__.update(callbacks=FakeCallbacks(), executions=FakeExecutions())
    return made
