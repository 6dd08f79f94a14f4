"""Who asks: the claims of a token that API Gateway has verified already."""

import hashlib
import re
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from rushes.errors import RushesError


class NotIdentified(RushesError):
    """No verified token came with the request: the gateway did not do its part."""

    code = "UNAUTHORIZED"
    status = 401


Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Security(
        HTTPBearer(
            auto_error=False, bearerFormat="JWT", description="An ID token of the deployment's user pool."
        )
    ),
]
"""For the OpenAPI document only: the gateway has looked at the token already."""


def owner_of(request: Request, _bearer: Bearer = None) -> str:
    """The owner a token speaks for: its `sub`, as text that is safe in keys. Raises `NotIdentified`."""
    event = request.scope.get("aws.event") or {}
    claims = event.get("requestContext", {}).get("authorizer", {}).get("jwt", {}).get("claims", {})
    subject = claims.get("sub")
    if not subject:
        raise NotIdentified("a verified bearer token is needed")
    if re.fullmatch(r"[A-Za-z0-9-]{1,64}", subject):
        return subject
    return hashlib.sha256(subject.encode()).hexdigest()[:40]


Owner = Annotated[str, Depends(owner_of)]
