"""What stands before the engine on each of its two ports: the API's clean address, and a guard.

The API's port serves `/v1/…` by addressing the HTTP API by path, so that no path of ours can be one of the engine's
own (`/health`, `/_ministack/reset`). The gateway's port is the engine as it is.

Loopback is open to every web page the user visits, and the engine answers any origin: so both ports refuse a
request that comes from a foreign page, or that reached us under a foreign name (DNS rebinding).
"""

from urllib.parse import quote, urlsplit

from infra.local.asgi import Application, Receive, Scope, Send

LOCAL_NAMES = ("127.0.0.1", "localhost")


class Front:
    """`api_port` is the API's; every other port is the engine's own. `api_id` is known once the stacks stand."""

    def __init__(self, engine: Application, api_port: int) -> None:
        self._engine = engine
        self._api_port = api_port
        self.api_id: str | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._engine(scope, receive, send)
        elif _foreign(scope):
            await _refuse(
                send, scope, 403, b'{"message": "Only local pages and programs may call this address."}'
            )
        elif scope["server"][1] != self._api_port:
            await self._engine(scope, receive, send)
        elif self.api_id is None:
            await _refuse(send, scope, 503, b'{"message": "Starting."}')
        else:
            await self._engine(_addressed(scope, self.api_id), receive, send)


def _addressed(scope: Scope, api_id: str) -> Scope:
    prefix = f"/_aws/execute-api/{api_id}/$default"
    raw = scope.get("raw_path") or quote(scope["path"]).encode()
    return {**scope, "path": prefix + scope["path"], "raw_path": prefix.encode() + raw}


def _foreign(scope: Scope) -> bool:
    headers = dict(scope["headers"])
    origin = headers.get(b"origin", b"").decode("latin-1")
    host = headers.get(b"host", b"").decode("latin-1")
    return not _local(f"//{host}") or bool(origin and not _local(origin))


def _local(address: str) -> bool:
    name = urlsplit(address).hostname or ""
    return name in LOCAL_NAMES or name.endswith(".localhost")


async def _refuse(send: Send, scope: Scope, status: int, body: bytes) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
