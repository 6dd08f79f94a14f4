"""What stands before the engine on each of its two ports: the API's clean address, and a guard.

The API's port serves `/v1/…` by addressing the HTTP API by path, so that no path of ours can be one of the engine's
own (`/health`, `/_ministack/reset`). The gateway's port is the engine as it is.

Loopback is open to every web page the user visits, and the engine answers any origin: so both ports refuse a
request that comes from a foreign page, or that reached us under a foreign name (DNS rebinding). The one thing that
may come under a public name (a tunnel's) is a webhook: it is signed.
"""

from urllib.parse import quote, urlsplit

from infra.local.asgi import Application, Receive, Scope, Send

LOCAL_NAMES = ("127.0.0.1", "localhost")


class Front:
    """`api_port` is the API's; every other port is the engine's own. `api_id` is known once the stacks stand.
    `public_name` is the host of `RUSHES_PUBLIC_URL`."""

    def __init__(self, engine: Application, api_port: int, public_name: str | None = None) -> None:
        self._engine = engine
        self._api_port = api_port
        self._public_name = public_name
        self.api_id: str | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._engine(scope, receive, send)
        elif _foreign(scope) and not self._is_webhook(scope):
            await _refuse(
                send, scope, 403, b'{"message": "Only local pages and programs may call this address."}'
            )
        elif scope["server"][1] != self._api_port:
            await self._engine(scope, receive, send)
        elif self.api_id is None:
            await _refuse(send, scope, 503, b'{"message": "Starting."}')
        else:
            await self._engine(_addressed(scope, self.api_id), receive, send)

    def _is_webhook(self, scope: Scope) -> bool:
        host, origin = _header(scope, b"host"), _header(scope, b"origin")
        named = self._public_name is not None and urlsplit(f"//{host}").hostname == self._public_name
        ours = scope["server"][1] == self._api_port and scope["path"].startswith("/v1/webhooks/")
        return named and ours and not origin


def _addressed(scope: Scope, api_id: str) -> Scope:
    prefix = f"/_aws/execute-api/{api_id}/$default"
    raw = scope.get("raw_path") or quote(scope["path"]).encode()
    return {**scope, "path": prefix + scope["path"], "raw_path": prefix.encode() + raw}


def _foreign(scope: Scope) -> bool:
    host, origin = _header(scope, b"host"), _header(scope, b"origin")
    return not _local(f"//{host}") or bool(origin and not _local(origin))


def _header(scope: Scope, name: bytes) -> str:
    return dict(scope["headers"]).get(name, b"").decode("latin-1")


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
