"""The host's settings: what a user set stands, and what is missing is added for the functions."""

import base64

import pytest

from infra.local.errors import HostError
from infra.local.settings import complete, number, public_name, whole_number
from rushes.providers.catalog import Catalog, entries
from tests.doubles.replicate import SECRET, TOKEN, ReplicateDouble

PORT = 8700
URL, SIGNED = "RUSHES_PUBLIC_URL", "REPLICATE_WEBHOOK_SECRET"


def completed(**environment: str) -> dict[str, str]:
    complete(environment, PORT)
    return environment


@pytest.mark.parametrize("given", ["eighty", "", " ", "8700.5", "0", "65535", "-1", "1e9", "nan"])
def test_a_port_that_is_none_is_named(given: str):
    if not given:
        assert whole_number({"RUSHES_PORT": given}, "RUSHES_PORT", PORT, least=1, most=65534) == PORT
        return
    with pytest.raises(HostError, match="RUSHES_PORT"):
        whole_number({"RUSHES_PORT": given}, "RUSHES_PORT", PORT, least=1, most=65534)


def test_a_number_is_read_and_has_a_default():
    assert number({"PACE": "0.1"}, "PACE", 1, least=0, most=10) == 0.1
    assert number({}, "PACE", 1, least=0, most=10) == 1


def test_nobody_outside_can_call_a_laptop():
    assert completed()[URL] == ""
    assert completed(REPLICATE_BASE_URL="https://api.replicate.com/v1")[URL] == ""


@pytest.mark.parametrize("base", ["http://127.0.0.1:8902", "http://localhost:8902/v1", "http://[::1]:8902"])
def test_what_runs_on_the_same_machine_can(base: str):
    assert (
        completed(REPLICATE_BASE_URL=base, REPLICATE_WEBHOOK_SECRET=SECRET)[URL] == f"http://127.0.0.1:{PORT}"
    )


@pytest.mark.parametrize("given", ["https://studio.example", ""])
def test_a_public_url_that_was_set_stands(given: str):
    environment = completed(RUSHES_PUBLIC_URL=given, REPLICATE_BASE_URL="http://127.0.0.1:1")
    assert environment[URL] == given
    assert public_name(environment) == ("studio.example" if given else None)


def test_a_webhook_secret_that_was_set_stands():
    assert completed(REPLICATE_WEBHOOK_SECRET=SECRET)[SIGNED] == SECRET


def test_with_a_key_the_provider_is_asked_for_its_webhook_secret():
    with ReplicateDouble() as replicate:
        assert completed(REPLICATE_API_TOKEN=TOKEN, REPLICATE_BASE_URL=replicate.url)[SIGNED] == SECRET


def test_a_provider_that_does_not_say_leaves_a_secret_of_this_run():
    with ReplicateDouble() as replicate:
        secret = completed(REPLICATE_API_TOKEN="wrong", REPLICATE_BASE_URL=replicate.url)[SIGNED]
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 24
    assert secret != completed()[SIGNED]


def test_with_what_was_added_webhooks_can_be_checked():
    environment = completed(REPLICATE_API_TOKEN=TOKEN, REPLICATE_BASE_URL="http://127.0.0.1:1")
    account = Catalog(entries(), environment.get).account("replicate")
    assert account.webhook_secret == environment[SIGNED]


def test_a_catalog_that_is_none_is_named(tmp_path):
    with pytest.raises(HostError, match=r"none\.yaml"):
        completed(RUSHES_CATALOG=str(tmp_path / "none.yaml"))
    (tmp_path / "list.yaml").write_text("- 1\n")
    with pytest.raises(HostError, match=r"list\.yaml"):
        completed(RUSHES_CATALOG=str(tmp_path / "list.yaml"))
