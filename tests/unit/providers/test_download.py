"""Downloads: only from where a provider's files may be, only as much as can be, only what it should be."""

import base64
import io
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from rushes.errors import Spoiled, Transient
from rushes.providers import download
from rushes.providers.account import Account
from rushes.providers.download import extension_of, fetch
from tests.doubles import files

PNG = files.image("1:1", 0.5)
PUBLIC, PRIVATE = "93.184.215.14", "169.254.169.254"
REPLICATE = Account(
    "replicate", "Replicate", "https://api", "key", None, ("replicate.delivery", "*.replicate.delivery")
)


@dataclass
class FileServer:
    """Answers each path with (status, headers, body)."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def account(self) -> Account:
        return replace(REPLICATE, configured_host="127.0.0.1")

    def serves(self, body: bytes, status: int = 200, **headers: str) -> str:
        self.answers["/file"] = (
            status,
            {name.replace("_", "-"): value for name, value in headers.items()},
            body,
        )
        return f"{self.url}/file"


def serve(files_here: FileServer, context: ssl.SSLContext | None = None) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            files_here.asked.append((self.path, dict(self.headers.items())))
            status, headers, body = files_here.answers[self.path]
            self.send_response(status)
            length = {} if "Connection" in headers else {"Content-Length": str(len(body))}
            for name, value in (length | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    files_here.port = server.server_port
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return server


@pytest.fixture
def server() -> Iterator[FileServer]:
    files_here = FileServer()
    running = serve(files_here)
    yield files_here
    running.shutdown()
    running.server_close()


Resolve = Callable[[dict[str, list[str]]], list[str]]


@pytest.fixture
def resolve(monkeypatch: pytest.MonkeyPatch) -> Resolve:
    """Gives names these addresses, in turn; answers with the names that were looked up."""
    real, looked_up = socket.getaddrinfo, []

    def named(names: dict[str, list[str]]) -> list[str]:
        def getaddrinfo(host: Any, port: Any, *args: Any, **options: Any) -> Any:
            if host not in names:
                return real(host, port, *args, **options)
            looked_up.append(host)
            address = names[host].pop(0)
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return looked_up

    return named


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses connected to; nobody answers."""
    addresses: list[str] = []

    def create_connection(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        addresses.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", create_connection)
    return addresses


# ---------------------------------------------------------------------- what it is


def encoded(form: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, form)
    return file.getvalue()


@pytest.mark.parametrize(
    ("head", "media", "ext"),
    [
        (encoded("PNG"), "image", "png"),
        (encoded("JPEG"), "image", "jpg"),
        (encoded("WEBP"), "image", "webp"),
        (files.film("1:1", 1), "video", "mp4"),
        (b"\x00\x00\x00\x14ftypqt  ", "video", "mov"),
        (b"\x1a\x45\xdf\xa3\x01\x00", "video", "webm"),
        (b"ID3\x04\x00", "audio", "mp3"),
        (b"\xff\xfb\x90\x64", "audio", "mp3"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio", "wav"),
        (b"fLaC\x00\x00\x00\x22", "audio", "flac"),
        (b"OggS\x00\x02", "audio", "ogg"),
        (b"\x00\x00\x00\x1cftypM4A ", "audio", "m4a"),
    ],
)
def test_a_file_is_called_after_what_it_is(head: bytes, media: Any, ext: str) -> None:
    assert extension_of(head, media) == ext


@pytest.mark.parametrize("head", [b"", b"\xff", b"<html>", b"MZ\x90\x00", b"#!/bin/sh", b"\xff\xf1\x50\x80"])
def test_what_is_no_media_is_spoiled(head: bytes) -> None:
    for media in ("image", "video", "audio"):
        with pytest.raises(Spoiled):
            extension_of(head, media)


def test_another_kind_of_media_than_was_ordered_is_spoiled(server: FileServer, tmp_path: Path) -> None:
    with pytest.raises(Spoiled, match="not video, but png"):
        fetch(server.serves(PNG), tmp_path, "made", "video", server.account)


# ---------------------------------------------------------------------- how much


def test_a_file_is_fetched_whole_without_our_key(server: FileServer, tmp_path: Path) -> None:
    path = fetch(server.serves(PNG, Content_Type="text/plain"), tmp_path, "made", "image", server.account)
    assert path == tmp_path / "made.png"
    assert path.read_bytes() == PNG
    [(_, headers)] = server.asked
    assert "Authorization" not in headers
    assert headers["Host"] == f"127.0.0.1:{server.port}"


def test_a_file_that_says_it_is_too_large_is_not_fetched(server: FileServer, tmp_path: Path) -> None:
    url = server.serves(PNG, Content_Length="50000001")
    with pytest.raises(Spoiled, match="larger than 50,000,000 bytes"):
        fetch(url, tmp_path, "made", "image", server.account)


def test_a_file_is_cut_off_where_it_gets_too_large(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(download.AT_MOST, "image", len(PNG) - 1)
    unannounced = server.serves(PNG, Connection="close")
    inline = "data:image/png;base64," + base64.b64encode(PNG).decode()
    for url in (unannounced, inline):
        with pytest.raises(Spoiled, match="larger"):
            fetch(url, tmp_path, "made", "image", server.account)


def test_a_file_that_breaks_off_may_be_tried_again(server: FileServer, tmp_path: Path) -> None:
    url = server.serves(PNG[:40], Content_Length=str(len(PNG)))
    with pytest.raises(Transient):
        fetch(url, tmp_path, "made", "image", server.account)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_file_that_is_gone_is_spoiled(status: int, server: FileServer, tmp_path: Path) -> None:
    with pytest.raises(Spoiled, match=str(status)):
        fetch(server.serves(b"", status), tmp_path, "made", "image", server.account)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_server_that_is_busy_may_be_asked_again(status: int, server: FileServer, tmp_path: Path) -> None:
    with pytest.raises(Transient, match=str(status)):
        fetch(server.serves(b"", status), tmp_path, "made", "image", server.account)


def test_a_file_may_be_in_the_url_itself(tmp_path: Path) -> None:
    url = "data:image/png;base64," + base64.b64encode(PNG).decode()
    assert fetch(url, tmp_path, "made", "image", REPLICATE).read_bytes() == PNG


@pytest.mark.parametrize("url", ["data:image/png;base64", "data:image/png;base64,%%%", "data:,hello"])
def test_a_data_url_that_holds_no_file_is_spoiled(url: str, tmp_path: Path) -> None:
    with pytest.raises(Spoiled):
        fetch(url, tmp_path, "made", "image", REPLICATE)


# ---------------------------------------------------------------------- from where


@pytest.mark.parametrize(
    "url",
    [
        "http://replicate.delivery/a.png",
        "https://replicate.delivery.evil.example/a.png",
        "https://evilreplicate.delivery/a.png",
        "https://replicate.delivery@evil.example/a.png",
        "https://evil.example/replicate.delivery",
        "ftp://replicate.delivery/a.png",
        "file:///etc/passwd",
        "https://127.0.0.1/a.png",
        "https://[::1]/a.png",
        "https://2130706433/a.png",
        "//replicate.delivery/a.png",
        "https://",
        "https://[",
        "out.png",
        "",
    ],
)
def test_another_host_is_never_spoken_to(url: str, dialled: list[str], tmp_path: Path) -> None:
    with pytest.raises(Spoiled):
        fetch(url, tmp_path, "made", "image", REPLICATE)
    assert dialled == []


@pytest.mark.parametrize(
    "address",
    [
        PRIVATE,
        "127.0.0.1",
        "10.0.0.8",
        "172.16.4.4",
        "192.168.1.1",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
    ],
)
def test_an_allowed_name_with_an_address_that_is_not_public_is_never_spoken_to(
    address: str, resolve: Resolve, dialled: list[str], tmp_path: Path
) -> None:
    resolve({"cdn.replicate.delivery": [address]})
    with pytest.raises(Spoiled, match="not on the public internet"):
        fetch("https://cdn.replicate.delivery/a.png", tmp_path, "made", "image", REPLICATE)
    assert dialled == []


def test_the_address_that_was_checked_is_the_one_spoken_to(
    resolve: Resolve, dialled: list[str], tmp_path: Path
) -> None:
    looked_up = resolve({"replicate.delivery": [PUBLIC, PRIVATE]})
    with pytest.raises(Transient):
        fetch("https://replicate.delivery/a.png", tmp_path, "made", "image", REPLICATE)
    assert looked_up == ["replicate.delivery"]
    assert dialled == [PUBLIC]


def test_a_name_that_is_not_known_now_may_be_tried_again(tmp_path: Path) -> None:
    account = replace(REPLICATE, output_hosts=("*.invalid",))
    with pytest.raises(Transient):
        fetch("https://nowhere.invalid/a.png", tmp_path, "made", "image", account)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_host_that_was_configured_may_be_this_machine_by_any_of_its_names(
    name: str, server: FileServer, tmp_path: Path
) -> None:
    account = replace(REPLICATE, configured_host=name)
    assert fetch(server.serves(PNG), tmp_path, "made", "image", account)


@pytest.mark.parametrize(
    "location",
    [
        f"http://{PRIVATE}/latest/meta-data",
        "https://evil.example/a.png",
        "file:///etc/passwd",
        "http://10.0.0.8/a.png",
        "http://[",
    ],
)
def test_a_redirect_leads_to_no_other_host(location: str, server: FileServer, tmp_path: Path) -> None:
    with pytest.raises(Spoiled):
        fetch(server.serves(b"", 302, Location=location), tmp_path, "made", "image", server.account)
    assert len(server.asked) == 1


def test_three_redirects_are_followed_and_no_more(server: FileServer, tmp_path: Path) -> None:
    for step in range(4):
        server.answers[f"/{step}"] = (307, {"Location": f"{step + 1}"}, b"")
    server.answers["/4"] = (200, {}, PNG)
    assert fetch(f"{server.url}/1", tmp_path, "made", "image", server.account).read_bytes() == PNG
    with pytest.raises(Spoiled, match="too many redirects"):
        fetch(f"{server.url}/0", tmp_path, "made", "image", server.account)


# ---------------------------------------------------------------------- and to whom


def certificate(name: str, folder: Path) -> Path:
    """A self-signed one, with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "certificate.pem"
    pem.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return pem


@pytest.mark.parametrize(("shown", "believed"), [("cdn.test", True), ("other.test", False)])
def test_the_host_must_show_its_own_certificate_though_it_is_called_by_address(
    shown: str, believed: bool, resolve: Resolve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(shown, tmp_path)
    its_own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    its_own.load_cert_chain(pem)
    monkeypatch.setattr(download, "trusted", lambda: ssl.create_default_context(cafile=str(pem)))
    resolve({"cdn.test": ["127.0.0.1"]})
    files_here = FileServer({"/file": (200, {}, PNG)})
    running = serve(files_here, its_own)
    url, account = f"https://cdn.test:{files_here.port}/file", replace(REPLICATE, configured_host="cdn.test")
    try:
        if believed:
            assert fetch(url, tmp_path, "made", "image", account).read_bytes() == PNG
            assert files_here.asked[0][1]["Host"] == f"cdn.test:{files_here.port}"
        else:
            with pytest.raises(Transient):
                fetch(url, tmp_path, "made", "image", account)
            assert files_here.asked == []
    finally:
        running.shutdown()
        running.server_close()
