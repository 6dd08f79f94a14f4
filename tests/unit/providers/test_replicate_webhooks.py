"""Replicate: webhooks, their signatures and their age."""

import json
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from rushes.errors import Forged
from rushes.providers.account import Account
from rushes.providers.replicate.adapter import Replicate
from rushes.providers.replicate.webhooks import TOLERANCE, sign, signing_secret, verified
from tests.doubles.replicate import SECRET, ReplicateDouble
from tests.unit.providers.test_replicate_submit import a_job

BODY = b'{"test": 2432232314}'
THEN = 1614265330
VECTOR = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": str(THEN),
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}


@pytest.fixture
def _then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: THEN + 1.0)


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    timestamp = str(int(time.time()))
    return {
        "webhook-id": "m",
        "webhook-timestamp": timestamp,
        "webhook-signature": sign(secret, "m", timestamp, body),
    }


def test_the_published_vector_is_what_we_sign() -> None:
    assert sign(SECRET, VECTOR["webhook-id"], THEN, BODY) == VECTOR["webhook-signature"]


@pytest.mark.usefixtures("_then")
def test_the_published_vector_is_accepted() -> None:
    assert verified(SECRET, VECTOR, BODY) == {"test": 2432232314}


@pytest.mark.usefixtures("_then")
def test_headers_may_be_written_in_any_case_and_hold_several_signatures() -> None:
    headers = {name.title(): value for name, value in VECTOR.items()}
    headers["Webhook-Signature"] = f"v1,bm90IHRoaXM= {VECTOR['webhook-signature']}"
    assert verified(SECRET, headers, BODY)


@pytest.mark.usefixtures("_then")
@pytest.mark.parametrize(
    "wrong",
    [
        {"webhook-id": "msg_other"},
        {"webhook-id": ""},
        {"webhook-id": "\ud800"},
        {"webhook-timestamp": str(THEN + 1)},
        {"webhook-timestamp": "yesterday"},
        {"webhook-timestamp": ""},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v1"},
        {"webhook-signature": "v1,é"},
        {"webhook-signature": VECTOR["webhook-signature"].replace("v1,", "v1a,")},
        {"webhook-signature": VECTOR["webhook-signature"].removeprefix("v1,")},
    ],
)
def test_a_webhook_with_a_wrong_header_is_forged(wrong: dict[str, str]) -> None:
    with pytest.raises(Forged):
        verified(SECRET, VECTOR | wrong, BODY)


@pytest.mark.parametrize("name", list(VECTOR))
def test_a_webhook_without_one_of_its_headers_is_forged(name: str) -> None:
    headers = signed(BODY)
    del headers[name]
    with pytest.raises(Forged):
        verified(SECRET, headers, BODY)


def test_a_webhook_whose_body_was_changed_is_forged() -> None:
    with pytest.raises(Forged):
        verified(SECRET, signed(BODY), BODY.replace(b"2", b"3"))


@pytest.mark.parametrize("secret", [None, "", "whsec_", "whsec_b3RoZXI=", "not base64 at all", "whsec_é"])
def test_a_webhook_is_forged_when_we_cannot_check_it(secret: str | None) -> None:
    with pytest.raises(Forged):
        verified(secret, signed(BODY), BODY)


@pytest.mark.parametrize(
    ("moved", "fresh"), [(TOLERANCE - 5, True), (TOLERANCE + 5, False), (-TOLERANCE - 5, False)]
)
def test_a_webhook_is_believed_for_five_minutes(
    moved: int, fresh: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers, now = signed(BODY), time.time()
    monkeypatch.setattr(time, "time", lambda: now + moved)
    if fresh:
        assert verified(SECRET, headers, BODY)
    else:
        with pytest.raises(Forged, match="too old"):
            verified(SECRET, headers, BODY)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[1]", b"null", b"{"])
def test_a_signed_body_that_is_no_json_object_is_forged(body: bytes) -> None:
    with pytest.raises(Forged):
        verified(SECRET, signed(body), body)


def test_the_secret_can_be_asked_for(account: Account) -> None:
    assert signing_secret(account) == SECRET


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="Replicate's client needs an older Python")
def test_replicates_own_client_accepts_what_we_sign() -> None:
    from replicate.webhook import Webhooks, WebhookSigningSecret

    headers = signed(BODY)
    Webhooks.validate(headers=headers, body=BODY.decode(), secret=WebhookSigningSecret(key=SECRET))


# ---------------------------------------------------------------------- on the wire


class Mailbox(BaseHTTPRequestHandler):
    """Keeps what is posted to it."""

    mail: list[tuple[dict[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.mail.append((dict(self.headers.items()), body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def mailbox() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), type("Mine", (Mailbox,), {"mail": []}))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def posted(
    how: str, replicate: Replicate, double: ReplicateDouble, mailbox: HTTPServer, folder: Path
) -> list[tuple[dict[str, str], bytes]]:
    double.faults.webhooks, double.faults.pace = how, {"image": 1000}
    address = f"http://127.0.0.1:{mailbox.server_port}/ask_1"
    replicate.submit(replace(a_job(folder), webhook=address))
    double.finish(double.accepted[0], "succeeded")
    assert isinstance(mailbox.RequestHandlerClass, type)
    return mailbox.RequestHandlerClass.mail  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize(("how", "times"), [("once", 1), ("twice", 2), ("early", 1)])
def test_a_webhook_tells_of_the_jobs_end(
    how: str,
    times: int,
    replicate: Replicate,
    double: ReplicateDouble,
    mailbox: HTTPServer,
    tmp_path: Path,
) -> None:
    mail = posted(how, replicate, double, mailbox, tmp_path)
    news = [replicate.news(headers, body) for headers, body in mail]
    assert [replicate.report(said).status for said in news] == ["succeeded"] * times
    assert "input" in json.loads(mail[0][1])
    assert "input" not in news[0]


@pytest.mark.parametrize("how", ["forged", "stale"])
def test_a_webhook_that_is_forged_or_stale_is_told_from_others(
    how: str, replicate: Replicate, double: ReplicateDouble, mailbox: HTTPServer, tmp_path: Path
) -> None:
    [(headers, body)] = posted(how, replicate, double, mailbox, tmp_path)
    with pytest.raises(Forged):
        replicate.news(headers, body)
