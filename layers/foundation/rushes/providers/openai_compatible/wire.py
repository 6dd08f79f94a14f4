"""The plain SDK without its surprises: nothing from the environment, no retries, no redirects."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rushes.errors import AnswerLost, Transient, Unavailable
from rushes.providers.account import Account
from rushes.providers.openai_compatible.failures import Problem, failure

if TYPE_CHECKING:
    import httpx2
    from openai import OpenAI

_CONNECT_SECONDS = 10
_LOOK_SECONDS = 20

Call = Callable[["OpenAI"], "httpx2.Response"]


class Wire:
    """Requests with one account's key. Each has a client of its own, closed with it."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def complete(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """One chat completion, asked for once: its JSON. `seconds` is how long to wait for it.

        Raises what `PaidProvider.submit` does.
        """

        def call(client: "OpenAI") -> "httpx2.Response":
            return client.chat.completions.with_raw_response.create(**request).http_response

        return self._billed(call, seconds, "choices")

    def transcribe(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """One transcription, as `complete`."""

        def call(client: "OpenAI") -> "httpx2.Response":
            return client.audio.transcriptions.with_raw_response.create(**request).http_response

        return self._billed(call, seconds, "text")

    def _billed(self, call: Call, seconds: float, answer: str) -> dict[str, Any]:
        """`answer` is the field that an answer has, and an error within a 200, OpenRouter's way of failing, has not."""
        import openai

        try:
            response = self._answer(call, seconds)
        except openai.APIConnectionError as error:
            if _unsent(error):
                raise self._not_reached() from None
            raise AnswerLost(
                f"{self._account.title} was asked, and its answer was lost", provider=self._account.name
            ) from None
        body = _json(response)
        if not response.is_success or not isinstance(body, dict):
            raise failure(response.status_code, body, response.headers, self._account)
        if body.get("error") and not body.get(answer):
            raise failure(Problem.of(body).status, body, {}, self._account)
        return body

    def look(self, call: Call) -> tuple[int, Any]:
        """Status and JSON of a request that costs nothing. Raises `Transient` when nothing sensible is answered."""
        import openai

        try:
            response = self._answer(call, _LOOK_SECONDS)
        except openai.APIConnectionError:
            raise self._not_reached() from None
        status, body = response.status_code, _json(response)
        if (
            status in (408, 429)
            or (status >= 500 and status != 501)
            or (response.is_success and body is None)
        ):
            raise Transient(
                f"{self._account.title} cannot answer now ({status})", provider=self._account.name
            )
        return status, body

    def _answer(self, call: Call, seconds: float) -> "httpx2.Response":
        """Raises `openai.APIConnectionError` when there is none; an error's answer is an answer."""
        import openai

        with self._client(seconds) as client:
            try:
                return call(client)
            except openai.APIStatusError as error:
                return error.response  # its text may repeat what we sent: what is raised is raised elsewhere

    def _client(self, seconds: float) -> "OpenAI":
        import httpx2
        import openai

        account = self._account
        if not (account.key.isascii() and account.key.isprintable()):
            raise Unavailable(
                f"the key of {account.title} has characters that no key has", provider=account.name
            )
        timeout = openai.Timeout(seconds, connect=_CONNECT_SECONDS)
        try:
            client = openai.OpenAI(
                api_key=account.key,
                base_url=account.base_url,
                timeout=timeout,
                max_retries=0,
                http_client=openai.DefaultHttpxClient(timeout=timeout, follow_redirects=False),
            )
        except httpx2.InvalidURL:
            raise Unavailable(f"the base URL of {account.title} is none", provider=account.name) from None
        # OPENAI_ORG_ID, OPENAI_PROJECT_ID and OPENAI_CUSTOM_HEADERS of the environment are meant for another
        # program, and may be another host's secrets.
        client.organization = client.project = None
        client._custom_headers = {}
        return client

    def _not_reached(self) -> Transient:
        return Transient(f"{self._account.title} cannot be reached", provider=self._account.name)


def _unsent(error: Exception) -> bool:
    """Whether the request never left: then nobody can have done anything about it."""
    import httpx2

    before = (
        httpx2.ConnectError,
        httpx2.ConnectTimeout,
        httpx2.PoolTimeout,
        httpx2.ProxyError,
        httpx2.UnsupportedProtocol,
        httpx2.LocalProtocolError,
    )
    return isinstance(error.__cause__, before)


def _json(response: "httpx2.Response") -> Any:
    """None when it is none."""
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        return None
