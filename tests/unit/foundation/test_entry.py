"""The seam: a token is always answered, under a name the workflow's retries know, and never logged."""

import logging
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from rushes import entry
from rushes.entry import callback_handler, phase_handler
from rushes.errors import Contended, NotFound, Transient
from rushes.services import Services
from tests.fakes.artists import Words
from tests.unit.foundation.conftest import callbacks

EVENT = {"token": "secret-token", "name": "beat_00", "production_id": "prod_1"}


@pytest.fixture
def seam(services: Services, monkeypatch: pytest.MonkeyPatch) -> Services:
    monkeypatch.setattr(entry, "services", lambda: services)
    return services


@pytest.mark.parametrize(("error", "name"), [
    (Transient("busy"), "Transient"),
    (Contended("many"), "Contended"),
    (NotFound("gone"), "NotFound"),
    (EndpointConnectionError(endpoint_url="http://x"), "Transient"),
    (ZeroDivisionError(), "Internal"),
])  # fmt: skip
def test_whatever_goes_wrong_the_token_hears_of_it(seam: Services, error: Exception, name: str) -> None:
    def fails(_services: Services, _event: Any) -> None:
        raise error

    callback_handler("render", fails)(EVENT, None)
    assert callbacks(seam).answers["secret-token"][0] == name


def test_an_unforeseen_error_says_where_but_not_what(seam: Services) -> None:
    def fails(_services: Services, _event: Any) -> None:
        raise ValueError("password=hunter2")

    callback_handler("render", fails)(EVENT, None)
    _, cause = callbacks(seam).answers["secret-token"]
    assert "beat_00" in cause
    assert "hunter2" not in cause


def test_a_phase_that_cannot_reach_aws_is_retried(seam: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: Any) -> None:
        raise EndpointConnectionError(endpoint_url="http://x")

    monkeypatch.setattr("rushes.studio.phases.ask_recipes", unreachable)
    cursor = {
        "owner": "me",
        "production_id": "prod_1",
        "branch": "main",
        "edit": None,
        "execution": "e",
        "step": "recipes",
    }
    with pytest.raises(Transient):
        phase_handler(Words())(cursor, None)


def test_the_log_tells_of_the_production_and_never_of_the_token(
    seam: Services, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "rushes"):
        callback_handler("render", lambda _services, _event: None)(EVENT, None)
    (line,) = caplog.records
    assert vars(line)["rushes_production_id"] == "prod_1"
    assert "secret-token" not in str(vars(line))
