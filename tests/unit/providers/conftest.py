"""The adapters under test, at their doubles on loopback."""

from collections.abc import Iterator

import pytest

from rushes.providers.account import Account, host_of
from rushes.providers.replicate.adapter import Replicate
from tests.doubles.replicate import SECRET, TOKEN, ReplicateDouble


@pytest.fixture
def double() -> Iterator[ReplicateDouble]:
    with ReplicateDouble() as double:
        yield double


@pytest.fixture
def account(double: ReplicateDouble) -> Account:
    return Account(
        "replicate", "Replicate", double.url, TOKEN, SECRET, ("replicate.delivery",), host_of(double.url)
    )


@pytest.fixture
def replicate(account: Account) -> Replicate:
    return Replicate(account)
