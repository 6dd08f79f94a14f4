"""The studio page: HTML, CSS and ES modules out of `functions/api/page`; nothing is built or from elsewhere.

It is open to everybody and holds nothing of anybody: its calls carry the token.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Header, Response

from rushes.errors import NotFound

router = APIRouter(include_in_schema=False)

FILES = "http://127.0.0.1:* https://*.amazonaws.com"
"""Where presigned links lead: the embedded engine's S3 port, or S3 itself."""

HEADERS = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' {FILES}",
            f"media-src {FILES}",
            f"connect-src 'self' {FILES}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        ]
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Asked about every time, and answered 304: modules of two deployments are never mixed.
    "Cache-Control": "no-cache",
}
STYLES = ("studio.css", "home.css", "film.css", "board.css")
"""In the order of the cascade. They are answered as one `page.css`: requests at once may start a function each."""

TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@dataclass(frozen=True)
class PageFile:
    body: bytes
    media_type: str
    etag: str
    """Of the content: a Lambda package gives every file the same age."""


@cache
def page_files() -> dict[str, PageFile]:
    """name → file, of all there are: whatever else is asked for does not exist."""
    bodies = {entry.name: entry.read_bytes() for entry in files("functions.api").joinpath("page").iterdir()}
    bodies["page.css"] = b"\n".join(bodies.pop(name) for name in STYLES)
    return {name: _page_file(name, body) for name, body in bodies.items()}


def _page_file(name: str, body: bytes) -> PageFile:
    media_type = f"{TYPES[name.rpartition('.')[2]]}; charset=utf-8"
    return PageFile(body, media_type, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


IfNoneMatch = Annotated[str | None, Header()]


@router.get("/")
def show_page(if_none_match: IfNoneMatch = None) -> Response:
    return _served("index.html", if_none_match)


@router.get("/page/{file}")
def show_file(file: str, if_none_match: IfNoneMatch = None) -> Response:
    return _served(file, if_none_match)


def _served(name: str, known: str | None) -> Response:
    file = page_files().get(name)
    if file is None:
        raise NotFound(f"the page has no file {name!r}", file=name)
    headers = {**HEADERS, "ETag": file.etag}
    # A proxy that compresses on the way marks the tag as weak, and gets it back so.
    if known and file.etag in (tag.strip().removeprefix("W/") for tag in known.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(file.body, media_type=file.media_type, headers=headers)
