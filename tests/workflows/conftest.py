from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doubles.openai import OpenAIDouble
from tests.doubles.replicate import ReplicateDouble
from tests.workflows.host import HostProcess
from tests.workflows.paid import PaidStudio, paid_host


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostProcess]:
    """The embedded host with the whole template on it. Tests may kill and restart it; it is up when they end."""
    process = HostProcess(tmp_path_factory.mktemp("host")).start()
    yield process
    process.stop()


@pytest.fixture(scope="session")
def quick_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostProcess]:
    """The same, with artists that take no time: for what is not about pictures."""
    catalog = Path(__file__).parents[1] / "fakes" / "quick.yaml"
    process = HostProcess(tmp_path_factory.mktemp("quick"), RUSHES_CATALOG=str(catalog)).start()
    yield process
    process.stop()


@pytest.fixture(scope="session")
def doubles() -> Iterator[tuple[ReplicateDouble, OpenAIDouble]]:
    with ReplicateDouble() as replicate, OpenAIDouble() as openai:
        yield replicate, openai


@pytest.fixture(scope="session")
def paying_host(
    tmp_path_factory: pytest.TempPathFactory, doubles: tuple[ReplicateDouble, OpenAIDouble]
) -> Iterator[HostProcess]:
    """With keys of the doubles, which it pays. Tests may kill and restart it; it is up when they end."""
    process = paid_host(tmp_path_factory.mktemp("paying"), *doubles).start()
    yield process
    process.stop()


@pytest.fixture
def paid(paying_host: HostProcess, doubles: tuple[ReplicateDouble, OpenAIDouble]) -> PaidStudio:
    return PaidStudio(paying_host, *doubles)
