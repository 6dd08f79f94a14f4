"""Every contract runs over each place that keeps it: moto, and the embedded engine as a process of its own."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from rushes.aws.bucket import Bucket
from rushes.aws.table import Table
from tests.conftest import make_table
from tests.workflows.host import HostProcess

Clients = Callable[[str], Any]


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostProcess]:
    process = HostProcess(tmp_path_factory.mktemp("engine")).start()
    yield process
    process.stop()


@pytest.fixture(params=["moto", "engine"])
def clients(request: pytest.FixtureRequest) -> Clients:
    """AWS service name → boto3 client."""
    if request.param == "moto":
        return request.getfixturevalue("aws")
    return request.getfixturevalue("engine").aws


@pytest.fixture
def table(clients: Clients) -> Table:
    name = f"contract-{uuid4().hex}"
    make_table(clients("dynamodb"), name)
    return Table(clients("dynamodb"), name)


@pytest.fixture
def bucket(clients: Clients) -> Bucket:
    name = f"contract-{uuid4().hex}"
    clients("s3").create_bucket(Bucket=name)
    return Bucket(clients("s3"), name)
