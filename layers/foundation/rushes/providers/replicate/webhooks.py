"""Webhooks and their signatures, as https://www.standardwebhooks.com has them.

Replicate's own client (1.0.7) checks no age by itself, and cannot be imported by Python 3.14.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

from rushes.errors import Forged
from rushes.providers.account import Account

TOLERANCE = 300
"""Seconds between a webhook's timestamp and now, either way."""


def sign(secret: str, message_id: str, timestamp: str | int, body: bytes) -> str:
    """The `webhook-signature` header. Raises ValueError for a secret that is none: `whsec_` and base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def verified(secret: str | None, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """The JSON of a webhook whose signature and age are right; otherwise `Forged`."""
    if not secret:
        raise Forged("there is no webhook secret to check this webhook with")
    given = {name.lower(): value for name, value in headers.items()}
    message_id, timestamp = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    try:
        age = abs(time.time() - int(timestamp))
        expected = sign(secret, message_id, timestamp, body).encode()
        signatures = [signature.encode() for signature in given.get("webhook-signature", "").split()]
    except ValueError:
        raise Forged("the webhook's headers or the webhook secret are malformed") from None
    if not message_id or not any(hmac.compare_digest(expected, signature) for signature in signatures):
        raise Forged("the webhook's signature is wrong")
    if age > TOLERANCE:
        raise Forged("the webhook is too old")
    try:
        said = json.loads(body)
    except ValueError:
        raise Forged("the webhook's body is no JSON") from None
    if not isinstance(said, dict):
        raise Forged("the webhook's body is no JSON object")
    return said


def signing_secret(account: Account) -> str | None:
    """What Replicate signs this account's webhooks with; None when it does not say.

    Raises `Transient`, and `Unavailable` when the key is not accepted."""
    from rushes.providers.replicate.wire import Wire, json_of

    said = json_of(Wire(account).ask("GET", "/webhooks/default/secret"))
    key = said.get("key") if said else None
    return key if isinstance(key, str) and key else None
