"""The local user: a real one, in the template's own Cognito pool, with a random password kept in the state."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import boto3

USERNAME = "me@rushes.local"


@dataclass(frozen=True)
class Token:
    value: str
    expires: float
    """Unix time."""


class LocalUser:
    """The user of one pool and client; `directory` keeps the password, readable by its owner only."""

    def __init__(self, directory: Path, pool: str, client: str) -> None:
        self._cognito = boto3.client("cognito-idp")
        self._client = client
        self._password = _kept_password(directory / "password")
        self._exist(pool)

    def token(self) -> Token:
        """A fresh ID token: the HTTP API's authorizer checks its audience, which access tokens do not have."""
        answer = self._cognito.initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=self._client,
            AuthParameters={"USERNAME": USERNAME, "PASSWORD": self._password},
        )
        value = answer["AuthenticationResult"]["IdToken"]
        claims = json.loads(base64.urlsafe_b64decode(value.split(".")[1] + "=="))
        return Token(value, claims["exp"])

    def _exist(self, pool: str) -> None:
        try:
            self._cognito.admin_get_user(UserPoolId=pool, Username=USERNAME)
        except self._cognito.exceptions.UserNotFoundException:
            self._cognito.admin_create_user(
                UserPoolId=pool,
                Username=USERNAME,
                MessageAction="SUPPRESS",
                UserAttributes=[
                    {"Name": "email", "Value": USERNAME},
                    {"Name": "email_verified", "Value": "true"},
                ],
            )
        self._cognito.admin_set_user_password(
            UserPoolId=pool, Username=USERNAME, Password=self._password, Permanent=True
        )


def _kept_password(file: Path) -> str:
    if not file.exists():
        # One of each class the pool's policy asks for, whatever the random part holds.
        password = f"Aa1!{secrets.token_urlsafe(24)}"
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(password)
    return file.read_text()
