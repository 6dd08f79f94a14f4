"""Fetches what a provider made: only from where its files may be, only as much as can be, only what it should be.

A URL in a provider's answer is not ours. Its host is looked up once, the address is checked, and the connection goes
to that very address: a name that answers otherwise the next time leads nowhere else.
"""

import base64
import ipaddress
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import httpx

from rushes.errors import Spoiled, Transient
from rushes.productions.recipe import Media
from rushes.providers.account import Account
from rushes.providers.tls import trusted

REDIRECTS = 3
AT_MOST: dict[str, int] = {"image": 50_000_000, "audio": 100_000_000, "video": 1_000_000_000}
"""Bytes of a file."""

TIMEOUT = httpx.Timeout(30, connect=5)
"""Seconds: each read, and connecting."""
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
_RELAYED = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "2002::/16", "2001::/32", "::ffff:0:0/96")]
"""IPv6 addresses that stand for an IPv4 address: NAT64, 6to4, Teredo, mapped."""


def fetch(url: str, folder: Path, name: str, media: Media, account: Account) -> Path:
    """The file as `folder`/`name`.ext, streamed.

    Raises `Spoiled` when there is no such file, or none we take; `Transient` when the download broke off."""
    part = folder / f"{name}.part"
    if url.startswith("data:"):
        _write(_decoded(url), part, AT_MOST[media])
    else:
        _download(url, part, AT_MOST[media], account)
    with part.open("rb") as file:
        ext = extension_of(file.read(32), media)
    return part.rename(folder / f"{name}.{ext}")


def extension_of(head: bytes, media: Media) -> str:
    """By the file's first bytes, whatever its name and type say. Raises `Spoiled` for another kind of media."""
    kind, ext = _kind(head)
    if kind != media:
        raise Spoiled(f"the provider's file is not {media}, but {ext or 'something unknown'}")
    return ext


def _kind(head: bytes) -> tuple[str, str]:
    match head[:4], head[4:8], head[8:12]:
        case b"\x89PNG", b"\r\n\x1a\n", _:
            return "image", "png"
        case b"RIFF", _, b"WEBP":
            return "image", "webp"
        case b"RIFF", _, b"WAVE":
            return "audio", "wav"
        case b"fLaC", _, _:
            return "audio", "flac"
        case b"OggS", _, _:
            return "audio", "ogg"
        case b"\x1a\x45\xdf\xa3", _, _:
            return "video", "webm"
        case _, b"ftyp", b"M4A " | b"M4B ":
            return "audio", "m4a"
        case _, b"ftyp", b"avif" | b"avis" | b"heic" | b"mif1":
            return "image", "avif"
        case _, b"ftyp", b"qt  ":
            return "video", "mov"
        case _, b"ftyp", _:
            return "video", "mp4"
    if head[:3] == b"\xff\xd8\xff":
        return "image", "jpg"
    # An ID3 tag, or the first frame itself: eleven set bits, then a version and layer III.
    if head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return "audio", "mp3"
    return "", ""


# ---------------------------------------------------------------------- from the network


def _download(url: str, part: Path, most: int, account: Account) -> None:
    # No proxy from the environment: it would look the name up anew.
    with httpx.Client(timeout=TIMEOUT, verify=trusted(), trust_env=False) as client:
        try:
            target = httpx.URL(url)
            for _ in range(1 + REDIRECTS):
                with client.stream("GET", **_pinned(target, account)) as response:
                    if not response.has_redirect_location:
                        _take(response, part, most)
                        return
                    target = target.join(response.headers["location"])
        except httpx.InvalidURL:
            raise Spoiled("the provider names a file by no valid address") from None
        except (httpx.RequestError, OSError) as error:
            raise Transient("the download of the provider's file broke off") from error
    raise Spoiled("the provider's file is behind too many redirects")


def _pinned(url: httpx.URL, account: Account) -> dict[str, Any]:
    """The request to the one address that was checked, still by the host's name and with the host's certificate."""
    host = _allowed(url, account)
    address = _address(host, url.port or {"https": 443, "http": 80}[url.scheme], _configured(host, account))
    return {
        "url": url.copy_with(host=address),
        "headers": {"Host": url.netloc.decode("ascii"), "Accept-Encoding": "identity"},
        "extensions": {"sni_hostname": host},
    }


def _allowed(url: httpx.URL, account: Account) -> str:
    """The URL's host. Raises `Spoiled` where the provider's files may not be."""
    host = url.raw_host.decode("ascii")
    if url.scheme in ("http", "https") and _configured(host, account):
        return host
    if url.scheme == "https" and any(_matches(host, pattern) for pattern in account.output_hosts):
        return host
    raise Spoiled(f"the provider's file is at {url.scheme}://{host}, where its files may not be")


def _configured(host: str, account: Account) -> bool:
    own = account.configured_host
    return host == own or (host in _THIS_MACHINE and own in _THIS_MACHINE)


def _matches(host: str, pattern: str) -> bool:
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def _address(host: str, port: int, anywhere: bool) -> str:
    """An address of the host, IPv4 first. Raises `Spoiled` if any of them is not public, unless it may be."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except UnicodeError:
        raise Spoiled("the provider names a file by no valid address") from None
    if not anywhere and not all(_public(address) for address in found):
        raise Spoiled(f"the provider's file is at {host}, which is not on the public internet")
    return min(found, key=lambda address: (":" in address, address))


def _public(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _RELAYED)


def _take(response: httpx.Response, part: Path, most: int) -> None:
    status = response.status_code
    if status in (408, 425, 429) or status >= 500:
        raise Transient(f"the provider's file cannot be had now ({status})")
    if not response.is_success:
        raise Spoiled(f"the provider's file is gone ({status})")
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise Spoiled(f"the provider's file is larger than {most:,} bytes")
    _write(response.iter_bytes(), part, most)


def _write(pieces: Iterable[bytes], part: Path, most: int) -> None:
    size = 0
    with part.open("wb") as file:
        for piece in pieces:
            size += len(piece)
            if size > most:
                raise Spoiled(f"the provider's file is larger than {most:,} bytes")
            file.write(piece)


# ---------------------------------------------------------------------- from the URL itself


def _decoded(url: str) -> Iterator[bytes]:
    """What is in a data URL, RFC 2397."""
    header, comma, data = url.partition(",")
    try:
        if not comma:
            raise ValueError("a data URL has a comma")
        yield (
            base64.b64decode(unquote_to_bytes(data), validate=True)
            if header.endswith(";base64")
            else (unquote_to_bytes(data))
        )
    except ValueError:
        raise Spoiled("the provider's file is a data URL that cannot be read") from None
