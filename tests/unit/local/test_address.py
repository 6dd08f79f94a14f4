"""`local.json` says where the host is, and the lock whether it still runs."""

import stat
from pathlib import Path

import pytest

from infra.local.address import Address, only_one, publish, running, withdraw
from infra.local.errors import HostError

ADDRESS = Address(
    api="http://127.0.0.1:8700/v1",
    token="secret",
    state_machines={"ad": "arn"},
    pid=123,
    user="me@rushes.local",
    gateway="http://127.0.0.1:8701",
    table="table",
    bucket="bucket",
)


def test_a_host_that_runs_is_found(tmp_path: Path):
    with only_one(tmp_path):
        publish(tmp_path, ADDRESS)
        assert running(tmp_path) == ADDRESS


def test_a_host_that_died_is_not_found_though_its_file_is_there(tmp_path: Path):
    with only_one(tmp_path):
        publish(tmp_path, ADDRESS)
    assert (tmp_path / "local.json").exists()
    assert running(tmp_path) is None


def test_a_host_that_withdrew_is_not_found(tmp_path: Path):
    with only_one(tmp_path):
        publish(tmp_path, ADDRESS)
        withdraw(tmp_path)
        assert running(tmp_path) is None


def test_a_second_host_is_told_where_the_first_one_is(tmp_path: Path):
    with only_one(tmp_path):
        publish(tmp_path, ADDRESS)
        with pytest.raises(HostError, match=r"8700/v1 \(pid 123\)"), only_one(tmp_path):
            pass


def test_only_the_user_may_read_the_token(tmp_path: Path):
    publish(tmp_path, ADDRESS)
    assert stat.S_IMODE((tmp_path / "local.json").stat().st_mode) == 0o600
