from collections.abc import Iterator

import pytest

from tests.workflows.host import HostProcess


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostProcess]:
    """The embedded host with the whole template on it. Tests may kill and restart it; it is up when they end."""
    process = HostProcess(tmp_path_factory.mktemp("host")).start()
    yield process
    process.stop()
