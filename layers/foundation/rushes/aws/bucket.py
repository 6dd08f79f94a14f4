"""The bucket: artifacts' files, `{owner}/productions/{production_id}/{file}`, and uploads, `uploads/{owner}/{id}`."""

import mimetypes
import shutil
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from rushes.errors import NotFound

LINK_SECONDS = 3600
_DELETE_LIMIT = 1000  # S3: keys in one DeleteObjects


class Bucket:
    """`client` is a boto3 S3 client."""

    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        self._name = name

    def put(self, key: str, path: Path) -> None:
        with path.open("rb") as file:
            self._client.put_object(Bucket=self._name, Key=key, Body=file, ContentType=content_type(key))

    def put_bytes(self, key: str, body: bytes) -> None:
        self._client.put_object(Bucket=self._name, Key=key, Body=body, ContentType=content_type(key))

    def fetch(self, key: str, path: Path) -> None:
        """Raises `NotFound`."""
        with self._body(key) as body, path.open("wb") as file:
            shutil.copyfileobj(body, file)

    def read(self, key: str) -> bytes:
        """Raises `NotFound`."""
        with self._body(key) as body:
            return body.read()

    def size(self, key: str) -> int:
        """Bytes. Raises `NotFound`."""
        try:
            return self._client.head_object(Bucket=self._name, Key=key)["ContentLength"]
        except ClientError as error:
            raise _not_found(error, key) from error

    def copy(self, source: str, target: str) -> None:
        """Inside S3: no byte comes here. Its type is the one of its new name. Raises `NotFound`."""
        try:
            self._client.copy_object(
                Bucket=self._name,
                Key=target,
                CopySource={"Bucket": self._name, "Key": source},
                ContentType=content_type(target),
                MetadataDirective="REPLACE",
            )
        except ClientError as error:
            raise _not_found(error, source) from error

    def delete_all(self, prefix: str) -> None:
        """Deletes every object below a prefix."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._name, Prefix=prefix)
        keys = [{"Key": entry["Key"]} for page in pages for entry in page.get("Contents", [])]
        for start in range(0, len(keys), _DELETE_LIMIT):
            self._client.delete_objects(
                Bucket=self._name, Delete={"Objects": keys[start : start + _DELETE_LIMIT], "Quiet": True}
            )

    def link(self, key: str) -> str:
        """A presigned URL that works for an hour; range requests work on it."""
        return self._client.generate_presigned_url(
            "get_object", Params={"Bucket": self._name, "Key": key}, ExpiresIn=LINK_SECONDS
        )

    def form(self, key: str, media_type: str, most_bytes: int) -> dict[str, Any]:
        """A presigned POST that works for an hour, as `{url, fields}`: for exactly this key and type, and for one to
        `most_bytes` bytes. S3 itself refuses anything else."""
        return self._client.generate_presigned_post(
            self._name,
            key,
            Fields={"Content-Type": media_type},
            Conditions=[{"Content-Type": media_type}, ["content-length-range", 1, most_bytes]],
            ExpiresIn=LINK_SECONDS,
        )

    def _body(self, key: str) -> Any:
        try:
            return self._client.get_object(Bucket=self._name, Key=key)["Body"]
        except ClientError as error:
            raise _not_found(error, key) from error


def content_type(key: str) -> str:
    return mimetypes.guess_type(key)[0] or "application/octet-stream"


def _not_found(error: ClientError, key: str) -> Exception:
    if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
        return NotFound("the file is gone", file=key.rsplit("/", 1)[-1])
    return error
