"""`rushes open`: the studio page in a browser, signed in."""

import webbrowser
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.cli.main import app
from infra.cli.terminal import UNREACHABLE
from infra.local.address import Address, only_one, publish

SECRET = "eyJ.secret.token"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RUSHES_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def studio(home: Path) -> Iterator[None]:
    """One that runs on this machine, as its lock and its `local.json` say."""
    with only_one(home):
        publish(home, Address("http://127.0.0.1:8700/v1", SECRET, {}, 1, "me", "", "", ""))
        yield


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a browser was asked to open."""
    pages: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: pages.append(url) is None)
    return pages


def test_the_page_opens_with_the_token_where_no_server_is_sent_it(studio: None, opened: list[str]):
    told = CliRunner().invoke(app, ["open"])
    assert told.exit_code == 0
    assert opened == [f"http://127.0.0.1:8700/#token={SECRET}"]
    assert SECRET not in told.output


def test_without_a_browser_the_address_is_told_and_the_token_is_not(
    studio: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(webbrowser, "open", lambda url: False)
    told = CliRunner().invoke(app, ["open"])
    assert told.exit_code == 0
    assert "http://127.0.0.1:8700/" in told.output
    assert SECRET not in told.output


def test_a_studio_elsewhere_is_opened_with_the_token_that_was_given(home: Path, opened: list[str]):
    CliRunner().invoke(app, ["open", "--api", "https://studio.example/v1", "--token", "abc"])
    assert opened == ["https://studio.example/#token=abc"]


def test_where_no_studio_runs_nothing_is_opened(home: Path, opened: list[str]):
    assert CliRunner().invoke(app, ["open"]).exit_code == UNREACHABLE
    assert opened == []
