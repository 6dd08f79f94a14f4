"""Requests to Replicate, and what each way one can end means for us."""

import re
from typing import Any

import httpx

from rushes.errors import AnswerLost, Refused, RushesError, Transient, Unavailable
from rushes.providers.account import Account
from rushes.providers.replicate.prediction import shortened
from rushes.providers.retry_hint import retry_after
from rushes.providers.tls import trusted

TIMEOUT = httpx.Timeout(connect=5, write=10, read=30, pool=5)
"""Seconds."""

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_NOT_SENDABLE = (httpx.LocalProtocolError, httpx.UnsupportedProtocol, httpx.InvalidURL)


class Wire:
    """Each request has a connection of its own: one kept open may be dead already, and then nobody knows whether a
    request on it was heard."""

    def __init__(self, account: Account) -> None:
        base = account.base_url.rstrip("/")
        self.base = base if base.endswith("/v1") else base + "/v1"
        self._account = account
        self._client = httpx.Client(
            headers={b"Authorization": f"Bearer {account.key}".encode()},
            timeout=TIMEOUT,
            verify=trusted(),
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def create(self, path: str, body: dict[str, Any]) -> str:
        """The one request that costs money, made once; the job's id. Its errors are `PaidProvider.submit`'s."""
        try:
            response = self._client.post(self.base + path, json=body)
        except _NOT_SENT as error:
            raise Transient(f"{self._account.title} cannot be reached") from error
        except _NOT_SENDABLE:
            raise self._misconfigured() from None
        except httpx.RequestError as error:
            raise AnswerLost(f"{self._account.title} was asked, and its answer was lost") from error
        if not response.is_success:
            raise self._refusal(response)
        said = json_of(response)
        if not said or not isinstance(said.get("id"), str) or not said["id"]:
            raise AnswerLost(f"{self._account.title} gave an answer without a job")
        return said["id"]

    def ask(self, method: str, path: str, **query: str) -> httpx.Response:
        """A request that costs nothing. Its answer is neither 401, 403, 408, 429 nor 5xx (but for 501): for those it
        raises `Unavailable` and `Transient`."""
        try:
            response = self._client.request(method, self.base + path, params=query or None)
        except _NOT_SENDABLE:
            raise self._misconfigured() from None
        except httpx.RequestError as error:
            raise Transient(f"{self._account.title} cannot be reached") from error
        status = response.status_code
        if status in (401, 403):
            raise self._no_key()
        if status in (408, 429) or (status >= 500 and status != 501):
            raise Transient(f"{self._account.title} answered {status}", _pause(response))
        return response

    def _refusal(self, response: httpx.Response) -> RushesError:
        title, status = self._account.title, response.status_code
        match status:
            case 429 | 503:
                return Transient(f"{title} has no room now ({status})", _pause(response))
            case 401 | 403:
                return self._no_key()
            case 402:
                return Unavailable(f"{title} asks for credit on the account")
            case 404:
                return Unavailable(f"{title} does not have this model")
        if status == 408 or not 400 <= status < 500:
            return AnswerLost(f"{title} was asked, and answered {status}")
        return Refused(f"{title}: {shortened(_detail(response), self._account)}")

    def _no_key(self) -> Unavailable:
        return Unavailable(f"{self._account.title} does not accept the key")

    def _misconfigured(self) -> Unavailable:
        return Unavailable(f"the key or the address set for {self._account.title} cannot be used")


def json_of(response: httpx.Response) -> dict[str, Any] | None:
    """The JSON object of a 2xx; None when it is anything else."""
    try:
        said = response.json() if response.is_success else None
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _pause(response: httpx.Response) -> float | None:
    """Seconds, from `Retry-After`, else `ratelimit-reset`, else the words "Expected available in 1 second"."""
    hint = retry_after(response.headers, throttled=False)
    if hint is not None:
        return hint
    reset = response.headers.get("ratelimit-reset", "")
    words = re.search(r"available in (?:about )?(\d+(?:\.\d+)?) ?s", response.text)
    found = reset if re.fullmatch(r"\d+(\.\d+)?", reset) else words and words[1]
    return float(found) if found else None


def _detail(response: httpx.Response) -> object:
    try:
        said = response.json()
    except (ValueError, RecursionError):
        said = None
    words = (said.get("detail") or said.get("title")) if isinstance(said, dict) else None
    return words or f"answered {response.status_code}"
