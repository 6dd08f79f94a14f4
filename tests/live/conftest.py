"""One contract, two servers: our double, always, and the real service where there is a key for it.

    REPLICATE_API_TOKEN=r8_… pytest tests/live

costs about a cent.
"""

import os
from collections.abc import Iterator

import pytest

from rushes.providers.account import Account, host_of
from rushes.providers.catalog import Catalog, entries
from tests.doubles.replicate import SECRET, TOKEN, ReplicateDouble


@pytest.fixture(params=["double", "real"])
def replicate_account(request: pytest.FixtureRequest) -> Iterator[Account]:
    if request.param == "real":
        if not os.environ.get("REPLICATE_API_TOKEN"):
            pytest.skip("REPLICATE_API_TOKEN is not set")
        yield Catalog(entries(), os.environ.get).account("replicate")
    else:
        with ReplicateDouble() as double:
            host = host_of(double.url)
            yield Account("replicate", "Replicate", double.url, TOKEN, SECRET, configured_host=host)
