"""The HTTP API, from the command line's side."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import httpx
from httpx_sse import connect_sse

_TIMEOUT = httpx.Timeout(35.0, connect=5.0)  # a followed event stream is silent for up to 20 seconds
_STORING = httpx.Timeout(35.0, connect=5.0, read=300.0)  # a store answers once it has put a large file away


class Refused(Exception):
    """The studio said no. `status` is the HTTP status, `problem` its `{code, message, details}`."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(problem.get("message", f"HTTP {status}"))
        self.status = status
        self.problem = problem


class Unreachable(Exception):
    """Nobody answers there."""


def unless_changed(version: int | None) -> dict[str, str]:
    """Headers that have a change refused when the checkpoint is not what it was; None is whatever it is."""
    return {} if version is None else {"If-Match": f'"{version}"'}


class Client:
    """`api` ends in `/v1`; `token` is a bearer token."""

    def __init__(self, api: str, token: str, transport: httpx.BaseTransport | None = None) -> None:
        self.api = api.rstrip("/")
        headers = {"Authorization": f"Bearer {token}"}
        transport = transport or httpx.HTTPTransport(retries=2)
        with self._reaching():
            self._http = httpx.Client(
                base_url=self.api + "/", headers=headers, timeout=_TIMEOUT, transport=transport
            )

    def get(self, path: str, **query: Any) -> Any:
        """What is None in `query` is not asked for."""
        asked = {name: value for name, value in query.items() if value is not None}
        return self._call("GET", path, params=asked)["data"]

    def post(self, path: str, body: dict[str, Any] | None = None, **more: Any) -> Any:
        """`more`: `params`, `headers`."""
        return self._call("POST", path, json=body, **more)["data"]

    def put(self, path: str, body: dict[str, Any]) -> Any:
        return self._call("PUT", path, json=body)["data"]

    def patch(self, path: str, body: dict[str, Any], **more: Any) -> Any:
        """`more`: `params`, `headers`."""
        return self._call("PATCH", path, json=body, **more)["data"]

    def delete(self, path: str) -> None:
        self._call("DELETE", path)

    def production(self, production_id: str) -> dict[str, Any]:
        return self.get(f"productions/{production_id}")

    def events(self, production_id: str, after: int = 0) -> Iterator[list[dict[str, Any]]]:
        """Events in the batches they come in, as they happen, until the production has ended and all was told.

        The first batch is all that has happened. Comes back for the next by itself, as the standard asks.
        """
        path = f"productions/{production_id}/events"
        while True:
            with (
                self._reaching(),
                connect_sse(self._http, "GET", path, headers={"Last-Event-ID": str(after)}) as stream,
            ):
                if stream.response.status_code == 204:
                    return
                if stream.response.is_error:
                    stream.response.read()
                    _checked(stream.response)
                batch = [told.json() for told in stream.iter_sse() if told.data]
            after = batch[-1]["id"] if batch else after
            yield batch

    def download(self, url: str, path: Path) -> None:
        """The file appears whole or not at all."""
        part = path.with_suffix(path.suffix + ".part")
        try:
            with (
                self._reaching(),
                httpx.stream("GET", url, timeout=_TIMEOUT) as answer,
                part.open("wb") as file,
            ):
                if answer.is_error:
                    raise Refused(answer.status_code, {"message": f"{path.name}: {_why(answer, {})}"})
                for block in answer.iter_bytes():
                    file.write(block)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def document(self, url: str) -> Any:
        """The content of a document artifact, from its link."""
        with self._reaching():
            answer = httpx.get(url, timeout=_TIMEOUT)
        if answer.is_error:
            raise Refused(answer.status_code, {"message": f"the document: {_why(answer, {})}"})
        return answer.json()

    def save(self, path: str, file: Path) -> None:
        """What the API itself answers with, a transcript for one, as a file."""
        with self._reaching():
            answer = self._http.get(path)
        if answer.is_error:
            _checked(answer)
        file.write_bytes(answer.content)

    def upload(self, url: str, fields: dict[str, str], name: str, kind: str, file: BinaryIO) -> None:
        """A presigned POST: its fields, and last the file."""
        with self._reaching():
            answer = httpx.post(url, data=fields, files={"file": (name, file, kind)}, timeout=_STORING)
        if answer.is_error:
            raise Refused(answer.status_code, {"message": f"{name} was not taken: {_why(answer, {})}"})

    def _call(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        with self._reaching():
            answer = self._http.request(method, path, **more)
        return _checked(answer)

    def _reaching(self) -> "_Reaching":
        return _Reaching(self.api)


class _Reaching:
    """Turns an address that is none, and transport errors, into `Unreachable`."""

    def __init__(self, api: str) -> None:
        self._api = api

    def __enter__(self) -> None:
        return None

    def __exit__(self, _type: Any, error: BaseException | None, _traceback: Any) -> None:
        if isinstance(error, (httpx.TransportError, httpx.InvalidURL)):
            raise Unreachable(f"no studio answers at {self._api} ({error})") from error


def _checked(answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code == 204:
        return {"data": None}
    try:
        body = answer.json()
    except ValueError:
        body = {}
    if answer.is_error:
        problem = body.get("error") or {"code": f"HTTP_{answer.status_code}", "message": _why(answer, body)}
        raise Refused(answer.status_code, problem)
    if "data" not in body:
        raise Unreachable(f"what answers at {answer.url} is no studio; --api is a URL that ends in /v1")
    return body


def _why(answer: httpx.Response, body: dict[str, Any]) -> str:
    if answer.status_code == 401:
        return "the studio does not accept this token; give a valid one with --token, or restart `rushes up`"
    return body.get("message") or f"the studio answered HTTP {answer.status_code}"
