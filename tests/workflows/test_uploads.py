"""A form for an upload is taken by the store itself, and for nothing else than it was made for."""

from typing import Any

import httpx
import pytest

from tests.workflows.host import HostProcess

CONTENT = b"\x89PNG and so on" * 100
WANTED = {"filename": "holiday.png", "content_type": "image/png", "bytes": len(CONTENT), "purpose": "replace"}


def begun(host: HostProcess) -> dict[str, Any]:
    answer = host.call("POST", "/uploads", json=WANTED)
    assert answer.status_code == 201
    return answer.json()["data"]


def sent(upload: dict[str, Any], content: bytes = CONTENT, **changes: str) -> httpx.Response:
    file = ("holiday.png", content, "image/png")
    fields = upload["fields"] | changes
    return httpx.post(upload["url"], data=fields, files={"file": file}, timeout=300, trust_env=False)


def arrived(host: HostProcess, upload: dict[str, Any]) -> list[int]:
    """The sizes of what lies at its key: one or none."""
    found = host.aws("s3").list_objects_v2(Bucket=host.address.bucket, Prefix=upload["fields"]["key"])
    return [entry["Size"] for entry in found.get("Contents", [])]


def test_the_form_takes_the_file(quick_host: HostProcess):
    upload = begun(quick_host)
    assert arrived(quick_host, upload) == []
    assert sent(upload).status_code == 204
    assert arrived(quick_host, upload) == [len(CONTENT)]


@pytest.mark.parametrize(
    ("content", "changes", "status"),
    [
        (CONTENT + b"!", {}, 400),
        (b"", {}, 400),
        (CONTENT, {"Content-Type": "text/html"}, 403),
        (CONTENT, {"key": "me/productions/prod_1/final_v1.mp4"}, 403),
    ],
    ids=["too large", "empty", "another type", "another key"],
)
def test_the_form_takes_nothing_else(
    quick_host: HostProcess, content: bytes, changes: dict[str, str], status: int
):
    upload = begun(quick_host)
    assert sent(upload, content, **changes).status_code == status
    assert arrived(quick_host, upload) == []


def test_what_was_sent_outlives_the_host(quick_host: HostProcess):
    upload = begun(quick_host)
    sent(upload)
    quick_host.restart()
    assert arrived(quick_host, upload) == [len(CONTENT)]
