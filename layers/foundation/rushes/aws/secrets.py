"""Keys: from the environment, or from the deployment's secret in Secrets Manager."""

import json
import os
import time
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError

_KEPT_SECONDS = 300
"""How long a warm function goes on with keys that were changed."""


class Secrets:
    """A setting's name → its value. The environment comes first; `client` gives a boto3 Secrets Manager client."""

    def __init__(
        self, secret: str | None, client: Callable[[], Any], environment: Mapping[str, str] = os.environ
    ) -> None:
        self._secret = secret
        self._client = client
        self._environment = environment
        self._known: dict[str, str] = {}
        self._read_at: float | None = None

    def __call__(self, name: str) -> str | None:
        return self._environment.get(name) or self._kept().get(name) or None

    def _kept(self) -> dict[str, str]:
        now = time.monotonic()
        if self._secret and (self._read_at is None or now - self._read_at > _KEPT_SECONDS):
            self._known = self._read(self._secret)
            self._read_at = now
        return self._known

    def _read(self, secret: str) -> dict[str, str]:
        """Raises nothing for a secret nobody has filled in yet: there are no keys, then."""
        try:
            text = self._client().get_secret_value(SecretId=secret)["SecretString"]
        except ClientError as error:
            if error.response["Error"]["Code"] == "ResourceNotFoundException":
                return {}
            raise
        return {name: str(value) for name, value in json.loads(text).items()}
